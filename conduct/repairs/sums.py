"""How a ticket's deadlines come about, in words: the sum of conduct.workdays over the ticket's own facts."""

from conduct.base.errors import DomainError
from conduct.workdays.words import explain, summary

from .settling import policy_given, rule_for
from .timing import work_out

NAMES = ("answer", "finish")


def sums_of(ticket, *, at):
    """[{name, due, stored, sum, total, deadline}, …]: worked out with the calendar as it is now, beside what was given."""
    if not ticket.due_from:
        return []
    rule = rule_for(ticket, policy_given(ticket, at=at))
    try:
        due = work_out(ticket=ticket, rule=rule, due_from=ticket.due_from)
    except DomainError:
        return []
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
        for name in NAMES
    ]
