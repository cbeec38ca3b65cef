from django.db import models
from django.utils.translation import pgettext_lazy


class CaseState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("remote support", "waits for an online engineer")
    TAKEN = "taken", pgettext_lazy("remote support", "taken care of")
    CLOSED = "closed", pgettext_lazy("remote support", "closed")


TRANSITIONS = {
    CaseState.WAITING: {CaseState.TAKEN},
    CaseState.TAKEN: {CaseState.WAITING, CaseState.CLOSED},
    CaseState.CLOSED: {CaseState.TAKEN},
}
