from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ConfirmationState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("confirmation", "to call")
    CONFIRMED = "confirmed", pgettext_lazy("confirmation", "signed personally")
    DENIED = "denied", pgettext_lazy("confirmation", "not signed personally")
    NOT_REACHED = "not_reached", pgettext_lazy("confirmation", "not reached")


S = ConfirmationState
TRANSITIONS = {
    S.WAITING: {S.CONFIRMED, S.DENIED, S.NOT_REACHED}, S.NOT_REACHED: {S.CONFIRMED, S.DENIED}, S.CONFIRMED: set(), S.DENIED: set(),
}  # fmt: skip


class Chosen(models.TextChoices):
    SAMPLE = "sample", _("drawn by lot")
    HINT = "hint", _("the signature looks like somebody else's")
