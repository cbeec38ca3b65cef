from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.people.models import Engineer
from conduct.violations.models import Violation
from visits.schedule.models import Visit


class FeeSheet(models.Model):
    """The contractors' fees of a month, closed: its lines never change. What changes later stands in the list of a later month."""

    month = models.CharField(_("month"), max_length=7, unique=True)
    closed_at = models.DateTimeField(_("closed at"))
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self):
        return self.month


class FeeLine(models.Model):
    """One visit's fee on a closed list, or, with `is_correction`, what a ruling since then changed about it."""

    sheet = models.ForeignKey(FeeSheet, models.PROTECT, related_name="lines")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="fee_lines")
    engineer = models.ForeignKey(Engineer, models.PROTECT, related_name="fee_lines")
    fee = models.DecimalField(_("agreed fee"), max_digits=9, decimal_places=2)
    percent = models.PositiveSmallIntegerField(_("cut in percent"), default=0)
    violation = models.ForeignKey(Violation, models.PROTECT, null=True, related_name="+")
    amount = models.DecimalField(_("amount"), max_digits=9, decimal_places=2)
    is_correction = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "visit"], name="fee_line_once_a_sheet"),
            models.UniqueConstraint(fields=["visit"], condition=models.Q(is_correction=False), name="fee_paid_once"),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="fee_cut_at_most_all"),
        ]

    def __str__(self):
        return f"{self.sheet_id} {self.visit_id}"
