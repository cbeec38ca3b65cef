from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DeliveryState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("delivery", "queued")
    SENDING = "sending", pgettext_lazy("delivery", "sending")
    WAITING = "waiting", pgettext_lazy("delivery", "waiting for the next try")
    SENT = "sent", pgettext_lazy("delivery", "handed over, result awaited")
    CONFIRMED = "confirmed", pgettext_lazy("delivery", "confirmed")
    FAILED = "failed", pgettext_lazy("delivery", "failed")
    UNKNOWN = "unknown", pgettext_lazy("delivery", "uncertain: a person decides")
    CANCELLED = "cancelled", pgettext_lazy("delivery", "cancelled")

    OPEN = nonmember({"queued", "sending", "waiting", "sent", "unknown"})
    NEEDS_A_PERSON = nonmember({"unknown", "failed"})


S = DeliveryState
TRANSITIONS = {
    S.QUEUED: {S.SENDING, S.CANCELLED},
    S.SENDING: {S.SENT, S.CONFIRMED, S.FAILED, S.WAITING, S.UNKNOWN, S.CANCELLED},
    S.WAITING: {S.SENDING, S.CANCELLED},
    S.SENT: {S.CONFIRMED, S.FAILED, S.WAITING, S.UNKNOWN, S.CANCELLED},
    S.UNKNOWN: {S.CONFIRMED, S.QUEUED, S.CANCELLED},
    S.FAILED: {S.QUEUED, S.CONFIRMED},
    S.CONFIRMED: {S.FAILED},
    S.CANCELLED: set(),
}


class RecipientKind(models.TextChoices):
    HQ_FAX = "hq_fax", _("headquarters' fax")
    HQ_MAIL = "hq_mail", _("headquarters' mailbox")
    CUSTOMER_MAIL = "customer_mail", _("customer's mailbox")
    CUSTOMER_FAX = "customer_fax", _("customer's fax")
    STAFF_MAIL = "staff_mail", _("a colleague's mailbox")
    OFFICE_MAIL = "office_mail", _("administration's mailbox")
    SYSTEM = "system", _("another program")
    TEST = "test", pgettext_lazy("recipient", "test")


class Phase(models.TextChoices):
    """Where an attempt stands. After the point of no return only a receipt or a person can tell what became of it."""

    BEFORE = "before", _("before handing over")
    AFTER = "after", _("while handing over")
