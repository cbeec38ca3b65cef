from django.db import models
from django.utils.translation import pgettext_lazy

from conduct.people.access import Role
from visits.records.kinds import NeedDecision, QuestionKind


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

# Whom a question is for: the first of these roles that anybody holds (rules work.ask_hq_technical, work.ask_hq_business).
ASKED_OF = {
    QuestionKind.TECHNICAL: (Role.ONLINE_ENGINEER, Role.TECHNICAL_MANAGER),
    QuestionKind.BUSINESS: (Role.DISPATCHER,),
    QuestionKind.OUT_OF_SCOPE: (Role.DISPATCHER, Role.TECHNICAL_MANAGER),
}
