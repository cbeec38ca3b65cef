"""Rows that the pages of suggestions show."""

import datetime
from collections import defaultdict
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from visits.schedule.conflicts import Booking
from visits.schedule.queries import visits_for
from visits.schedule.states import VisitState
from visits.travel.queries import travel

from . import trips
from .models import WayOn

DAY = datetime.timedelta(days=1)
AHEAD = 30 * DAY
IN_FULL = 20  # suggestions with their parts; the others in a line each


def with_needs(orders):
    """Orders with everything that the conflict rules ask of them."""
    return orders.select_related("customer", "site", "entry_pack").prefetch_related("skills", "certified")


def short_line(row, zone):
    """(words, address of the form that it fills) of a suggestion further down: who, when and how many points."""
    start, end = (moment.astimezone(ZoneInfo(zone)) for moment in (row["place"].start, row["place"].end))
    words = f"{row['engineer']} · {row['engineer'].home_city} · {start:%Y-%m-%d %H:%M} · {row['place'].total}"
    named = {"engineer": row["engineer"].number, "planned_start": f"{start:%Y-%m-%dT%H:%M}", "planned_end": f"{end:%Y-%m-%dT%H:%M}"}
    return words, urlencode(named | {"zone": zone})


def visits_around(user, places):
    """{engineer's pk: [visit, …] by time} in the days of new places [(engineer's pk, start, end), …]."""
    found = defaultdict(list)
    if not places:
        return found
    start, end = min(start for _pk, start, _end in places) - DAY, max(end for *_who, end in places) + DAY
    rows = visits_for(user).filter(engineer__in={pk for pk, *_times in places}, planned_start__lt=end, planned_start__gt=start)
    for visit in rows.exclude(state__in=VisitState.WITHOUT_WORK).select_related("order__customer").order_by("planned_start"):
        found[visit.engineer_id].append(visit)
    return found


def refused_rows(user, refused):
    """Rows of the plan's page of places that were not planned, [(place, why), …], each with the reason: to be asked for once more."""
    today = visits_around(user, [(place["engineer"].pk, place["planned_start"], place["planned_end"]) for place, _why in refused])
    rows = defaultdict(list)
    for place, why in refused:
        new = {"order": place["order"], "place": {"start": place["planned_start"], "end": place["planned_end"]}, "words": [why]}
        rows[place["engineer"]].append(new)
    return [(engineer, today[engineer.pk], new) for engineer, new in rows.items()]


def trip_rows(user, at):
    """[{engineer, chain, ways, nights}, …] of trips that end in the next thirty days."""
    rows = visits_for(user).filter(planned_start__lt=at + AHEAD, planned_start__gt=at - AHEAD, planned_end__gt=at - DAY)
    rows = rows.filter(state__in=VisitState.BLOCKING).select_related("order__customer", "order__site", "engineer__staff")
    by_engineer = defaultdict(list)
    for visit in rows.order_by("planned_start", "id"):
        by_engineer[visit.engineer].append(visit)
    choices = dict(WayOn.objects.filter(visit__in=rows).values_list("visit__number", "choice"))
    table = travel()
    found = [row for engineer, visits in by_engineer.items() for row in _trips_of(engineer, visits, choices, table, user)]
    return sorted(found, key=lambda row: (row["chain"][0].start, row["engineer"].number))


def _trips_of(engineer, visits, choices, table, user):
    zone = ZoneInfo(user.time_zone)
    by_number = {visit.number: visit for visit in visits}
    bookings = [Booking(v.number, v.planned_start, v.planned_end, v.order.site.city, customer=v.order.customer.name) for v in visits]
    for chain in trips.trips(bookings, engineer.home_city, zone):
        ways = {way.before.number: way for way in trips.ways(chain, engineer.home_city, zone, table)}
        legs = [(by_number[booking.number], booking, ways.get(booking.number), choices.get(booking.number)) for booking in chain]
        yield {"engineer": engineer, "chain": chain, "legs": legs, "nights": trips.nights_away(chain, choices, zone)}
