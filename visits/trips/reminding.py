"""What is asked for when somebody forgets: the trip itself, where one sleeps, the report."""

import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from conduct.base.days import day_of
from conduct.notices.actions import tell
from conduct.rules.states import Trait
from visits.schedule.models import Visit
from visits.schedule.states import VisitState

from .actions import propose
from .models import Trip
from .queries import day_before
from .states import TripState

# Whoever is away at this hour is taken to sleep there.
EVENING = 21
BACK = datetime.timedelta(days=7)


@transaction.atomic
def remind(*, at):
    """Ask for what is missing; each thing once. Returns how many trips are late with their report."""
    _ask_for_trips(at)
    for trip in _open(TripState.AWAY).filter(lodgings=None):
        _ask_for_lodging(trip, at)
    return sum(_ask_for_report(trip, at) for trip in _open(TripState.RETURNED))


def _open(state):
    return Trip.objects.filter(state=state).select_related("engineer__staff__line_manager")


def _ask_for_trips(at):
    """Somebody is at work away from home and never said that a trip has begun."""
    rows = Visit.objects.filter(state__in=[VisitState.ON_SITE, VisitState.FINISHED], trips=None, planned_start__gt=at - BACK)
    for visit in rows.select_related("engineer__staff", "order__customer"):
        if Trait.TRIP in visit.traits:
            _tell(visit.engineer.staff, "trip.not_noted", visit, at, customer=visit.order.customer.name, once=f"trip-of-{visit.number}")


def _ask_for_lodging(trip, at):
    """The engineer the first evening; the line manager as well after a night without a number."""
    staff, now = trip.engineer.staff, at.astimezone(ZoneInfo(trip.engineer.staff.time_zone))
    nights = (now.date() - day_of(trip.set_out_at, staff.time_zone)).days
    if nights or now.hour >= EVENING:
        _tell(staff, "trip.lodging_missing", trip, at, once=f"lodging-{trip.number}-{now.date()}")
    if nights and staff.line_manager:
        _tell(staff.line_manager, "trip.lodging_unknown", trip, at, once=f"lodging-{trip.number}", who=staff.name)


def _ask_for_report(trip, at):
    """The working day before it is due, on that day, and loudly afterwards. Returns whether it is late."""
    staff, today, due = trip.engineer.staff, day_of(at, trip.engineer.staff.time_zone), trip.due_on
    facts = {"day": f"{due}"}
    if today > due:
        people = [staff, staff.line_manager] if staff.line_manager else [staff]
        _tell(people, "trip.report_late", trip, at, once=f"trip-late-{trip.number}", who=staff.name, **facts)
        propose(trip, "travel.report_in_time", "trip_report", {"due": f"{due}"}, at)
        return True
    if today == due:
        _tell(staff, "trip.report_due", trip, at, once=f"trip-due-{trip.number}", **facts)
    elif today >= day_before(due):
        _tell(staff, "trip.report_soon", trip, at, once=f"trip-soon-{trip.number}", **facts)
    return False


def _tell(to, code, thing, at, **facts):
    tell(to=to, code=code, about=thing.number, url=thing.get_absolute_url(), at=at, **facts)
