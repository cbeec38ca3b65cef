from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.customers.models import Contact, Equipment, Site
from conduct.people.models import Skill
from visits.orders.models import WorkOrder
from visits.orders.states import Priority

from .states import TRANSITIONS, Holidays, Made, PlanState, Rhythm


class RecurringPlan(models.Model):
    """What is done again and again at a site: its order is raised `lead_days` before each of its days.

    Days before `active_from` are nobody's concern any more: the plan was not running then. `looked_on` is the last day (of the
    site) on which it was looked through.
    """

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=12, unique=True)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=80)
    site = models.ForeignKey(Site, models.PROTECT, related_name="recurring_plans", verbose_name=_("site"))
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("contact"))
    equipment = models.ManyToManyField(Equipment, blank=True, related_name="+", verbose_name=_("equipment"))
    scope = models.TextField(_("what is to be done"), max_length=9000)
    reported_fault = models.TextField(_("reason"), blank=True, validators=[MaxLengthValidator(4000)])
    traits = models.JSONField(_("traits"), default=list, blank=True)
    priority = models.CharField(_("priority"), max_length=10, choices=Priority, default=Priority.NORMAL)
    duration_minutes = models.PositiveIntegerField(
        _("expected duration in minutes"), null=True, blank=True, validators=[MinValueValidator(15), MaxValueValidator(30 * 24 * 60)]
    )
    skills = models.ManyToManyField(Skill, blank=True, related_name="+", verbose_name=_("skills needed"))
    certified = models.ManyToManyField(
        Skill, blank=True, related_name="+", verbose_name=_("only with a valid certificate for")
    )
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm, default=Rhythm.MONTHLY)
    interval = models.PositiveSmallIntegerField(
        _("every how many times"), default=1, validators=[MinValueValidator(1), MaxValueValidator(52)],
        help_text=_("1 is every week, month or quarter, 2 every second one."),
    )  # fmt: skip
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"), null=True, blank=True)
    from_time = models.TimeField(_("wanted from"), default="09:00")
    until_time = models.TimeField(_("wanted until"), default="17:00")
    holidays = models.CharField(_("when nobody works that day"), max_length=10, choices=Holidays, default=Holidays.FORWARD)
    lead_days = models.PositiveSmallIntegerField(
        _("raise the order how many days before"), default=14, validators=[MaxValueValidator(90)]
    )
    state = models.CharField(_("state"), max_length=10, choices=PlanState, default=PlanState.ACTIVE)
    active_from = models.DateField()
    looked_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("recurring plan")
        indexes = [
            models.Index(fields=["name", "id"], name="recurring_plan_name"),
            models.Index(fields=["looked_on"], name="recurring_plan_due", condition=models.Q(state="active")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on=None) | models.Q(last_on__gte=models.F("first_on")),
                name="recurring_plan_days_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(until_time__gt=models.F("from_time")),
                name="recurring_plan_times_in_order",
                violation_error_message=_("The wanted window ends before it begins."),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("recurring:plan", args=[self.number])


class PlanDay(models.Model):
    """A day of a plan that was dealt with: `nominal` by its rhythm, `day` after holidays moved it. Each once."""

    plan = models.ForeignKey(RecurringPlan, models.CASCADE, related_name="days")
    nominal = models.DateField()
    day = models.DateField(null=True)
    made = models.CharField(max_length=10, choices=Made)
    order = models.ForeignKey(WorkOrder, models.PROTECT, null=True, related_name="plan_days")

    class Meta:
        ordering = ["-nominal"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "nominal"], name="plan_day_once"),
            models.UniqueConstraint(fields=["plan", "day"], name="plan_never_twice_a_day"),
        ]

    def __str__(self):
        return f"{self.plan_id} {self.nominal}"
