from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Cause(models.TextChoices):
    DELAY = "delay", _("the engineer comes later")
    CHANGE = "change", _("another engineer or another time than agreed")


class InformState(models.TextChoices):
    OPEN = "open", pgettext_lazy("customer", "not told yet")
    NOT_REACHED = "not_reached", pgettext_lazy("customer", "not reached")
    TOLD = "told", pgettext_lazy("customer", "told")
    REPLACED = "replaced", pgettext_lazy("customer", "needs no telling any more")

    UNTOLD = nonmember(("open", "not_reached"))


S = InformState
TRANSITIONS = {
    S.OPEN: {S.TOLD, S.NOT_REACHED, S.REPLACED},
    S.NOT_REACHED: {S.TOLD, S.NOT_REACHED, S.REPLACED},
    S.TOLD: set(),
    S.REPLACED: set(),
}
