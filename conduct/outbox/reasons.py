"""One vocabulary of reasons for every channel, in words for people, and when a try is repeated. Pure.

The fax reasons follow what HylaFAX and the large fax services tell apart; the waits are ours: a person who answers a
telephone is not rung up again and again.
"""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    BUSY = "busy", _("the line is busy")
    NO_ANSWER = "no_answer", _("nobody answers")
    NOT_A_FAX = "not_a_fax", _("a person or something else than a fax answers")
    OWN_LINE = "own_line", _("our own telephone line does not work")
    BAD_NUMBER = "bad_number", _("the number is wrong")
    DROPPED = "dropped", _("the connection was cut during transmission")
    PROTOCOL = "protocol", _("the two fax machines did not understand each other")
    DOCUMENT = "document", _("the document could not be sent")
    UNREACHABLE = "unreachable", _("the server cannot be reached")
    TEMPORARY = "temporary", _("the server does not take it now")
    REFUSED = "refused", _("the server refuses it")
    SIGN_IN = "sign_in", _("the server does not accept our user name and password")
    UNSURE = "unsure", _("the connection broke while handing over: it may have arrived")
    CANCELLED = "cancelled", _("it was cancelled")
    NOT_SET_UP = "not_set_up", _("the channel is not set up")


DAY = datetime.timedelta(hours=24)
MINUTES = {
    Reason.BUSY: [3] * 10,
    Reason.NO_ANSWER: [5, 10, 10, 10, 10],
    Reason.NOT_A_FAX: [10],
    Reason.DROPPED: [1] * 3,
    Reason.PROTOCOL: [1] * 3,
}
# These wait longer and longer, for as long as the day lasts.
PATIENT = [1, 2, 5, 15, 30, 60]
PATIENTLY = {Reason.OWN_LINE, Reason.UNREACHABLE, Reason.TEMPORARY, Reason.SIGN_IN}


def next_try(reason, tries, *, queued_at, at):
    """When to try again after `tries` tries for this reason, or None when a person or the next channel is due.

    `tries` counts the tries that ended for this reason, the last one included.
    """
    if reason in PATIENTLY:
        moment = at + datetime.timedelta(minutes=PATIENT[min(tries, len(PATIENT)) - 1])
        return moment if moment <= queued_at + DAY else None
    waits = MINUTES.get(reason, [])
    return at + datetime.timedelta(minutes=waits[tries - 1]) if tries <= len(waits) else None
