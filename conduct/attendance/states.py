from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LeaveState(models.TextChoices):
    CONSENT = "consent", pgettext_lazy("leave", "waiting for the customer's consent")
    ASKED = "asked", pgettext_lazy("leave", "waiting for approval")
    APPROVED = "approved", pgettext_lazy("leave", "approved")
    REFUSED = "refused", pgettext_lazy("leave", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("leave", "withdrawn")
    CANCELLED = "cancelled", pgettext_lazy("leave", "cancelled")

    OPEN = nonmember({"consent", "asked"})
    # A leave in one of these keeps a second one from covering the same time.
    STANDING = nonmember({"consent", "asked", "approved"})


S = LeaveState
TRANSITIONS = {
    S.CONSENT: {S.ASKED, S.WITHDRAWN},
    S.ASKED: {S.APPROVED, S.REFUSED, S.WITHDRAWN},
    S.APPROVED: {S.CANCELLED},
    S.REFUSED: set(),
    S.WITHDRAWN: set(),
    S.CANCELLED: set(),
}


class LeaveKind(models.TextChoices):
    ANNUAL = "annual", _("annual leave")
    SICK = "sick", _("sick leave")
    PERSONAL = "personal", _("personal leave")
    COMPENSATORY = "compensatory", _("time off in lieu")
    FAMILY = "family", _("marriage, birth or bereavement leave")


class ClockKind(models.TextChoices):
    IN = "in", _("clocked in")
    OUT = "out", _("clocked out")


class ConsentWay(models.TextChoices):
    TELEPHONE = "telephone", _("by telephone")
    WRITING = "writing", _("in writing")
    SPOKEN = "spoken", _("in person")
