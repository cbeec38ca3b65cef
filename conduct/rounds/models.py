from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.customers.models import Equipment, Site
from conduct.repairs.models import RepairTicket

from .states import TRANSITIONS, Finding, RoundState

STAFF = settings.AUTH_USER_MODEL


class MaintenancePlan(models.Model):
    """What of our own equipment is looked after how often, by whom."""

    name = models.CharField(pgettext_lazy("thing", "name"), max_length=80, unique=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    category = models.CharField(_("category"), max_length=40, blank=True, help_text=_("Empty: everything at this site."))
    every_days = models.PositiveSmallIntegerField(
        _("every so many days"), default=30, validators=[MinValueValidator(1), MaxValueValidator(730)]
    )
    next_on = models.DateField(_("next on"))
    technician = models.ForeignKey(STAFF, models.PROTECT, related_name="+", verbose_name=_("technician"))
    checks = models.TextField(_("what is looked at"), max_length=1000, blank=True)
    is_active = models.BooleanField(_("in force"), default=True)

    class Meta:
        verbose_name = _("maintenance plan")

    def __str__(self):
        return self.name


class MaintenanceRound(models.Model):
    """One round of a plan. It is done when every piece of equipment has its finding."""

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    plan = models.ForeignKey(MaintenancePlan, models.PROTECT, related_name="rounds")
    due_on = models.DateField(_("due on"))
    technician = models.ForeignKey(STAFF, models.PROTECT, related_name="maintenance_rounds", verbose_name=_("technician"))
    state = models.CharField(_("state"), max_length=4, choices=RoundState, default=RoundState.OPEN)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("maintenance round")
        indexes = [models.Index(fields=["state", "-due_on", "-id"], name="round_state_due")]
        constraints = [models.UniqueConstraint(fields=["plan", "due_on"], name="round_once_a_day")]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("rounds:round", args=[self.number])

    def is_own(self, user):
        return self.technician_id == user.pk


class RoundItem(models.Model):
    round = models.ForeignKey(MaintenanceRound, models.CASCADE, related_name="items")
    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="round_items")
    finding = models.CharField(_("finding"), max_length=5, choices=Finding, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    ticket = models.ForeignKey(RepairTicket, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)
    by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["equipment__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "equipment"], name="round_item_once")]

    def __str__(self):
        return f"{self.round_id} {self.equipment_id}"
