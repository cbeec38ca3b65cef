"""What may be done about a trip now, by whom, with which form. The page and its POST ask the same table."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from conduct.people.access import Permission

from . import actions, forms, settling
from .queries import next_visit
from .states import Consent, TripState

KEEPS, PAYS = Permission.KEEP_TRIPS, Permission.PAY_TRIPS


@dataclass(frozen=True)
class Offer:
    """One thing that may be done; `done` is what the person is told afterwards."""

    permission: Permission
    form: type
    action: object
    title: str
    done: str


OFFERS = {
    "lodging": Offer(KEEPS, forms.LodgingForm, actions.note_lodging, _("Note where you sleep"), _("Noted. Your line manager is told.")),
    "call": Offer(KEEPS, forms.CallForm, actions.note_call, _("Customer contacted after checking in"), _("Noted.")),
    "ask": Offer(KEEPS, forms.AskForm, actions.ask_return, _("Ask for consent to return"), _("Asked.")),
    "go-on": Offer(KEEPS, forms.NothingForm, actions.go_on, _("Go on to the next visit"), _("Noted. Have a good journey.")),
    "back": Offer(KEEPS, forms.BackForm, actions.come_back, _("I am back"), _("Noted. Report and expenses are due now.")),
    "expense": Offer(KEEPS, forms.ExpenseForm, settling.add_expense, _("Add an expense"), _("Added.")),
    "hand-in": Offer(KEEPS, forms.ReportForm, settling.hand_in, _("Hand in report and expenses"), _("Handed in. The manager is told.")),
    "pay": Offer(PAYS, forms.NothingForm, settling.pay, _("Approve and pay"), _("Approved. The engineer is told.")),
    "send-back": Offer(PAYS, forms.SendBackForm, settling.send_back, _("Send back"), _("Sent back. The engineer is told.")),
}


def verbs(trip, consent, user):
    """The names of what this person may do about the trip as it stands."""
    return [verb for verb in _possible(trip, consent) if may(user, verb, trip)]


def _possible(trip, consent):
    if trip.state == TripState.AWAY:
        if trip.lodgings.filter(customer_called_at=None).exists():
            yield "call"
        if consent in (Consent.NONE, Consent.REFUSED):
            yield "ask"
        if next_visit(trip):
            yield "go-on"
        yield from ("back", "lodging", "expense")
    elif trip.state == TripState.RETURNED:
        yield from ("expense", "hand-in")
    elif trip.state == TripState.HANDED_IN:
        yield from ("pay", "send-back")


def may(user, verb, trip):
    """Is it this person's to do, some time? Nobody settles one's own trip; who pays brings that of somebody who has left to its end."""
    permission = OFFERS[verb].permission
    if permission == KEEPS:
        return user.may(KEEPS, trip) or not trip.engineer.staff.is_active and user.may(PAYS)
    return user.may(permission, trip) and not trip.is_own(user)


def form_of(verb, trip, at=None, data=None, files=None):
    more = {"is_consented": trip.consented_at is not None} if verb == "back" else {}
    if at:
        now = at.astimezone(ZoneInfo(trip.engineer.staff.time_zone))
        more["initial"] = {"since": now, "returned_at": now, "customer_called_at": now if verb == "call" else None, "spent_on": now.date()}
    if verb == "hand-in":
        more["initial"] = {"report": trip.report}
    return OFFERS[verb].form(data, files, prefix=verb, **more)
