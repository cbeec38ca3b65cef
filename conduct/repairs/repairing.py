"""What happens to a sorted ticket: assigned, taken up, judged, helped with, paused, repaired or found beyond repair."""

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.approvals.states import ApprovalState
from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.people.access import Permission, Role
from conduct.people.queries import people_with_role
from conduct.trail import actions as trail

from . import ordering
from .actions import iso, sort, work_out_anew
from .models import Help, Pause, RepairTicket
from .settling import policy_in_force, rule_for, settle
from .states import HelpFrom, TicketState
from .telling import tell_people, tell_reporter, tell_technician, tell_triagers
from .timing import minutes_between


@transaction.atomic
def sort_and_assign(*, ticket, technician=None, by, at, **facts):
    """Sort a ticket (see `actions.sort`) and, when a technician is named, give it to that person in the same step."""
    sort(ticket=ticket, by=by, at=at, **facts)
    if technician:
        assign(ticket=ticket, technician=technician, by=by, at=at)


@transaction.atomic
def assign(*, ticket, technician, by, at):
    """Give a sorted ticket to a technician, or from one to another, who then takes it up. Raises DomainError, ForbiddenMove.

    What belongs to another department or an outside body waits for the order of the technician's line manager first.
    """
    if not technician.may(Permission.TAKE_TICKETS):
        raise DomainError(_("%(name)s does not repair.") % {"name": technician.name}, field="technician")
    if ordering.needs_order(ticket, technician, by):
        ordering.ask(ticket=ticket, technician=technician, by=by, at=at)
        return
    ordering.drop_question(ticket=ticket, by=by, at=at)
    _give(ticket, technician, by, at)


@transaction.atomic
def settle_order(*, approval, by, at):
    """The line manager has ordered it, and the technician has it; or has not, and the triager looks for another way."""
    ticket = RepairTicket.objects.select_related("equipment__site__customer", "proposed_to", "reporter").get(number=approval.reference)
    technician, may_be_given = ticket.proposed_to, ticket.state in (TicketState.TRIAGED, *TicketState.WORK)
    if approval.state == ApprovalState.WITHDRAWN or technician is None:
        return
    RepairTicket.objects.filter(pk=ticket.pk).update(proposed_to=None)
    if approval.state == ApprovalState.APPROVED and may_be_given:
        trail.note(verb="ticket.ordered", subject=ticket, by=by, at=at, technician=technician.name)
        _give(ticket, technician, by, at)
    elif approval.state == ApprovalState.REFUSED:
        trail.note(verb="ticket.not_ordered", subject=ticket, by=by, at=at, technician=technician.name, reason=approval.decision)
        tell_triagers(ticket, "ticket.not_ordered", at=at, technician=technician.name, reason=approval.decision[:200])


def _give(ticket, technician, by, at):
    changes = {"assigned_to": technician, "assigned_at": at, "taken_at": None, "answer_minutes": None}
    if ticket.state == TicketState.TRIAGED:
        move(ticket, TicketState.ASSIGNED, **changes)
    else:
        _while(ticket, TicketState.WORK, **changes)
    settle(ticket, at=at)
    trail.note(verb="ticket.assigned", subject=ticket, by=by, at=at, technician=technician.name)
    if technician != by:
        tell_technician(ticket, "ticket.assigned", at=at, equipment=ticket.equipment.name)


@transaction.atomic
def take(*, ticket, by, at):
    """The technician takes it up: the answer that the first deadline is about. A free ticket becomes one's own.

    One that belongs to another department or an outside body is ordered by the line manager first.
    """
    if ticket.state == TicketState.TRIAGED and ordering.needs_order(ticket, by, by):
        ordering.ask(ticket=ticket, technician=by, by=by, at=at)
        return
    if ticket.state == TicketState.TRIAGED:
        ordering.drop_question(ticket=ticket, by=by, at=at)
        changes = {"assigned_to": by, "assigned_at": at}
        move(ticket, TicketState.ASSIGNED, **changes, **_taken(ticket, at))
    elif ticket.assigned_to_id != by.pk or ticket.taken_at:
        raise ForbiddenMove(_("This ticket was taken up already."))
    else:
        _while(ticket, TicketState.WORK, **_taken(ticket, at))
    settle(ticket, at=at)
    trail.note(verb="ticket.taken", subject=ticket, by=by, at=at)
    tell_reporter(ticket, "ticket.taken", at=at, technician=by.name)


def _taken(ticket, at):
    rule = rule_for(ticket, policy_in_force(at=at))
    return {"taken_at": at, "answer_minutes": minutes_between(ticket=ticket, rule=rule, start=ticket.reported_at, end=at)}


@transaction.atomic
def give_back(*, ticket, reason, by, at):
    """The technician cannot do it; the ticket is everybody's again, and the triager is told why."""
    move(ticket, TicketState.TRIAGED, assigned_to=None, assigned_at=None, taken_at=None, answer_minutes=None, carried_by="")
    settle(ticket, at=at)
    trail.note(verb="ticket.given_back", subject=ticket, by=by, at=at, reason=reason)
    tell_triagers(ticket, "ticket.given_back", at=at, reason=reason)


@transaction.atomic
def hand_over(*, ticket, carried_by, by, at):
    """Somebody outside the workshop does it, under the number `carried_by`; what that is, the ticket does not know."""
    ordering.drop_question(ticket=ticket, by=by, at=at)
    changes = {"carried_by": carried_by, "assigned_at": at, **_taken(ticket, at)}
    if ticket.state == TicketState.TRIAGED:
        move(ticket, TicketState.ASSIGNED, **changes)
    else:
        _while(ticket, {TicketState.ASSIGNED}, **changes)
    settle(ticket, at=at)
    trail.note(verb="ticket.handed_over", subject=ticket, by=by, at=at, carried_by=carried_by)


