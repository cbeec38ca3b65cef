"""A ticket's two deadlines: to be taken up, and to be finished. The arithmetic itself is that of conduct.workdays."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from conduct.base.errors import DomainError
from conduct.workdays import arithmetic
from conduct.workdays.queries import calendar_of
from conduct.workdays.words import no_time

from .models import Pause


@dataclass(frozen=True)
class Due:
    """`soon_at` is the moment at which the policy's share of the working time is used; `deadline` explains itself."""

    soon_at: object
    due_at: object
    deadline: object


def calendar_for(ticket, rule):
    site = ticket.equipment.site
    return calendar_of(rule.calendar, customer=site.customer, zone=site.time_zone)


def pauses_of(ticket):
    rows = Pause.objects.filter(ticket=ticket).order_by("started_at")
    return [arithmetic.Pause(row.started_at, row.ended_at, row.get_reason_display()) for row in rows]


def work_out(*, ticket, rule, due_from, calendar=None, pauses=None):
    """{"answer": Due, "finish": Due} from `due_from` on, the ticket's pauses left out, or those given instead.

    Raises DomainError when the calendar leaves no working time at all.
    """
    calendar = calendar or calendar_for(ticket, rule)
    pauses = pauses_of(ticket) if pauses is None else pauses
    pauses = [pause for pause in pauses if pause.end is None or pause.end > due_from]
    start = due_from.astimezone(ZoneInfo(ticket.equipment.site.time_zone))
    minutes = {"answer": rule.answer_minutes, "finish": rule.finish_minutes}
    return {name: _due(start, count, rule.policy.soon_percent, calendar, pauses) for name, count in minutes.items()}


def _due(start, minutes, soon_percent, calendar, pauses):
    try:
        whole = arithmetic.deadline(start, minutes, calendar, pauses)
        soon = arithmetic.deadline(start, minutes * soon_percent // 100, calendar, pauses)
    except arithmetic.NoWorkingTime as error:
        raise DomainError(no_time(error), field="quadrant") from error
    return Due(soon_at=soon.at, due_at=whole.at, deadline=whole)


def minutes_between(*, ticket, rule, start, end):
    """Working minutes that `start` to `end` cost the ticket, its pauses left out."""
    calendar = calendar_for(ticket, rule)
    return arithmetic.working_minutes(start, end, calendar, pauses_of(ticket))
