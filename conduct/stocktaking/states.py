from enum import nonmember

from django.db import models
from django.utils.translation import pgettext_lazy


class StocktakingState(models.TextChoices):
    COUNTING = "counting", pgettext_lazy("stock-taking", "counting")
    COUNTED = "counted", pgettext_lazy("stock-taking", "counted")
    BOOKED = "booked", pgettext_lazy("stock-taking", "booked")
    CANCELLED = "cancelled", pgettext_lazy("stock-taking", "cancelled")

    OPEN = nonmember(("counting", "counted"))


S = StocktakingState
TRANSITIONS = {
    S.COUNTING: {S.COUNTED, S.CANCELLED},
    S.COUNTED: {S.COUNTING, S.BOOKED, S.CANCELLED},
    S.BOOKED: set(),
    S.CANCELLED: set(),
}


class Cause(models.TextChoices):
    """Why there are more or fewer than the books say."""

    NO_SLIP = "no_slip", pgettext_lazy("difference", "a slip was forgotten")
    WRONG_SLIP = "wrong_slip", pgettext_lazy("difference", "a slip was wrong")
    WRONG_PLACE = "wrong_place", pgettext_lazy("difference", "lies at another place")
    BROKEN = "broken", pgettext_lazy("difference", "broken and thrown away")
    USED_UP = "used_up", pgettext_lazy("difference", "used up")
    LOST = "lost", pgettext_lazy("difference", "lost")
    FOUND = "found", pgettext_lazy("difference", "found again")
    OTHER = "other", pgettext_lazy("difference", "other")
