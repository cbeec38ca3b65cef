from django.db import models

from conduct.projects.models import Project
from visits.orders.models import WorkOrder


class ProjectOrder(models.Model):
    """A work order that belongs to a project. The project knows no order."""

    order = models.OneToOneField(WorkOrder, models.CASCADE, related_name="project_link")
    project = models.ForeignKey(Project, models.PROTECT, related_name="order_links")

    def __str__(self):
        return f"{self.order_id} → {self.project_id}"
