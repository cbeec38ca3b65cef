"""How a ticket's deadlines come about, in words: the sum of conduct.workdays over the ticket's own facts; and what if."""

import datetime

from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.workdays.arithmetic import Pause
from conduct.workdays.words import explain, summary

from .settling import policy_given, policy_in_force, rule_for
from .states import TicketState
from .timing import pauses_of, work_out


def sums_of(ticket, *, at):
    """[{name, given, differs, sum, total, deadline}, …]: worked out with the calendar as it is now, beside what was given."""
    if not ticket.due_from:
        return []
    rule = rule_for(ticket, policy_given(ticket, at=at))
    try:
        due = work_out(ticket=ticket, rule=rule, due_from=ticket.due_from)
    except DomainError:
        return []
    return _told(ticket, due, ("answer", "finish"))


def finish_in_words(ticket, *, at):
    """The sum behind the last deadline in one sentence; "" when it would be another one by now."""
    return next((row["total"] for row in sums_of(ticket, at=at) if row["name"] == "finish" and not row["differs"]), "")


def what_if(ticket, *, quadrant, paused_until=None, at):
    """The same, had the ticket been put into `quadrant` now, or did its clock stand still from now to `paused_until`.

    As sorting would: the first time it counts from the report, in another quadrant than before from `at`. A pause that is under
    way would end at `paused_until`. Nothing is stored. Raises DomainError when the calendar has no working time.
    """
    is_other = quadrant != ticket.quadrant
    policy = policy_in_force(at=at) if is_other else policy_given(ticket, at=at)
    start = ticket.due_from if not is_other else ticket.reported_at if ticket.state == TicketState.REPORTED else at
    rule = policy.rules.select_related("policy").get(quadrant=quadrant)
    due = work_out(ticket=ticket, rule=rule, due_from=start, pauses=_pauses(ticket, paused_until, at))
    return _told(ticket, due, ("finish",) if ticket.taken_at else ("answer", "finish"))


def _pauses(ticket, until, at):
    known = pauses_of(ticket)
    if until is None:
        return known
    if known and known[-1].end is None:
        return [*known[:-1], Pause(known[-1].start, until, known[-1].reason)]
    return [*known, Pause(at - datetime.timedelta(seconds=at.second, microseconds=at.microsecond), until, _("as if"))]


def _told(ticket, due, names):
    given = {"answer": ticket.answer_due_at, "finish": ticket.finish_due_at}
    return [
        {
            "name": name,
            "given": given[name],
            "differs": due[name].due_at is not None and given[name] is not None and due[name].due_at != given[name],
            "sum": explain(due[name].deadline),
            "total": summary(due[name].deadline),
            "deadline": due[name].deadline,
        }
        for name in names
    ]
