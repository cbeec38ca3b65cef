"""What is due and not done: deadlines that speak before, at and after their moment, and pauses that nobody ended."""

import logging

from django.db import transaction

from conduct.base.days import day_of
from conduct.base.sentences import in_each_language
from conduct.company.queries import company
from conduct.trail import actions as trail

from .models import Pause, RepairTicket, StepTaken
from .queries import with_due_steps
from .settling import policy_in_force, settle, steps_ahead
from .states import Quadrant, Step
from .telling import tell_managers, tell_technician, tell_triagers

logger = logging.getLogger(__name__)
A_RUN = 200


def remind(*, at):
    """Say what the deadlines have to say by `at`. Returns how many tickets were looked at.

    Each ticket has a transaction of its own, so that one that fails does not hold up the others. A beat that slept says of
    each deadline only the last word, and every word once.
    """
    keys = list(with_due_steps(at).values_list("pk", flat=True)[:A_RUN])
    for pk in keys:
        try:
            _remind_of(pk, at)
        except Exception:
            logger.exception("the deadline of ticket %s could not be told", pk)
    return len(keys)


@transaction.atomic
def _remind_of(pk, at):
    rows = RepairTicket.objects.select_related("equipment__site__customer", "assigned_to", "reporter")
    ticket = rows.select_for_update(of=("self",)).get(pk=pk)
    due = [row for row in steps_ahead(ticket, policy_in_force(at=at)) if row[0] <= at]
    last = {name: step for _moment, name, step in due}
    for _moment, name, step in due:
        _row, is_new = StepTaken.objects.get_or_create(
            ticket=ticket, version=ticket.seen_version, deadline=name, step=step, defaults={"at": at}
        )
        if is_new and last[name] == step:
            _say(ticket, name, step, at)
    if "finish" in last:
        _grow_urgent(ticket, at)
    settle(ticket, at=at)


def _say(ticket, name, step, at):
    code = f"ticket.{name}_{step}"
    once = f"{ticket.number}/{ticket.seen_version}/{name}/{step}"
    facts = {"equipment": ticket.equipment.name}
    trail.note(verb="ticket.deadline_told", subject=ticket, by=None, at=at, deadline=name, step=step)
    tell_technician(ticket, code, at=at, once=once, **facts)
    if step != Step.SOON or not ticket.assigned_to:
        tell_triagers(ticket, code, at=at, once=once, **facts)
    if step == Step.LATE:
        tell_managers(ticket, code, at=at, once=once, **facts)


def _grow_urgent(ticket, at):
    """A ticket that was not urgent and whose time is almost gone has become urgent by waiting."""
    if ticket.grew_urgent_at or ticket.quadrant in Quadrant.URGENT_ONES:
        return
    RepairTicket.objects.filter(pk=ticket.pk, grew_urgent_at=None).update(grew_urgent_at=at)
    ticket.grew_urgent_at = at
    trail.note(verb="ticket.grew_urgent", subject=ticket, by=None, at=at)


def remind_of_pauses(*, at):
    """Tell of pauses that should have ended before today and did not, once each. Returns how many there are."""
    late = Pause.objects.filter(ended_at=None, expected_until__lt=day_of(at, company().time_zone))
    rows = list(late.select_related("ticket__equipment", "ticket__assigned_to").order_by("expected_until")[:A_RUN])
    for row in rows:
        facts = {"reason": in_each_language(row.get_reason_display), "day": f"{row.expected_until:%Y-%m-%d}"}
        for tell in (tell_technician, tell_triagers):
            tell(row.ticket, "ticket.pause_late", at=at, once=f"pause/{row.pk}", **facts)
    return len(rows)
