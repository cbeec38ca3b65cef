from django.db import models
from django.utils.translation import pgettext_lazy


class PromiseState(models.TextChoices):
    OPEN = "open", pgettext_lazy("promise", "open")
    KEPT = "kept", pgettext_lazy("promise", "kept")
    BROKEN = "broken", pgettext_lazy("promise", "not kept")
    CHANGED = "changed", pgettext_lazy("promise", "changed by agreement")
    WITHDRAWN = "withdrawn", pgettext_lazy("promise", "taken back on the record")


S = PromiseState
TRANSITIONS = {S.OPEN: {S.KEPT, S.BROKEN, S.CHANGED, S.WITHDRAWN}, S.KEPT: set(), S.BROKEN: set(), S.CHANGED: set(), S.WITHDRAWN: set()}
