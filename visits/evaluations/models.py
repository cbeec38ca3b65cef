from django.db import models

from conduct.base.links import SecretLink
from visits.schedule.models import Visit


class EvaluationLink(SecretLink):
    """An invitation to evaluate one visit in writing; the call to the customer ends it too."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="evaluation_links")

    def __str__(self):
        return f"link to {self.visit_id}"
