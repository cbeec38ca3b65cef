from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from visits.schedule.models import Visit


class WayOn(models.Model):
    """What the engineer does after a visit away from home: return, or go on to the next one. Who decided it, and when."""

    class Choice(models.TextChoices):
        RETURN = "return", pgettext_lazy("trip", "return home")
        GO_ON = "go_on", pgettext_lazy("trip", "go on")

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="way_on")
    choice = models.CharField(_("choice"), max_length=6, choices=Choice)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self):
        return f"{self.visit_id}: {self.choice}"
