from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrderState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("order", "draft")
    OPEN = "open", pgettext_lazy("order", "open")
    CLOSED = "closed", pgettext_lazy("order", "closed")
    CANCELLED = "cancelled", pgettext_lazy("order", "cancelled")

    LIVE = nonmember({"draft", "open"})


TRANSITIONS = {
    OrderState.DRAFT: {OrderState.OPEN, OrderState.CANCELLED},
    OrderState.OPEN: {OrderState.CLOSED, OrderState.CANCELLED},
    OrderState.CLOSED: {OrderState.OPEN},
    OrderState.CANCELLED: set(),
}


class Symptom(models.TextChoices):
    """How the fault shows. Two visits to the same equipment with the same symptom count as one fault that came back."""

    DEAD = "dead", _("does not start")
    OFFLINE = "offline", _("no connection")
    UNSTABLE = "unstable", _("drops out now and then")
    SLOW = "slow", _("slow")
    ALARM = "alarm", _("alarm or error message")
    PICTURE = "picture", _("no picture or sound")
    PRINT = "print", _("does not print properly")
    HOT = "hot", _("hot, noisy or smelling")
    DATA = "data", _("data or account wrong")
    DAMAGED = "damaged", _("damaged from outside")


class Priority(models.TextChoices):
    LOW = "low", _("low")
    NORMAL = "normal", _("normal")
    HIGH = "high", _("high")
