from enum import nonmember

from django.db import models
from django.utils.translation import pgettext_lazy

# Days that the engineer has for an answer before it is ruled without one, and for an appeal after the ruling.
ANSWER_DAYS, APPEAL_DAYS = 3, 7


class ViolationState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("violation", "seen by the software, to be looked at")
    RAISED = "raised", pgettext_lazy("violation", "answer awaited")
    ANSWERED = "answered", pgettext_lazy("violation", "ruling awaited")
    RULED = "ruled", pgettext_lazy("violation", "ruled")
    APPEALED = "appealed", pgettext_lazy("violation", "appealed")
    SETTLED = "settled", pgettext_lazy("violation", "ruled upon appeal")
    WITHDRAWN = "withdrawn", pgettext_lazy("violation", "dropped")
    UNDER_WAY = nonmember(("proposed", "raised", "answered", "appealed"))


S = ViolationState
TRANSITIONS = {
    S.PROPOSED: {S.RAISED, S.WITHDRAWN},
    S.RAISED: {S.ANSWERED, S.RULED, S.WITHDRAWN},
    S.ANSWERED: {S.RULED, S.WITHDRAWN},
    S.RULED: {S.APPEALED},
    S.APPEALED: {S.SETTLED},
    S.SETTLED: set(),
    S.WITHDRAWN: set(),
}


class Outcome(models.TextChoices):
    NO_BREACH = "no_breach", pgettext_lazy("ruling", "no breach")
    WARNING = "warning", pgettext_lazy("ruling", "warning")
    FEE_CUT = "fee_cut", pgettext_lazy("ruling", "fee cut")
    BARRED = "barred", pgettext_lazy("ruling", "no visits for a time")
    FEE_CUT_AND_BARRED = "fee_cut_and_barred", pgettext_lazy("ruling", "fee cut, and no visits for a time")

    @property
    def cuts(self):
        return self in (Outcome.FEE_CUT, Outcome.FEE_CUT_AND_BARRED)

    @property
    def bars(self):
        return self in (Outcome.BARRED, Outcome.FEE_CUT_AND_BARRED)
