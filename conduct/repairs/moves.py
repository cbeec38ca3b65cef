"""The moves that a person may make with a ticket now: one table for the page's buttons and for what a POST may do."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from conduct.people.access import Permission

from . import actions, buying, closing, forms, repairing, swapping
from .states import TicketState

S = TicketState
P = Permission


@dataclass(frozen=True)
class Move:
    """`when` says whether the ticket is in the right shape, `permission` who may; both are asked again at the POST."""

    label: str
    form: type
    action: Callable
    permission: Permission
    when: Callable
    done: str
    look: str = ""


def _in(*states):
    return lambda ticket: ticket.state in states


def _working(ticket):
    return ticket.state in S.WORK and not ticket.carried_by


def _untaken(ticket):
    return ticket.state == S.TRIAGED or (ticket.state in S.WORK and not ticket.taken_at)


def _can_be_bought(ticket):
    return ticket.state in closing.BOUGHT_ANEW and ticket.beyond_repair_at and not ticket.awaits_purchase


MOVES = {
    "sort": Move(
        _("Sort"), forms.SortForm, repairing.sort_and_assign, P.TRIAGE, _in(S.REPORTED), _("Sorted; the deadlines are worked out."),
        "btn-primary",
    ),
    "take": Move(_("Take it up"), forms.TicketForm, repairing.take, P.TAKE_TICKETS, _untaken, _("It is yours."), "btn-primary"),
    "assign": Move(_("Assign"), forms.AssignForm, repairing.assign, P.TRIAGE, _in(S.TRIAGED, S.ASSIGNED, S.ON_SPARE), _("Assigned.")),
    "sort-again": Move(
        _("Sort anew"), forms.SortForm, repairing.sort_and_assign, P.TRIAGE, _in(S.TRIAGED, S.ASSIGNED, S.ON_SPARE),
        _("Sorted anew; the old deadline stays visible."),
    ),
    "judge": Move(_("Judge on the spot"), forms.JudgeForm, repairing.judge, P.WORK_TICKETS, _working, _("Noted.")),
    "put-spare": Move(
        _("Put a spare in its place"), forms.SpareForm, swapping.put_spare, P.WORK_TICKETS,
        lambda ticket: ticket.state == S.ASSIGNED and not ticket.carried_by, _("The spare is lent; it runs on it."),
    ),
    "repaired": Move(
        _("Repaired"), forms.RepairedForm, swapping.restore, P.WORK_TICKETS, _working,
        _("Repaired. The reporter is still to be told."), "btn-primary",
    ),
    "spare-back": Move(
        _("Take the spare back early"), forms.SpareBackForm, swapping.take_spare_back, P.WORK_TICKETS, _in(S.ON_SPARE),
        _("The spare is back."),
    ),
    "help": Move(_("Ask for help"), forms.HelpForm, repairing.ask_help, P.WORK_TICKETS, _working, _("Asked.")),
    "pause": Move(
        _("Stop the clock"), forms.PauseForm, repairing.pause, P.WORK_TICKETS,
        lambda ticket: ticket.state in S.OPEN and ticket.quadrant and not ticket.paused_since, _("The clock stands still."),
    ),
    "resume": Move(
        _("Let the clock run on"), forms.TicketForm, repairing.resume, P.WORK_TICKETS,
        lambda ticket: ticket.state in S.OPEN and ticket.paused_since, _("The clock runs; the deadlines are worked out anew."),
        "btn-primary",
    ),
    "give-back": Move(
        _("Give it back"), forms.ReasonForm, repairing.give_back, P.WORK_TICKETS, _in(S.ASSIGNED), _("The triager gets it back."),
    ),
    "unrepairable": Move(
        _("Cannot be repaired"), forms.UnrepairableForm, repairing.unrepairable, P.WORK_TICKETS, _working,
        _("Noted. The reporter is still to be told."),
    ),
    "buy": Move(
        _("Buy a replacement"), forms.ReplacementForm, buying.ask_replacement, P.WORK_TICKETS, _can_be_bought,
        _("Drafted. Add the quotes to it, then ask for approval; the ticket goes on by itself when it comes."),
    ),
    "feed-back": Move(
        _("Tell the reporter"), forms.FeedBackForm, closing.feed_back, P.WORK_TICKETS, _in(S.REPAIRED, S.UNREPAIRABLE),
        _("The reporter was told."), "btn-primary",
    ),
    "close": Move(
        _("Close"), forms.TicketForm, closing.close, P.TRIAGE,
        lambda ticket: ticket.state == S.FED_BACK and not ticket.awaits_purchase, _("Closed."),
    ),
    "reopen": Move(_("Reopen"), forms.ReopenForm, closing.reopen, P.TRIAGE, _in(S.FED_BACK), _("Reopened, with new deadlines.")),
    "turn-away": Move(
        _("Turn away"), forms.TurnAwayForm, actions.turn_away, P.TRIAGE, _in(S.REPORTED, S.TRIAGED, S.ASSIGNED),
        _("Turned away."), "btn-ghost-danger",
    ),
}  # fmt: skip


def may_move(move, ticket, user):
    """Reopening is also the reporter's own right."""
    return user.may(move.permission, ticket) or (move.action is closing.reopen and ticket.reporter_id == user.pk)


def offers(ticket, user):
    """[{name, label, form, look, asks}, …] of what this person may do with it now."""
    return [
        _offer(name, move, move.form(ticket=ticket))
        for name, move in MOVES.items()
        if move.when(ticket) and may_move(move, ticket, user)
    ]


def _offer(name, move, form):
    asks = any(not field.is_hidden for field in form)
    return {"name": name, "label": move.label, "form": form, "look": move.look, "asks": asks}
