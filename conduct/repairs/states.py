from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TicketState(models.TextChoices):
    REPORTED = "reported", pgettext_lazy("ticket", "reported")
    TRIAGED = "triaged", pgettext_lazy("ticket", "sorted")
    ASSIGNED = "assigned", pgettext_lazy("ticket", "being repaired")
    ON_SPARE = "on_spare", pgettext_lazy("ticket", "runs on a spare")
    REPAIRED = "repaired", pgettext_lazy("ticket", "repaired")
    UNREPAIRABLE = "unrepairable", pgettext_lazy("ticket", "cannot be repaired")
    FED_BACK = "fed_back", pgettext_lazy("ticket", "reporter told")
    CLOSED = "closed", pgettext_lazy("ticket", "closed")
    TURNED_AWAY = "turned_away", pgettext_lazy("ticket", "turned away")

    # Somebody still has to work on these; the queue and the board show them and no others.
    OPEN = nonmember({"reported", "triaged", "assigned", "on_spare"})
    WORK = nonmember({"assigned", "on_spare"})
    TO_TELL = nonmember({"repaired", "unrepairable"})
    FIXED = nonmember({"repaired", "fed_back", "closed"})


S = TicketState
TRANSITIONS = {
    S.REPORTED: {S.TRIAGED, S.TURNED_AWAY},
    S.TRIAGED: {S.ASSIGNED, S.TURNED_AWAY},
    S.ASSIGNED: {S.TRIAGED, S.ON_SPARE, S.REPAIRED, S.UNREPAIRABLE, S.TURNED_AWAY},
    S.ON_SPARE: {S.ASSIGNED, S.REPAIRED, S.UNREPAIRABLE},
    S.REPAIRED: {S.FED_BACK},
    S.UNREPAIRABLE: {S.FED_BACK, S.ASSIGNED},
    S.FED_BACK: {S.CLOSED, S.TRIAGED, S.ASSIGNED},
    S.CLOSED: set(),
    S.TURNED_AWAY: set(),
}


class Quadrant(models.TextChoices):
    """In the order of the queue: what is important comes before what is only urgent."""

    IMPORTANT_URGENT = "iu", _("important and urgent")
    IMPORTANT = "in", _("important, not urgent")
    URGENT = "nu", _("urgent, not important")
    NEITHER = "nn", _("neither important nor urgent")

    URGENT_ONES = nonmember({"iu", "nu"})


class Source(models.TextChoices):
    LABEL = "label", _("label on the equipment")
    STAFF = "staff", _("staff")
    VISIT = "visit", _("open point of a visit")
    ROUND = "round", _("maintenance round")


class Disturbance(models.TextChoices):
    STOPS = "stops", _("Work or teaching has stopped")
    HINDERS = "hinders", _("Work or teaching goes on with trouble")
    SLIGHT = "slight", _("Hardly disturbs")


class TeachingFirst(models.TextChoices):
    OVER_ALL = "all", _("teaching equipment first over all tickets")
    IN_QUADRANT = "quadrant", _("teaching equipment first within its quadrant")


class PauseReason(models.TextChoices):
    REPORTER = "reporter", _("waiting for the reporter")
    PART = "part", _("waiting for a part")
    ACCESS = "access", _("the room is in use")
    OTHER = "other", pgettext_lazy("reason", "something else")


class TurnedAway(models.TextChoices):
    PERSONAL = "personal", _("a personal device")
    DUPLICATE = "duplicate", _("reported already")
    NO_FAULT = "no_fault", _("nothing is wrong with it")
    NOT_OURS = "not_ours", _("not for this service")


class Verdict(models.TextChoices):
    HERE = "here", _("can be repaired on the spot")
    SPARE = "spare", _("takes longer: put a spare in its place")
    HELP = "help", _("needs help of others")
    NEVER = "never", _("cannot be repaired")


class HelpFrom(models.TextChoices):
    ACADEMIC = "academic", _("academic department")
    HEADQUARTERS = "headquarters", _("engineer at headquarters")


class Told(models.TextChoices):
    TELEPHONE = "telephone", _("by telephone")
    PERSON = "person", _("in person")
    MAIL = "mail", _("by e-mail")
    PAGE = "page", _("on the ticket's page only")


class Step(models.TextChoices):
    """The moments of a deadline at which somebody is told, in their order."""

    SOON = "soon", _("deadline is near")
    DUE = "due", _("deadline has passed")
    LATE = "late", _("deadline passed long ago")
