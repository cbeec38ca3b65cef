from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.customers.models import Customer

from .progress import whole
from .states import TRANSITIONS, ProjectState

STAFF = settings.AUTH_USER_MODEL


class Project(models.Model):
    """What a contract asks of us over weeks or months, led by one of us. Which orders belong to it, the orders' side knows."""

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="projects", verbose_name=_("customer"))
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=100)
    contract_number = models.CharField(_("contract number"), max_length=60, blank=True)
    manager = models.ForeignKey(STAFF, models.PROTECT, related_name="managed_projects", verbose_name=_("project manager"))
    aim = models.TextField(_("what is agreed"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=6, choices=ProjectState, default=ProjectState.OPEN)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("project")
        indexes = [models.Index(fields=["state", "-created_at", "-id"], name="project_state_created")]

    def __str__(self):
        return f"{self.number} {self.name}"

    def get_absolute_url(self):
        return reverse("presence:project", args=[self.number])

    def is_own(self, user):
        return self.manager_id == user.pk

    @cached_property
    def percent(self):
        return whole(self.tasks.all())


class ProjectMember(models.Model):
    """Who takes part, and as what."""

    CHANGED, REMOVED = "project.team_changed", "project.team_left"
    HAPPENED = ()

    project = models.ForeignKey(Project, models.CASCADE, related_name="team")
    staff = models.ForeignKey(STAFF, models.PROTECT, related_name="project_parts", verbose_name=_("person"))
    part = models.CharField(_("part in the project"), max_length=80)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "staff"],
                name="project_member_once",
                violation_error_message=_("This person has a part in the project already."),
            )
        ]

    def __str__(self):
        return f"{self.staff.name} · {self.part}"

    @property
    def told(self):
        return {}


class ProjectTask(models.Model):
    """One line of the plan: from when until when it is planned, and how it went. Days, both ends included."""

    CHANGED, REMOVED = "project.plan_changed", "project.plan_removed"
    HAPPENED = ("begun_on", "done_on")

    project = models.ForeignKey(Project, models.CASCADE, related_name="tasks")
    name = models.CharField(_("task"), max_length=120)
    staff = models.ForeignKey(STAFF, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who does it"))
    starts_on = models.DateField(_("planned from"))
    ends_on = models.DateField(_("planned until"))
    begun_on = models.DateField(_("begun on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    percent = models.PositiveSmallIntegerField(_("done, in percent"), default=0, validators=[MaxValueValidator(100)])

    class Meta:
        ordering = ["starts_on", "ends_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="project_task_planned_in_order",
                violation_error_message=_("The task ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(percent=0) | Q(begun_on__isnull=False),
                name="project_task_begun_when_under_way",
                violation_error_message=_("Say when the task was begun."),
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, percent__lt=100) | Q(percent=100, done_on__isnull=False, done_on__gte=F("begun_on")),
                name="project_task_done_in_full",
                violation_error_message=_("A task that is done has 100 percent, a day on which it was begun, and one not before it on which it was done."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def told(self):
        return {"start": str(self.starts_on), "end": str(self.ends_on), "percent": self.percent}


class PaymentMilestone(models.Model):
    """One payment that the contract names. `planned_on` is the day by which the money is to be here."""

    CHANGED, REMOVED = "project.payment_changed", "project.payment_removed"
    HAPPENED = ("invoiced_on", "paid_on")

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    what = models.CharField(_("milestone"), max_length=120)
    amount = models.DecimalField(_("amount in yuan"), max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))])
    planned_on = models.DateField(_("planned on"))
    invoiced_on = models.DateField(_("invoiced on"), null=True, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)

    class Meta:
        ordering = ["planned_on", "pk"]
        indexes = [models.Index(fields=["planned_on", "id"], name="milestone_unpaid", condition=Q(paid_on=None))]

    def __str__(self):
        return self.what

    @property
    def told(self):
        return {"amount": str(self.amount), "planned_on": str(self.planned_on), "paid_on": str(self.paid_on or "")}


class PlannedDay(models.Model):
    """Somebody is to be there on a day for which no visit is planned yet."""

    CHANGED, REMOVED = "project.day_planned", "project.day_removed"
    HAPPENED = ()

    project = models.ForeignKey(Project, models.CASCADE, related_name="planned_days")
    staff = models.ForeignKey(STAFF, models.PROTECT, related_name="+", verbose_name=_("person"))
    day = models.DateField(_("day"))
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        ordering = ["day", "staff__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "staff", "day"],
                name="project_day_once",
                violation_error_message=_("This day is planned for this person already."),
            )
        ]

    def __str__(self):
        return f"{self.staff.name} {self.day}"

    @property
    def told(self):
        return {}
