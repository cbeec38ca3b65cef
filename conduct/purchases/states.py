from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PurchaseState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("purchase", "draft")
    ASKED = "asked", pgettext_lazy("purchase", "waiting for approval")
    APPROVED = "approved", pgettext_lazy("purchase", "approved")
    ORDERED = "ordered", pgettext_lazy("purchase", "ordered")
    RECEIVED = "received", pgettext_lazy("purchase", "received")
    REFUSED = "refused", pgettext_lazy("purchase", "refused")
    CANCELLED = "cancelled", pgettext_lazy("purchase", "cancelled")

    SETTLED = nonmember({"received", "refused", "cancelled"})


S = PurchaseState
TRANSITIONS = {
    S.DRAFT: {S.ASKED, S.CANCELLED},
    S.ASKED: {S.APPROVED, S.REFUSED, S.DRAFT},
    S.APPROVED: {S.ORDERED, S.CANCELLED},
    S.ORDERED: {S.RECEIVED, S.CANCELLED},
    S.RECEIVED: set(),
    S.REFUSED: set(),
    S.CANCELLED: set(),
}


class Decider(models.TextChoices):
    """Who decides on a purchase, in this order."""

    DEPARTMENT_HEAD = "department_head", _("department head")
    EXECUTIVE = "executive", _("executive in charge")
    MANAGER = "manager", _("manager")
