"""A visit's one door: the move itself, and what it does to the month's counters in the same transaction."""

from conduct.base.days import day_of
from conduct.base.moves import move
from conduct.tally.actions import count


def where(visit):
    """The counters' dimensions of a visit: its planned day at the site, its engineer and its customer."""
    return {
        "day": day_of(visit.planned_start, visit.order.site.time_zone),
        "engineer": visit.engineer.number,
        "customer": visit.order.customer.number,
    }


def enter(visit):
    """Count a visit that was just planned."""
    count(measure=f"state.{visit.state}", **where(visit))


def advance(visit, to, **changes):
    """`move()` for visits. Raises ForbiddenMove."""
    before = visit.state
    move(visit, to, **changes)
    steps = {f"state.{before}": -1, f"state.{to}": 1}
    # Always in the same order, so that two moves at once cannot wait for each other in a circle.
    for measure in sorted(steps):
        count(measure=measure, value=steps[measure], **where(visit))


def count_all(visit, measures, sign=1):
    """Add {measure: value} to the month on the visit's day; `sign` -1 takes it back."""
    for measure in sorted(measures):
        if measures[measure]:
            count(measure=measure, value=sign * measures[measure], **where(visit))
