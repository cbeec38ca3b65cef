"""Places for an order or a visit: what speaks against each, and what a form begins with."""

import datetime
from zoneinfo import ZoneInfo

from conduct.base.access import get_or_404
from conduct.people.queries import bookable_engineers
from visits.orders.queries import order_page
from visits.schedule.conflict_words import words
from visits.schedule.conflicts import cost
from visits.schedule.decision import assess_all
from visits.schedule.queries import numbers_known, visit_page
from visits.schedule.states import VisitState

MOVABLE = (VisitState.PLANNED, VisitState.PROPOSED, VisitState.COUNTERED, VisitState.CONFIRMED)
USUAL = 120  # minutes, of an order without a duration


def places(user, wanted, at):
    """{engineer's number: {"verdict": "free", "soft" or "hard", "cost": minutes, "words": [sentence, …]}}."""
    if wanted["visit"]:
        visit = get_or_404(visit_page(user), number=wanted["visit"])
        order = visit.order
    else:
        visit, order = None, get_or_404(order_page(user), number=wanted["order"])
    people = list(bookable_engineers())
    found = assess_all(order=order, engineers=people, start=wanted["start"], end=wanted["end"], besides=visit, at=at)
    return {person.number: _place(found[person.pk]) for person in people}


def _place(found):
    hard = [conflict for conflict in found if conflict.hard]
    verdict = "hard" if hard else "soft" if found else "free"
    return {"verdict": verdict, "cost": cost(found), "words": [words(conflict) for conflict in hard or found]}


def duration_of(order):
    return datetime.timedelta(minutes=order.duration_minutes or USUAL)


def first_guess(order, asked, at):
    """What the form of an order begins with: what the address names, else the customer's wish, else tomorrow at nine."""
    zone = ZoneInfo(order.site.time_zone)
    tomorrow = (at.astimezone(zone) + datetime.timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    start = tomorrow
    if order.wanted_from and order.wanted_from > at:
        start = order.wanted_from.astimezone(zone)
        start = start.replace(hour=9) if start.time() == datetime.time() else start  # a wish for a day is none for its midnight
    guess = {"planned_start": start, "planned_end": start + duration_of(order), "known": numbers_known(order)}
    return guess | _named(asked)


def as_planned(visit, asked):
    plan = {
        "engineer": visit.engineer.number, "planned_start": visit.planned_start, "planned_end": visit.planned_end,
        "plan_version": visit.plan_version, "state": visit.state,
    }  # fmt: skip
    return plan | _named(asked)


def _named(asked):
    return {name: asked[name] for name in ("engineer", "planned_start", "planned_end", "zone") if asked.get(name)}
