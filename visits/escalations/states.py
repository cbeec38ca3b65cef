from django.db import models
from django.utils.translation import pgettext_lazy

from visits.records.kinds import NeedDecision


class ScopeState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("new need", "waits for headquarters")
    CLAIMED = "claimed", pgettext_lazy("new need", "decided by telephone, to be confirmed")
    DO_NOW = NeedDecision.DO_NOW.value, pgettext_lazy("new need", "a scope item of this visit")
    NEW_ORDER = NeedDecision.NEW_ORDER.value, pgettext_lazy("new need", "goes into a new order")
    REFUSED = NeedDecision.REFUSED.value, pgettext_lazy("new need", "refused")


_DECIDED = {ScopeState.DO_NOW, ScopeState.NEW_ORDER, ScopeState.REFUSED}
TRANSITIONS = {
    ScopeState.WAITING: _DECIDED,
    ScopeState.CLAIMED: _DECIDED,
    **{state: set() for state in _DECIDED},
}
