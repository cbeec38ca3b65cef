"""What follows a trip: expenses, the report, and what the manager says to both."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.files.actions import discard, store_upload
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role
from conduct.trail import actions as trail

from .models import Expense
from .queries import total_of
from .states import TripState

# A ticket or a room is paid up to so long before one sets out.
BOOKED_AHEAD = datetime.timedelta(days=60)


@transaction.atomic
def add_expense(*, trip, kind, spent_on, amount, note="", receipt=None, no_receipt_reason="", by, at):
    """One more amount. `receipt` is an upload; without one a reason is needed."""
    _refuse_closed(trip)
    zone = trip.engineer.staff.time_zone
    if not day_of(trip.set_out_at, zone) - BOOKED_AHEAD <= spent_on <= day_of(at, zone):
        words = _("This is more than %(days)d days before you set out, or still to come.") % {"days": BOOKED_AHEAD.days}
        raise DomainError(words, field="spent_on")
    if not receipt and not no_receipt_reason.strip():
        raise DomainError(_("Add the receipt, or say why there is none."), field="receipt")
    kept = store_upload(upload=receipt, by=by, at=at, kind="scan") if receipt else None
    expense = Expense.objects.create(
        trip=trip, kind=kind, spent_on=spent_on, amount=amount, note=note, receipt=kept, no_receipt_reason="" if kept else no_receipt_reason
    )
    trail.note(verb="trip.expense_added", subject=trip, by=by, at=at, kind=str(kind), amount=str(amount), receipt=kept is not None)
    return expense


@transaction.atomic
def drop_expense(*, expense, by, at):
    """It was entered by mistake; its receipt goes with it."""
    trip, receipt = expense.trip, expense.receipt
    _refuse_closed(trip)
    trail.note(verb="trip.expense_dropped", subject=trip, by=by, at=at, kind=expense.kind, amount=str(expense.amount))
    expense.delete()
    discard(stored=[receipt] if receipt else [])


@transaction.atomic
def hand_in(*, trip, report, by, at):
    """Report and expenses go to the manager; nothing of them changes from here on."""
    move(trip, TripState.HANDED_IN, report=report, handed_in_at=at, sent_back_reason="")
    trail.note(verb="trip.handed_in", subject=trip, by=by, at=at, amount=str(total_of(trip)), late=is_late(trip, at))
    managers = people_with_role(Role.MANAGER).exclude(pk=by.pk)
    facts = {"who": by.name, "amount": f"{total_of(trip):.2f}"}
    tell(to=managers, code="trip.handed_in", about=trip.number, url=trip.get_absolute_url(), at=at, **facts)


@transaction.atomic
def pay(*, trip, by, at):
    """The manager approves; the expenses are paid. Raises DomainError for one's own trip."""
    _refuse_own(trip, by)
    move(trip, TripState.PAID, paid_at=at, paid_by=by)
    amount = f"{total_of(trip):.2f}"
    trail.note(verb="trip.paid", subject=trip, by=by, at=at, amount=amount)
    tell(to=trip.engineer.staff, code="trip.paid", about=trip.number, url=trip.get_absolute_url(), at=at, amount=amount)


@transaction.atomic
def send_back(*, trip, reason, by, at):
    """Something is missing or wrong: the engineer mends it and hands it in again. The day on which it was due stays."""
    _refuse_own(trip, by)
    move(trip, TripState.RETURNED, sent_back_reason=reason, handed_in_at=None)
    trail.note(verb="trip.sent_back", subject=trip, by=by, at=at, reason=reason)
    tell(to=trip.engineer.staff, code="trip.sent_back", about=trip.number, url=trip.get_absolute_url(), at=at, reason=reason)


def is_late(trip, at):
    """Whether report and expenses came, or still have not come, after their day."""
    zone = trip.engineer.staff.time_zone
    return trip.due_on is not None and day_of(trip.handed_in_at or at, zone) > trip.due_on


def _refuse_own(trip, by):
    if trip.is_own(by):
        raise DomainError(_("Nobody settles one's own trip."))


def _refuse_closed(trip):
    if trip.state not in TripState.OPEN:
        raise ForbiddenMove(_("This trip has moved on meanwhile. Please look again."))
