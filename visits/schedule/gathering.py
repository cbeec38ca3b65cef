"""What the conflict rules need to know, read from the database: a fixed number of queries for any number of engineers."""

import datetime
from collections import defaultdict

from conduct.attendance.queries import away_between
from conduct.people.models import Certificate, Engineer
from conduct.workdays.calendar import Freeze
from conduct.workdays.queries import standard_calendar
from visits.travel.queries import travel

from . import access_hours
from .conflicts import Booking, Job, Person, World, saturdays
from .models import LONGEST, Capacity, Visit
from .states import VisitState

DAY = datetime.timedelta(days=1)
AROUND = 3 * DAY  # visits this near may matter for travel and hours
WEEKENDS = 16 * DAY  # and this near for three week-ends in a row


def job_of(order, calendar):
    """Reads the order's skills and entry pack: three queries unless they are prefetched."""
    pack = getattr(order, "entry_pack", None)
    return Job(
        city=order.site.city,
        zone=order.site.time_zone,
        access=access_hours.read(order.site.access_hours),
        skills=frozenset(skill.name for skill in order.skills.all()),
        certified=frozenset(skill.name for skill in order.certified.all()),
        permit=pack.window if pack else (None, None),
        change=(order.change_from, order.change_to),
        wanted=(order.wanted_from, order.wanted_to),
        freezes=tuple((freeze.first, freeze.last, freeze.reason) for freeze in calendar.freezes),
    )


def calendar_at(order):
    """The company's working days in the site's zone, with the weeks in which the customer lets nobody work."""
    return standard_calendar(customer=order.customer, zone=order.site.time_zone)


def world(at, calendar):
    return World(travel=travel(), at=at, is_workday=calendar.works_on)


def freezes_of(rows):
    """The customer's weeks without work, as conflicts name them."""
    return tuple(Freeze(row.first, row.last, row.note or row.get_kind_display()) for row in rows)


def persons(engineers, start, end, *, zone, besides=None):
    """{engineer's pk: Person} for a job anywhere in [start, end), as if the visit `besides` were not there.

    Week-ends are those of `zone`. Five queries, and one more when a week-end is touched.
    """
    ids = [engineer.pk for engineer in engineers]
    bookings = _bookings(ids, start, end, besides)
    weekends = _weekends(ids, start, end, zone, besides)
    absences = _absences(engineers, start, end)
    certificates = _certificates(ids)
    skills = _skills(ids)
    capacity = dict(Capacity.objects.filter(engineer__in=ids).values_list("engineer", "minutes"))
    return {
        engineer.pk: Person(
            home=engineer.home_city,
            capacity=capacity.get(engineer.pk),
            barred_until=engineer.barred_until,
            skills=skills[engineer.pk],
            certificates=certificates[engineer.pk],
            bookings=tuple(bookings[engineer.pk]),
            absences=tuple(absences[engineer.staff_id]),
            weekends=frozenset(weekends[engineer.pk]),
        )
        for engineer in engineers
    }


def _bookings(ids, start, end, besides):
    """{engineer: [Booking, …]} near [start, end)."""
    columns = ("engineer_id", "number", "planned_start", "planned_end", "state", "order__site__city", "order__customer__name")
    bookings = defaultdict(list)
    for engineer, number, begins, ends, state, city, customer in _visits(ids, start - AROUND, end + AROUND, besides, *columns):
        bookings[engineer].append(Booking(number, begins, ends, city, state in VisitState.BLOCKING, customer))
    return bookings


def _absences(engineers, start, end):
    """{staff's key: [(start, end, word), …]} of approved leave."""
    found = defaultdict(list)
    for leave in away_between([engineer.staff_id for engineer in engineers], start, end):
        found[leave.staff_id].append((leave.start, leave.end, leave.get_kind_display()))
    return found


def _weekends(ids, start, end, zone, besides):
    """{engineer: {Saturday, …}} of week-ends with work, up to two before and after those of [start, end)."""
    mine = saturdays(start.astimezone(zone), end.astimezone(zone))
    found = defaultdict(set)
    if not mine:
        return found
    around = (start - WEEKENDS, end + WEEKENDS)
    for engineer, begins, ends in _visits(ids, *around, besides, "engineer_id", "planned_start", "planned_end"):
        found[engineer] |= saturdays(begins.astimezone(zone), ends.astimezone(zone))
    return found


def _visits(ids, start, end, besides, *columns):
    """Visits that are work, anywhere in [start, end); the longest possible one bounds the search in the index."""
    rows = Visit.objects.filter(
        engineer__in=ids, planned_start__lt=end, planned_start__gt=start - LONGEST, planned_end__gt=start
    ).exclude(state__in=VisitState.WITHOUT_WORK)
    return (rows.exclude(pk=besides.pk) if besides else rows).values_list(*columns)


def _certificates(ids):
    """{engineer: {skill's name: last valid day, None for ever}}, of several the one that lasts longest."""
    found = defaultdict(dict)
    rows = Certificate.objects.filter(engineer__in=ids).exclude(skill=None)
    for engineer, skill, until in rows.values_list("engineer_id", "skill__name", "valid_until"):
        known = found[engineer].get(skill, until)
        found[engineer][skill] = max(known, until) if known and until else None
    return found


def _skills(ids):
    found = defaultdict(set)
    rows = Engineer.skills.through.objects.filter(engineer__in=ids)
    for engineer, skill in rows.values_list("engineer_id", "skill__name"):
        found[engineer].add(skill)
    return defaultdict(frozenset, {engineer: frozenset(names) for engineer, names in found.items()})


def declines(orders, engineers):
    """{(order's pk, engineer's pk): when that order was declined last}."""
    rows = Visit.objects.filter(order__in=orders, engineer__in=engineers, state=VisitState.DECLINED).exclude(declined_at=None)
    return {(order, engineer): moment for order, engineer, moment in rows.order_by("declined_at").values_list("order", "engineer", "declined_at")}
