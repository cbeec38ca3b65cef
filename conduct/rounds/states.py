from django.db import models
from django.utils.translation import pgettext_lazy


class RoundState(models.TextChoices):
    OPEN = "open", pgettext_lazy("round", "to be done")
    DONE = "done", pgettext_lazy("round", "done")


TRANSITIONS = {RoundState.OPEN: {RoundState.DONE}, RoundState.DONE: set()}


class Finding(models.TextChoices):
    """What was found at one piece of equipment."""

    OK = "ok", pgettext_lazy("round", "in order")
    FAULT = "fault", pgettext_lazy("round", "broken: becomes a ticket")
    GONE = "gone", pgettext_lazy("round", "not there")
