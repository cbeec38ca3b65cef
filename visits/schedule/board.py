"""The week as rows of engineers and columns of days."""

import datetime
from zoneinfo import ZoneInfo

from conduct.base.days import day_bounds, day_of
from conduct.people.queries import bookable_engineers

from .states import VisitState


def week_of(day):
    """The seven days of the week that holds `day`, from Monday on."""
    monday = day - datetime.timedelta(days=day.weekday())
    return [monday + datetime.timedelta(days=place) for place in range(7)]


def board(visits, days, zone):
    """[(engineer, [[visit, …] a day]), …] of everybody who can be sent. Two queries."""
    start, _end = day_bounds(days[0], zone)
    _start, end = day_bounds(days[-1], zone)
    shown = visits.filter(planned_start__lt=end, planned_end__gt=start).exclude(
        state__in=[VisitState.CANCELLED, VisitState.DECLINED]
    )
    by_engineer = {}
    for visit in shown.select_related("order__customer", "order__site").order_by("planned_start"):
        first, last = day_of(visit.planned_start, zone), day_of(visit.planned_end, zone)
        for place, day in enumerate(days):
            if first <= day <= last:
                by_engineer.setdefault(visit.engineer_id, {}).setdefault(place, []).append(visit)
    return [
        (engineer, [by_engineer.get(engineer.pk, {}).get(place, []) for place in range(len(days))])
        for engineer in bookable_engineers()
    ]


def today(at, zone):
    return at.astimezone(ZoneInfo(zone)).date()
