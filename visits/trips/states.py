from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TripState(models.TextChoices):
    AWAY = "away", pgettext_lazy("trip", "away")
    RETURNED = "returned", pgettext_lazy("trip", "back, report to be handed in")
    HANDED_IN = "handed_in", pgettext_lazy("trip", "handed in")
    PAID = "paid", pgettext_lazy("trip", "approved and paid")

    # Expenses can be added and taken out.
    OPEN = nonmember({"away", "returned"})


S = TripState
# What was handed in may be sent back, with a reason.
TRANSITIONS = {
    S.AWAY: {S.RETURNED},
    S.RETURNED: {S.HANDED_IN},
    S.HANDED_IN: {S.PAID, S.RETURNED},
    S.PAID: set(),
}


class Consent(models.TextChoices):
    """How it stands with the return: not stored, read off the questions."""

    NONE = "none", pgettext_lazy("return", "not asked for")
    ASKED = "asked", pgettext_lazy("return", "asked for")
    GIVEN = "given", pgettext_lazy("return", "consented to")
    REFUSED = "refused", pgettext_lazy("return", "refused")


class Means(models.TextChoices):
    TRAIN = "train", pgettext_lazy("travel", "train")
    PLANE = "plane", pgettext_lazy("travel", "plane")
    COACH = "coach", pgettext_lazy("travel", "coach")
    CAR = "car", pgettext_lazy("travel", "car")
    OTHER = "other", pgettext_lazy("travel", "something else")


class ExpenseKind(models.TextChoices):
    TRAVEL = "travel", _("long-distance travel")
    LOCAL = "local", _("local transport")
    LODGING = "lodging", _("lodging")
    MEALS = "meals", _("meals")
    OTHER = "other", pgettext_lazy("expense", "other")
