from django.db import models
from django.utils.translation import pgettext_lazy


class PaperState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("paper", "being made")
    SEALED = "sealed", pgettext_lazy("paper", "sealed")
    FAILED = "failed", pgettext_lazy("paper", "could not be made")


TRANSITIONS = {
    PaperState.ASKED: {PaperState.SEALED, PaperState.FAILED},
    PaperState.FAILED: {PaperState.ASKED},
    PaperState.SEALED: set(),
}
