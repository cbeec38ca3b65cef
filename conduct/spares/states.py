from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SpareState(models.TextChoices):
    AVAILABLE = "available", pgettext_lazy("spare", "available")
    LENT = "lent", pgettext_lazy("spare", "lent")
    IN_REPAIR = "in_repair", pgettext_lazy("spare", "in repair")
    RETIRED = "retired", pgettext_lazy("spare", "retired")


S = SpareState
TRANSITIONS = {
    S.AVAILABLE: {S.LENT, S.IN_REPAIR, S.RETIRED},
    S.LENT: {S.AVAILABLE, S.IN_REPAIR},
    S.IN_REPAIR: {S.AVAILABLE, S.RETIRED},
    S.RETIRED: set(),
}


class Media(models.TextChoices):
    """What became of a disk or other data bearer when the spare came back."""

    KEPT = "kept", _("kept by the borrower")
    WIPED = "wiped", _("wiped here")
    RETURNED = "returned", _("handed back to its owner")
