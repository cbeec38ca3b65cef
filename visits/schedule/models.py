import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.people.models import Engineer
from conduct.rules.models import Edition
from conduct.rules.states import Trait
from visits.orders.models import ScopeItem, WorkOrder

from .states import TRANSITIONS, DeclineReason, VisitState

LONGEST = datetime.timedelta(days=31)  # of a visit: bounds every search for what overlaps


class Visit(models.Model):
    """One engineer, one appointment, one record. Times are half-open: [planned_start, planned_end)."""

    TRANSITIONS = TRANSITIONS
    CODES = {"trait": dict(Trait.choices)}

    number = models.CharField(_("number"), max_length=16, unique=True)
    record_number = models.CharField(_("record number"), max_length=16, unique=True, null=True, blank=True)
    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="visits", db_index=False, verbose_name=_("work order"))
    engineer = models.ForeignKey(Engineer, models.PROTECT, related_name="visits", verbose_name=_("engineer"))
    identity_name = models.CharField(_("agreed identity: name"), max_length=60)
    identity_capacity = models.CharField(_("agreed identity: capacity"), max_length=80)
    planned_start = models.DateTimeField(_("planned start"))
    planned_end = models.DateTimeField(_("planned end"))
    plan_version = models.PositiveSmallIntegerField(default=1)
    told_version = models.PositiveSmallIntegerField(null=True)  # that the engineer was first asked with; of a plan, or one called off untold, None
    state = models.CharField(_("state"), max_length=10, choices=VisitState, default=VisitState.PLANNED)
    scope = models.ManyToManyField(ScopeItem, related_name="visits", verbose_name=_("scope"))
    traits = models.JSONField(_("traits"), default=list, blank=True)
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+", verbose_name=_("edition"))
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="following")
    decline_code = models.CharField(_("reason"), max_length=10, choices=DeclineReason, blank=True)
    decline_note = models.CharField(_("note"), max_length=300, blank=True)
    declined_at = models.DateTimeField(_("declined at"), null=True, blank=True)
    counter_start = models.DateTimeField(_("other start asked for"), null=True, blank=True)
    counter_end = models.DateTimeField(_("other end asked for"), null=True, blank=True)
    counter_note = models.CharField(_("note"), max_length=300, blank=True)
    cancel_reason = models.CharField(_("reason of the cancellation"), max_length=300, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    created_at = models.DateTimeField(_("planned at"))

    class Meta:
        verbose_name = _("visit")
        indexes = [
            models.Index(fields=["-planned_start", "-id"], name="visit_start"),
            models.Index(fields=["state", "-planned_start", "-id"], name="visit_state_start"),
            models.Index(fields=["engineer", "-planned_start", "-id"], name="visit_engineer_start"),
            models.Index(fields=["order", "state", "-planned_start", "engineer"], name="visit_order_state"),  # the orders' own index, and who was there without reading the visits
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(planned_end__gt=models.F("planned_start")),
                name="visit_ends_after_start",
                violation_error_message=_("The visit ends before it begins."),
            )
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("desk:visit", args=[self.number])

    @staticmethod
    def told_to(staff, way=""):
        """The condition on visits, or on what leads to them by `way`, that this engineer was asked for them.

        What is only planned, or was called off before anybody was told, is not the engineer's to know.
        """
        told = models.Q(**{f"{way}state__in": VisitState.TOLD}) | models.Q(**{f"{way}told_version__isnull": False})
        return models.Q(**{f"{way}engineer__staff": staff}) & told

    @property
    def is_called_off(self):
        return self.state in VisitState.CALLED_OFF

    def is_own(self, user):
        return self.engineer.staff_id == user.pk

    @property
    def site(self):
        return self.order.site


class PlanVersion(models.Model):
    """A plan as it once stood. Every version is kept."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="plan_versions")
    version = models.PositiveSmallIntegerField()
    engineer = models.ForeignKey(Engineer, models.PROTECT, related_name="+")
    planned_start = models.DateTimeField()
    planned_end = models.DateTimeField()
    identity_name = models.CharField(max_length=60)
    identity_capacity = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undoes = models.PositiveSmallIntegerField(null=True)  # the version that this one takes back

    class Meta:
        ordering = ["version"]
        indexes = [models.Index(fields=["by", "-id"], name="plan_version_by")]
        constraints = [models.UniqueConstraint(fields=["visit", "version"], name="plan_version_once")]

    def __str__(self):
        return f"{self.visit_id} v{self.version}"

    @property
    def name(self):
        """What tells this move from every other one: "V-2026-000123/2"."""
        return f"{self.visit.number}/{self.version}"


class Capacity(models.Model):
    """How many minutes a day an engineer can be on visits. 0 means none at all; without a row the company's usual hours count."""

    engineer = models.OneToOneField(Engineer, models.CASCADE, related_name="capacity", verbose_name=_("engineer"))
    minutes = models.PositiveSmallIntegerField(_("minutes a day"), validators=[MaxValueValidator(24 * 60)])

    def __str__(self):
        return f"{self.engineer_id}: {self.minutes}"

    @property
    def hours(self):
        return f"{self.minutes / 60:g}"
