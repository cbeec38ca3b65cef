from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from visits.orders.models import WorkOrder

from .states import TRANSITIONS, ImportState


class OrderImport(models.Model):
    """A spreadsheet of orders. `rows` are its cells as they came; they are checked anew whenever somebody looks."""

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    name = models.CharField(_("file"), max_length=120)
    rows = models.JSONField()
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.LOOKED_AT)
    at = models.DateTimeField(_("uploaded"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="order_import_at")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="looked_at", settled_at=None, settled_by=None)
                | (~models.Q(state="looked_at") & models.Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="order_import_settled_by_somebody",
                violation_error_message=_("A decision needs a person and a time."),
            )
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("imports:detail", args=[self.number])


class ImportedRow(models.Model):
    """A row that became an order. Its key says what the row meant, so that the same row of any file makes one order only."""

    key = models.CharField(max_length=64, unique=True)
    source = models.ForeignKey(OrderImport, models.PROTECT, related_name="imported")
    order = models.OneToOneField(WorkOrder, models.PROTECT, related_name="imported_row")

    def __str__(self):
        return f"{self.source_id}: {self.order_id}"
