"""A visit's one door: the move itself, and what it does to the month's counters in the same transaction."""

import datetime

from conduct.base.days import day_of
from conduct.base.moves import move
from conduct.tally.actions import count, post


def where(visit):
    """The counters' dimensions of a visit: its planned day at the site, its engineer and its customer."""
    return {
        "day": day_of(visit.planned_start, visit.order.site.time_zone),
        "engineer": visit.engineer.number,
        "customer": visit.order.customer.number,
    }


def enter(visit):
    """Count a visit that was just planned, or that has another day now."""
    count(measures={"visits": 1, f"state.{visit.state}": 1}, **where(visit))


def leave(visit):
    """Take a visit out of the month before its day changes; `enter` follows."""
    count(measures={"visits": 1, f"state.{visit.state}": 1}, sign=-1, **where(visit))


def advance(visit, to, **changes):
    """`move()` for visits. Raises ForbiddenMove."""
    before = visit.state
    move(visit, to, **changes)
    count(measures={f"state.{before}": -1, f"state.{to}": 1}, **where(visit))
    if to == "confirmed":
        contribute(visit, "burden", burdens(visit))
    elif to in ("cancelled", "missed"):
        contribute(visit, "burden", {})


def burdens(visit):
    """{measure: value} of what a visit takes from its engineer's own time: nights away from home, days of week-ends."""
    zone = visit.order.site.time_zone
    first, last = day_of(visit.planned_start, zone), day_of(visit.planned_end - datetime.timedelta(microseconds=1), zone)
    days = [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]
    away = visit.engineer.home_city != visit.order.site.city
    return {"burden.nights": len(days) - 1 if away else 0, "burden.weekend": sum(day.weekday() >= 5 for day in days)}


def contribute(visit, part, measures):
    """Say all that one room adds to the month for this visit: {measure: value}; none takes its part back.

    Everything of a visit counts on its planned day, so that month and visits agree.
    """
    post(kind="visit", number=visit.number, part=part, measures=measures, **where(visit))
