from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrderState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("order", "draft")
    OPEN = "open", pgettext_lazy("order", "open")
    CLOSED = "closed", pgettext_lazy("order", "closed")
    CANCELLED = "cancelled", pgettext_lazy("order", "cancelled")


TRANSITIONS = {
    OrderState.DRAFT: {OrderState.OPEN, OrderState.CANCELLED},
    OrderState.OPEN: {OrderState.CLOSED, OrderState.CANCELLED},
    OrderState.CLOSED: {OrderState.OPEN},
    OrderState.CANCELLED: set(),
}


class Priority(models.TextChoices):
    LOW = "low", _("low")
    NORMAL = "normal", _("normal")
    HIGH = "high", _("high")
