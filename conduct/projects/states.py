from django.db import models
from django.utils.translation import pgettext_lazy


class ProjectState(models.TextChoices):
    OPEN = "open", pgettext_lazy("project", "under way")
    CLOSED = "closed", pgettext_lazy("project", "closed")


TRANSITIONS = {ProjectState.OPEN: {ProjectState.CLOSED}, ProjectState.CLOSED: {ProjectState.OPEN}}
