from django.db import models
from django.utils.translation import pgettext_lazy


class WaiverState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("non-delivery", "to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("non-delivery", "confirmed")
    CONTESTED = "contested", pgettext_lazy("non-delivery", "not confirmed")
    DROPPED = "dropped", pgettext_lazy("non-delivery", "done after all")


# Whoever says anew who at headquarters agreed puts the question again.
TRANSITIONS = {
    WaiverState.WAITING: {WaiverState.CONFIRMED, WaiverState.CONTESTED, WaiverState.DROPPED},
    WaiverState.CONFIRMED: {WaiverState.WAITING, WaiverState.DROPPED},
    WaiverState.CONTESTED: {WaiverState.WAITING, WaiverState.DROPPED},
    WaiverState.DROPPED: {WaiverState.WAITING},
}
