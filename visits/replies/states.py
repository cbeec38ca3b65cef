from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReplyState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("reply", "draft")
    ASKED = "asked", pgettext_lazy("reply", "being reviewed")
    SENT_BACK = "sent_back", pgettext_lazy("reply", "returned")
    APPROVED = "approved", pgettext_lazy("reply", "reviewed, not sent yet")
    SENT = "sent", pgettext_lazy("reply", "on its way")
    DELIVERED = "delivered", pgettext_lazy("reply", "delivered")
    FAILED = "failed", pgettext_lazy("reply", "did not arrive")
    DISCARDED = "discarded", pgettext_lazy("reply", "thrown away")

    CHANGEABLE = nonmember({"draft", "asked", "sent_back", "approved", "failed"})
    OUT = nonmember({"sent", "delivered", "failed"})


S = ReplyState
# Whoever changes a reply takes it back to the draft, so that what goes out is what was reviewed.
TRANSITIONS = {
    S.DRAFT: {S.ASKED, S.DISCARDED},
    S.ASKED: {S.APPROVED, S.SENT_BACK, S.DRAFT},
    S.SENT_BACK: {S.DRAFT, S.DISCARDED},
    S.APPROVED: {S.SENT, S.DRAFT, S.DISCARDED},
    S.SENT: {S.DELIVERED, S.FAILED},
    S.DELIVERED: {S.FAILED},
    S.FAILED: {S.DELIVERED, S.SENT, S.DRAFT},
    S.DISCARDED: set(),
}


class Means(models.TextChoices):
    MAIL = "mail", _("e-mail")
    FAX = "fax", _("fax")
