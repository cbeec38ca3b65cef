from django.db import models

from conduct.repairs.models import RepairTicket
from visits.records.models import Entry


class PointTicket(models.Model):
    """The ticket that an open point became. Each point becomes one at most."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="point_ticket")
    ticket = models.OneToOneField(RepairTicket, models.PROTECT, related_name="point_link")

    def __str__(self):
        return f"{self.entry_id} → {self.ticket_id}"
