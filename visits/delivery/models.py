from django.db import models

from conduct.outbox.models import Delivery
from visits.papers.models import Paper


class PaperDelivery(models.Model):
    """Which delivery carries which paper. One by the recipient's next channel is found through its `previous`."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="paper_deliveries")
    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="paper_delivery")

    def __str__(self):
        return f"{self.paper} {self.delivery}"
