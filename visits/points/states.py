from enum import nonmember

from django.db import models
from django.utils.translation import pgettext_lazy


class PointState(models.TextChoices):
    OPEN = "open", pgettext_lazy("point", "nobody has dealt with it")
    REPORTED = "reported", pgettext_lazy("point", "reported")
    CLOSED = "closed", pgettext_lazy("point", "dealt with")
    WITHDRAWN = "withdrawn", pgettext_lazy("point", "taken back on the record")

    WAITING = nonmember(("open", "reported"))


S = PointState
TRANSITIONS = {
    S.OPEN: {S.REPORTED, S.CLOSED, S.WITHDRAWN},
    S.REPORTED: {S.CLOSED, S.WITHDRAWN},
    S.CLOSED: set(),
    S.WITHDRAWN: set(),
}