@transaction.atomic
def judge(*, ticket, verdict, verdict_note, by, at):
    """First look, then decide: on the spot, with a spare, with help, or not at all. A later judgement replaces it."""
    _while(ticket, TicketState.WORK, verdict=verdict, verdict_note=verdict_note)
    trail.note(verb="ticket.judged", subject=ticket, by=by, at=at, verdict=verdict, note=verdict_note)


@transaction.atomic
def ask_help(*, ticket, asked_of, question, by, at):
    """Ask the academic department or an engineer at headquarters. Returns the question."""
    if not ticket.is_open:
        raise ForbiddenMove(_("This ticket is no longer open."))
    asked = Help.objects.create(ticket=ticket, asked_of=asked_of, question=question, asked_at=at, asked_by=by)
    trail.note(verb="ticket.help_asked", subject=ticket, by=by, at=at, asked_of=asked_of, question=question)
    role = Role.TRIAGER if asked_of == HelpFrom.ACADEMIC else Role.ONLINE_ENGINEER
    tell_people(ticket, "ticket.help_asked", people_with_role(role), at=at, question=question[:200])
    return asked


@transaction.atomic
def answer_help(*, asked, answer, by, at):
    """Answer such a question, once."""
    if not Help.objects.filter(pk=asked.pk, answered_at=None).update(answer=answer, answered_at=at, answered_by=by):
        raise ForbiddenMove(_("This question was answered already."))
    trail.note(verb="ticket.help_answered", subject=asked.ticket, by=by, at=at, answer=answer)
    tell_people(asked.ticket, "ticket.help_answered", [asked.asked_by], at=at, answer=answer[:200])


@transaction.atomic
def pause(*, ticket, reason, note="", expected_until, by, at):
    """Stop the clock, with a reason and a day on which it should go on. Raises DomainError when it stands still already."""
    if ticket.state not in TicketState.OPEN or not ticket.quadrant:
        raise ForbiddenMove(_("Only an open ticket that was sorted has a clock to stop."))
    if expected_until < day_of(at, ticket.equipment.site.time_zone):
        raise DomainError(_("The pause would end before it begins."), field="expected_until")
    if not RepairTicket.objects.filter(pk=ticket.pk, paused_since=None).update(paused_since=at):
        raise ForbiddenMove(_("The clock of this ticket stands still already."))
    ticket.paused_since = at
    Pause.objects.create(ticket=ticket, reason=reason, note=note, started_at=at, started_by=by, expected_until=expected_until)
    settle(ticket, at=at)
    trail.note(verb="ticket.paused", subject=ticket, by=by, at=at, reason=reason, note=note, until=str(expected_until))


@transaction.atomic
def resume(*, ticket, by, at):
    """Let the clock run on. The deadlines are worked out anew without the pause; the old ones stay visible."""
    ended = _end_pause(ticket, by, at)
    if ended is None:
        raise ForbiddenMove(_("The clock of this ticket runs already."))
    reason = _("pause: %(reason)s") % {"reason": ended.get_reason_display()}
    work_out_anew(ticket=ticket, reason=reason, by=by, at=at)
    trail.note(verb="ticket.resumed", subject=ticket, by=by, at=at, due=iso(ticket.finish_due_at))


def _end_pause(ticket, by, at):
    """End the pause that is under way, if there is one, and return it."""
    row = Pause.objects.filter(ticket=ticket, ended_at=None).first()
    if row is None or not Pause.objects.filter(pk=row.pk, ended_at=None).update(ended_at=at, ended_by=by):
        return None
    RepairTicket.objects.filter(pk=ticket.pk).update(paused_since=None)
    ticket.paused_since = None
    return row


@transaction.atomic
def repaired(*, ticket, cause, work_done, work_minutes=None, cost=None, by, at):
    """It works again. A pause that was forgotten ends here. The reporter is still to be told."""
    _finish(ticket, TicketState.REPAIRED, by, at, cause=cause, work_done=work_done, work_minutes=work_minutes, cost=cost)
    trail.note(verb="ticket.repaired", subject=ticket, by=by, at=at, cause=cause, minutes=work_minutes, cost=str(cost or ""))


@transaction.atomic
def unrepairable(*, ticket, cause, work_minutes=None, by, at):
    """It cannot be repaired, and why. Something is bought in its place, or it goes without."""
    _finish(ticket, TicketState.UNREPAIRABLE, by, at, cause=cause, work_minutes=work_minutes, beyond_repair_at=at)
    trail.note(verb="ticket.unrepairable", subject=ticket, by=by, at=at, cause=cause)


def _finish(ticket, state, by, at, **facts):
    _end_pause(ticket, by, at)
    rule = rule_for(ticket, policy_in_force(at=at))
    if not ticket.taken_at:
        facts |= _taken(ticket, at)
    minutes = minutes_between(ticket=ticket, rule=rule, start=ticket.reported_at, end=at)
    move(ticket, state, finished_at=at, finish_minutes=minutes, **facts)
    settle(ticket, at=at)


def _while(ticket, states, **changes):
    """Write `changes` as long as the row is in one of `states` and with the technician that this page saw."""
    rows = RepairTicket.objects.filter(pk=ticket.pk, state__in=states, assigned_to=ticket.assigned_to_id)
    if not rows.update(**changes):
        ticket.refresh_from_db(fields=["state"])
        raise ForbiddenMove(
            _("This ticket is “%(state)s” now, or somebody else has it. Nothing was changed.")
            % {"state": ticket.get_state_display()}
        )
    for name, value in changes.items():
        setattr(ticket, name, value)
