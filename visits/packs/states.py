from enum import nonmember

from django.db import models
from django.utils.translation import pgettext_lazy


class PackState(models.TextChoices):
    DUE = "due", pgettext_lazy("pack", "to be made")
    MADE = "made", pgettext_lazy("pack", "on its way")
    KEPT = "kept", pgettext_lazy("pack", "made, no mailbox to send it to")
    DELIVERED = "delivered", pgettext_lazy("pack", "delivered")
    FAILED = "failed", pgettext_lazy("pack", "failed")

    MISSING = nonmember({"due", "made", "kept", "failed"})


S = PackState
TRANSITIONS = {
    S.DUE: {S.MADE, S.KEPT, S.FAILED},
    S.MADE: {S.DELIVERED, S.FAILED, S.DUE},
    S.KEPT: {S.DUE},
    S.DELIVERED: {S.FAILED, S.DUE},
    S.FAILED: {S.DUE, S.DELIVERED},
}
