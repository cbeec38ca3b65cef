"""Who is on site on which days. Pure: visits and planned days in, days out.

A visit gives its actual days once the engineer has arrived, the planned ones before that; days are those of the site's zone.
"""

import datetime
from dataclasses import dataclass

from conduct.base.days import day_of

MOMENT = datetime.timedelta(microseconds=1)


@dataclass(frozen=True)
class Presence:
    """One person on one day: by a visit, or by a planned day with its note."""

    name: str
    visit: object = None
    note: str = ""
    is_actual: bool = False


def days_of(visit, zone):
    """([day, …], whether these are actual) of a visit."""
    record = getattr(visit, "record", None)
    arrived = record and record.arrived_at
    start = arrived or visit.planned_start
    end = (record.departed_at if arrived else None) or max(visit.planned_end - MOMENT, start)
    first, last = day_of(start, zone), day_of(end, zone)
    return [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)], bool(arrived)


def presence(visits, planned, first, after):
    """[(day, [Presence, …]), …] from `first` to before `after`; days on which nobody is there are left out.

    `visits` have their engineer and their order's site at hand, `planned` are PlannedDay rows. A planned day for somebody whom a
    visit brings there anyway is not said twice.
    """
    found = {}
    for visit in visits:
        days, is_actual = days_of(visit, visit.order.site.time_zone)
        for day in days:
            found.setdefault(day, []).append(Presence(visit.engineer.staff.name, visit, is_actual=is_actual))
    for row in planned:
        there = found.setdefault(row.day, [])
        if row.staff.name not in {one.name for one in there}:
            there.append(Presence(row.staff.name, note=row.note))
    return [(day, found[day]) for day in sorted(found) if first <= day < after]
