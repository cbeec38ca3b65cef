from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VisitState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("visit", "planned")
    PROPOSED = "proposed", pgettext_lazy("visit", "proposed")
    COUNTERED = "countered", pgettext_lazy("visit", "other time asked for")
    DECLINED = "declined", pgettext_lazy("visit", "declined")
    CONFIRMED = "confirmed", pgettext_lazy("visit", "confirmed")
    ON_SITE = "on_site", pgettext_lazy("visit", "on site")
    FINISHED = "finished", pgettext_lazy("visit", "finished")
    SIGNED = "signed", pgettext_lazy("visit", "signed")
    REFUSED = "refused", pgettext_lazy("visit", "signature refused")
    ARCHIVED = "archived", pgettext_lazy("visit", "archived")
    CANCELLED = "cancelled", pgettext_lazy("visit", "cancelled")
    MISSED = "missed", pgettext_lazy("visit", "missed")

    # While a visit is in one of these, its engineer's time is taken (CONTRACTS: nobody is booked twice).
    BOOKED = nonmember({"proposed", "confirmed", "on_site"})
    # Nobody plans over these on the board, told or not.
    BLOCKING = nonmember({"planned", "proposed", "confirmed", "on_site"})
    WITHOUT_WORK = nonmember({"declined", "cancelled", "missed", "countered"})
    OPEN = nonmember({"planned", "proposed", "countered", "confirmed", "on_site", "finished"})
    CLOSED = nonmember({"signed", "refused", "archived"})
    # In these the engineer was asked; one that is cancelled perhaps never.
    TOLD = nonmember({"proposed", "countered", "declined", "confirmed", "on_site", "finished", "signed", "refused", "archived", "missed"})
    ENDED = nonmember({"declined", "cancelled", "missed", "archived"})
    CALLED_OFF = nonmember({"declined", "cancelled", "missed"})


S = VisitState
TRANSITIONS = {
    S.PLANNED: {S.PROPOSED, S.CANCELLED},
    S.PROPOSED: {S.CONFIRMED, S.COUNTERED, S.DECLINED, S.CANCELLED},
    S.COUNTERED: {S.PROPOSED, S.CONFIRMED, S.CANCELLED},
    S.CONFIRMED: {S.ON_SITE, S.MISSED, S.CANCELLED},
    S.ON_SITE: {S.FINISHED},
    S.FINISHED: {S.ON_SITE, S.SIGNED, S.REFUSED},
    S.SIGNED: {S.ARCHIVED, S.FINISHED},
    S.REFUSED: {S.ARCHIVED, S.FINISHED},
    S.DECLINED: set(),
    S.CANCELLED: set(),
    S.MISSED: set(),
    S.ARCHIVED: set(),
}


class DeclineReason(models.TextChoices):
    BUSY = "busy", _("I am busy at that time")
    LEAVE = "leave", _("I am on leave")
    TOO_FAR = "too_far", _("It is too far for that time")
    SKILL = "skill", _("I lack the skill or certificate")
    HEALTH = "health", _("I am ill")
    OTHER = "other", pgettext_lazy("reason", "something else")
