from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FollowUpState(models.TextChoices):
    OPEN = "open", pgettext_lazy("follow-up", "to call")
    REACHED = "reached", pgettext_lazy("follow-up", "customer reached")
    NOT_REACHED = "not_reached", pgettext_lazy("follow-up", "customer not reached")


TRANSITIONS = {
    FollowUpState.OPEN: {FollowUpState.REACHED, FollowUpState.NOT_REACHED},
    FollowUpState.NOT_REACHED: {FollowUpState.REACHED},
    FollowUpState.REACHED: set(),
}


class Outcome(models.TextChoices):
    NO_ANSWER = "no_answer", _("nobody answered")
    BUSY = "busy", _("the line was busy")
    CALL_LATER = "call_later", _("asked to call later")
    WRONG_NUMBER = "wrong_number", _("wrong number")
