from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApprovalState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("approval", "waiting for a decision")
    APPROVED = "approved", pgettext_lazy("approval", "approved")
    REFUSED = "refused", pgettext_lazy("approval", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("approval", "withdrawn")

    SETTLED = nonmember({"approved", "refused", "withdrawn"})


S = ApprovalState
TRANSITIONS = {
    S.ASKED: {S.APPROVED, S.REFUSED, S.WITHDRAWN},
    S.APPROVED: set(),
    S.REFUSED: set(),
    S.WITHDRAWN: set(),
}

# What is asked for, in words. A kind that is missing here is shown as it is stored.
KINDS = {
    "leave": _("leave"),
    "purchase": _("purchase"),
    "change": _("production change"),
    "reply": _("reply to a customer"),
    "cross_department": _("work for another department or an outside body"),
    "return_line": _("return from a trip, by the line manager"),
    "return_executive": _("return from a trip, by the executive in charge"),
}
