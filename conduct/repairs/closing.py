"""How a ticket ends: the reporter hears the result and may object; what was bought in its place goes on with it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.trail import actions as trail

from .actions import set_deadlines
from .models import RepairTicket
from .settling import policy_in_force, settle
from .states import TicketState
from .telling import tell_people, tell_reporter, tell_technician, tell_triagers

BOUGHT_ANEW = (TicketState.UNREPAIRABLE, TicketState.FED_BACK)


@transaction.atomic
def feed_back(*, ticket, feedback, told_how, by, at):
    """Tell the reporter what came of it, which closes the loop; the days to object begin here."""
    move(ticket, TicketState.FED_BACK, feedback=feedback, told_how=told_how, fed_back_at=at)
    settle(ticket, at=at)
    trail.note(verb="ticket.fed_back", subject=ticket, by=by, at=at, how=told_how, note=feedback)
    tell_reporter(ticket, "ticket.fed_back", at=at, feedback=feedback[:300])


def may_reopen_until(ticket, policy):
    """The moment up to which the reporter may object, or None while there is nothing to object to."""
    return ticket.fed_back_at and ticket.fed_back_at + datetime.timedelta(days=policy.reopen_days)


@transaction.atomic
def reopen(*, ticket, reason, by, at):
    """It is not mended after all. It goes back to the triager with new deadlines; `by` is None for a reporter by link.

    Raises ForbiddenMove for a ticket that is closed or whose days to object are over: then the fault is reported anew,
    and the new ticket shows this one as its earlier fault.
    """
    policy = policy_in_force(at=at)
    if ticket.state == TicketState.CLOSED or (ticket.fed_back_at and at > may_reopen_until(ticket, policy)):
        raise ForbiddenMove(
            _("This ticket is closed. Please report the fault again; the new ticket will show this one as the earlier fault.")
        )
    if not reason.strip():
        raise DomainError(_("Say what is still wrong."), field="reason")
    technician = ticket.assigned_to
    changes = {"assigned_to": None, "assigned_at": None, "taken_at": None, "answer_minutes": None, "carried_by": ""}
    move(
        ticket, TicketState.TRIAGED, reopened_at=at, finished_at=None, finish_minutes=None, beyond_repair_at=None,
        fed_back_at=None, **changes,
    )  # fmt: skip
    set_deadlines(ticket, due_from=at, reason=_("reopened: %(reason)s") % {"reason": reason[:200]}, by=by, at=at)
    trail.note(verb="ticket.reopened", subject=ticket, by=by, at=at, reason=reason)
    tell_triagers(ticket, "ticket.reopened", at=at, reason=reason[:200])
    if technician:
        tell_people(ticket, "ticket.reopened", [technician], at=at, reason=reason[:200])


@transaction.atomic
def close(*, ticket, by, at):
    """The reporter is content, or the days to object are over (`by` is None)."""
    if ticket.awaits_purchase:
        raise ForbiddenMove(_("A replacement is on its way; the ticket goes on when it comes."))
    move(ticket, TicketState.CLOSED, closed_at=at)
    settle(ticket, at=at)
    trail.note(verb="ticket.closed", subject=ticket, by=by, at=at)


def close_unanswered(*, at):
    """Close what the reporter was told of and did not object to in time. Returns how many. What is due and not done."""
    policy = policy_in_force(at=at)
    before = at - datetime.timedelta(days=policy.reopen_days)
    due = RepairTicket.objects.filter(state=TicketState.FED_BACK, fed_back_at__lt=before, awaits_purchase=False)
    closed = 0
    for ticket in due.select_related("equipment__site__customer", "assigned_to", "reporter").order_by("fed_back_at")[:200]:
        try:
            close(ticket=ticket, by=None, at=at)
            closed += 1
        except ForbiddenMove:  # reopened a moment ago
            continue
    return closed


@transaction.atomic
def await_purchase(*, ticket, by, at):
    """A replacement was asked for: the ticket stays until it comes. Raises ForbiddenMove, also for a second one at a time."""
    beyond = RepairTicket.objects.filter(pk=ticket.pk, state__in=BOUGHT_ANEW, beyond_repair_at__isnull=False)
    if not beyond.filter(awaits_purchase=False).update(awaits_purchase=True):
        if beyond.exists():
            raise ForbiddenMove(_("A replacement was asked for already."))
        raise ForbiddenMove(_("Only what cannot be repaired is bought anew."))
    ticket.awaits_purchase = True
    trail.note(verb="ticket.awaits_purchase", subject=ticket, by=by, at=at)


@transaction.atomic
def go_on(*, ticket, reference, by, at):
    """The replacement has come: whoever had the ticket puts it in place, with a deadline of its own."""
    move(ticket, TicketState.ASSIGNED, awaits_purchase=False, finished_at=None, finish_minutes=None, fed_back_at=None)
    set_deadlines(ticket, due_from=at, reason=_("replacement received: %(number)s") % {"number": reference}, by=by, at=at)
    trail.note(verb="ticket.went_on", subject=ticket, by=by, at=at, reference=reference)
    tell_technician(ticket, "ticket.went_on", at=at, reference=reference)


@transaction.atomic
def arrived(*, ticket, reference, by, at):
    """The replacement has come, but the ticket went on meanwhile: it only waits no longer, and its people are told."""
    RepairTicket.objects.filter(pk=ticket.pk).update(awaits_purchase=False)
    ticket.awaits_purchase = False
    trail.note(verb="ticket.replacement_came", subject=ticket, by=by, at=at, reference=reference)
    tell_technician(ticket, "ticket.went_on", at=at, reference=reference)
    tell_triagers(ticket, "ticket.went_on", at=at, reference=reference)


@transaction.atomic
def go_without(*, ticket, reference, reason, by, at):
    """The replacement was refused or called off: the ticket ends as what cannot be repaired."""
    RepairTicket.objects.filter(pk=ticket.pk).update(awaits_purchase=False)
    ticket.awaits_purchase = False
    trail.note(verb="ticket.goes_without", subject=ticket, by=by, at=at, reference=reference, reason=reason)
    tell_triagers(ticket, "ticket.goes_without", at=at, reference=reference)
