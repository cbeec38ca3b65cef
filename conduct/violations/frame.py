"""What a ruling may be: the frame that severity, history and standing give. Pure.

Sources: I4 (a contractor who left private contact details: half of the fee up to all of it, and no further visits), A10 (breaches are
dealt with by their gravity). An employee's wages are never cut by rule.
"""

import datetime
from dataclasses import dataclass

from conduct.rules.states import Severity

from .states import Outcome

POINTS = {Severity.MINOR: 1, Severity.MAJOR: 3, Severity.CRITICAL: 6}
PRIVATE_CONTACT = "work.no_private_contact"
# From this many points of the last twelve months on, the frame of the next severity holds.
GROWS_AT = 6
HALF, ALL = 50, 100
# How many days of a bar are proposed, for the first time and for who has many points already; and the longest that may be ruled.
BAR, BAR_AGAIN, LONGEST_BAR = 90, 365, datetime.timedelta(days=5 * 365)

_MILD = (Outcome.NO_BREACH, Outcome.WARNING)
_ORDER = [Severity.MINOR, Severity.MAJOR, Severity.CRITICAL]
# (outcomes, range of the fee cut, where to begin) by gravity: 0 minor, 1 major, 2 critical, 3 critical and not the first.
_EMPLOYEE = [(_MILD, Outcome.WARNING), (_MILD, Outcome.WARNING), ((*_MILD, Outcome.BARRED), Outcome.WARNING)]
_EMPLOYEE.append((_EMPLOYEE[2][0], Outcome.BARRED))
_SEVERE = (*_MILD, Outcome.FEE_CUT, Outcome.BARRED, Outcome.FEE_CUT_AND_BARRED)
_CONTRACTOR = [
    (_MILD, (0, 0), Outcome.WARNING),
    ((*_MILD, Outcome.FEE_CUT), (HALF, HALF), Outcome.WARNING),
    (_SEVERE, (HALF, ALL), Outcome.FEE_CUT),
    (_SEVERE, (HALF, ALL), Outcome.FEE_CUT_AND_BARRED),
]


@dataclass(frozen=True)
class Frame:
    """`outcomes` may be ruled, `cut` is the range of a fee cut in percent; `proposed` and `bar`, in days, are where to begin."""

    outcomes: tuple
    cut: tuple
    proposed: str
    bar: int = BAR


def points_of(severity):
    """What a breach of this severity counts."""
    return POINTS[Severity(severity)]


def frame(*, severity, rule_code, is_contractor, has_fee, points):
    """The Frame of a breach. `points` are those of the twelve months before it; `has_fee`: it happened on a thing that is paid for."""
    gravity, bar = _ORDER.index(Severity(severity)) + (points >= GROWS_AT), BAR_AGAIN if points >= GROWS_AT else BAR
    if not is_contractor:
        outcomes, proposed = _EMPLOYEE[gravity]
        return Frame(outcomes, (0, 0), proposed, bar)
    if rule_code == PRIVATE_CONTACT:
        found = Frame((Outcome.NO_BREACH, Outcome.FEE_CUT_AND_BARRED), (HALF, ALL), Outcome.FEE_CUT_AND_BARRED, bar)
    else:
        found = Frame(*_CONTRACTOR[gravity], bar)
    return found if has_fee else _without_fee(found)


def _without_fee(found):
    """Where there is no fee to cut, what is left of the frame: a bar stays a bar, and a mere cut a warning."""
    instead = {Outcome.FEE_CUT: Outcome.WARNING, Outcome.FEE_CUT_AND_BARRED: Outcome.BARRED}
    outcomes = tuple(dict.fromkeys(instead.get(outcome, outcome) for outcome in found.outcomes))
    return Frame(outcomes, (0, 0), instead.get(found.proposed, found.proposed), found.bar)


def wrong_with(ruled, *, outcome, fee_cut, barred_until, day):
    """{field name: reason code} of what lies outside of the frame `ruled`. `fee_cut` is a percentage, `day` the day of the ruling."""
    outcome = Outcome(outcome)
    wrong = {}
    if outcome not in ruled.outcomes:
        wrong["outcome"] = "outside"
    if outcome.cuts and not ruled.cut[0] <= (fee_cut or 0) <= ruled.cut[1]:
        wrong["fee_cut"] = "range"
    if not outcome.cuts and fee_cut:
        wrong["fee_cut"] = "none"
    if outcome.bars and (barred_until is None or barred_until <= day):
        wrong["barred_until"] = "needed"
    elif outcome.bars and barred_until > day + LONGEST_BAR:
        wrong["barred_until"] = "long"
    if not outcome.bars and barred_until:
        wrong["barred_until"] = "none"
    return wrong
