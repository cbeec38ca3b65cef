from django.db import transaction
from django.utils.translation import gettext as _

from conduct.approvals import actions as approvals
from conduct.approvals.queries import approvals_about
from conduct.approvals.states import ApprovalState
from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.company.queries import company
from conduct.notices.actions import tell
from conduct.trail import actions as trail
from visits.breaches.actions import propose_for_visit

from .consent import who_consents
from .models import Lodging, Trip
from .queries import ORIGIN, due_after, next_visit
from .states import TripState


@transaction.atomic
def set_out(*, visit, set_out_at, origin, means, by, at):
    """The engineer is on the way to a visit away from home. Raises DomainError when on a trip already."""
    if set_out_at > at:
        raise DomainError(_("This time is still to come."), field="set_out_at")
    if visit.trips.exists() or Trip.objects.filter(engineer=visit.engineer, state=TripState.AWAY).exists():
        raise DomainError(_("You are on a trip already: go on from there, or note that you are back."))
    number = next_number("TR", day_of(at, company().time_zone).year)
    trip = Trip.objects.create(number=number, engineer=visit.engineer, set_out_at=set_out_at, origin=origin, means=means)
    trip.visits.add(visit)
    facts = {"visit": visit.number, "since": set_out_at.isoformat(), "means": str(means)}
    trail.note(verb="trip.set_out", subject=trip, by=by, at=at, **facts)
    return trip


@transaction.atomic
def note_lodging(*, trip, hotel, room_telephone, since, customer_called_at=None, by, at):
    """Where the engineer sleeps and under which number; the line manager is told at once. The number stays out of the trail."""
    _refuse_unless(trip, TripState.AWAY)
    for name, moment in (("since", since), ("customer_called_at", customer_called_at)):
        if moment and not trip.set_out_at <= moment <= at:
            raise DomainError(_("This is before you set out, or still to come."), field=name)
    lodging = Lodging.objects.create(
        trip=trip, hotel=hotel, room_telephone=room_telephone, since=since, customer_called_at=customer_called_at, noted_at=at
    )
    trail.note(verb="trip.lodging", subject=trip, by=by, at=at, since=since.isoformat())
    facts = {"who": by.name, "hotel": hotel, "telephone": room_telephone}
    _tell_line_manager(trip, "trip.lodging", at, **facts)
    return lodging


@transaction.atomic
def note_call(*, trip, customer_called_at, by, at):
    """The customer was contacted after checking in."""
    lodging = trip.lodgings.filter(customer_called_at=None).last()
    if lodging is None:
        raise ForbiddenMove(_("There is no lodging without a call to the customer."))
    if not lodging.since <= customer_called_at <= at:
        raise DomainError(_("This is before you checked in, or still to come."), field="customer_called_at")
    Lodging.objects.filter(pk=lodging.pk).update(customer_called_at=customer_called_at)
    trail.note(verb="trip.customer_called", subject=trip, by=by, at=at)


@transaction.atomic
def ask_return(*, trip, reason, by, at):
    """Ask the line manager and the executive in charge for their consent to the return. Raises DomainError when it is asked already."""
    _refuse_unless(trip, TripState.AWAY)
    if trip.consented_at:
        raise DomainError(_("Both have consented already."))
    subject = _("%(number)s: return of %(who)s") % {"number": trip.number, "who": trip.engineer.staff.name}
    facts = {"origin": ORIGIN, "reference": trip.number, "subject": subject, "reason": reason, "url": trip.get_absolute_url()}
    for kind, asked in who_consents(trip.engineer.staff):
        approvals.ask(kind=kind, by=by, at=at, **facts, **asked)
    trail.note(verb="trip.return_asked", subject=trip, by=by, at=at, reason=reason)


@transaction.atomic
def settle_consent(*, approval, by, at):
    """What came of one of the questions: one refusal ends them all, the last consent opens the way home."""
    trip = Trip.objects.select_for_update().get(number=approval.reference)
    if approval.state == ApprovalState.REFUSED:
        _withdraw_questions(trip, by, at)
        trail.note(verb="trip.return_refused", subject=trip, by=by, at=at, reason=approval.decision)
    elif approval.state == ApprovalState.APPROVED and not _waiting(trip).exists() and trip.state == TripState.AWAY:
        Trip.objects.filter(pk=trip.pk).update(consented_at=at)
        trail.note(verb="trip.return_consented", subject=trip, by=by, at=at)


@transaction.atomic
def go_on(*, trip, by, at):
    """On to the next visit instead of home. What was asked or consented to about the return is void."""
    _refuse_unless(trip, TripState.AWAY)
    visit = next_visit(trip)
    if visit is None:
        raise ForbiddenMove(_("There is no further visit to go on to."))
    _withdraw_questions(trip, by, at)
    Trip.objects.filter(pk=trip.pk).update(consented_at=None)
    trip.visits.add(visit)
    trail.note(verb="trip.went_on", subject=trip, by=by, at=at, visit=visit.number)


@transaction.atomic
def come_back(*, trip, returned_at, unasked_reason="", by, at):
    """The engineer is home; from here on report and expenses are due. Without consent a reason is needed, and somebody looks at it."""
    if not trip.set_out_at < returned_at <= at:
        raise DomainError(_("This is before you set out, or still to come."), field="returned_at")
    if not trip.consented_at and not unasked_reason.strip():
        raise DomainError(_("Nobody has consented to the return yet: ask for it, or say why you are back without."), field="unasked_reason")
    day = day_of(returned_at, trip.engineer.staff.time_zone)
    reason = "" if trip.consented_at else unasked_reason.strip()
    _withdraw_questions(trip, by, at)
    move(trip, TripState.RETURNED, returned_at=returned_at, unasked_reason=reason, due_on=due_after(day))
    trail.note(verb="trip.returned", subject=trip, by=by, at=at, since=returned_at.isoformat(), due=str(trip.due_on), reason=reason)
    if reason:
        propose(trip, "travel.return_consent", "trip_return", {"returned": f"{day}", "reason": reason}, at)
    nights = (day - day_of(trip.set_out_at, trip.engineer.staff.time_zone)).days
    if nights and not trip.lodgings.exists():
        propose(trip, "travel.lodging", "trip_lodging", {"nights": nights}, at)


def propose(trip, rule_code, sight, facts, at):
    """A breach that a person looks at first, on the last visit of the trip."""
    visit = trip.visits.select_related("order__site", "engineer__staff").order_by("planned_start").last()
    facts = {"trip": trip.number, **facts}
    propose_for_visit(visit=visit, engineer=trip.engineer, rule_code=rule_code, sight=sight, facts=facts, at=at)


def _waiting(trip):
    return approvals_about(origin=ORIGIN, reference=trip.number).filter(state=ApprovalState.ASKED)


def _withdraw_questions(trip, by, at):
    for approval in _waiting(trip):
        approvals.withdraw(approval=approval, by=by, at=at)


def _tell_line_manager(trip, code, at, **facts):
    if manager := trip.engineer.staff.line_manager:
        tell(to=manager, code=code, about=trip.number, url=trip.get_absolute_url(), at=at, **facts)


def _refuse_unless(trip, *states):
    if trip.state not in states:
        raise ForbiddenMove(_("This trip has moved on meanwhile. Please look again."))
