"""What speaks against sending a person to a job at a time. Pure: no database, no clock, no words.

A hard conflict makes the place impossible. A soft one has a cost in minutes, so that places can be compared, and asks for a
reason. Times are aware and half-open; days and week-ends are those of the site's zone.
"""

import datetime
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from . import access_hours

DAY = datetime.timedelta(days=1)
SOON_AGAIN = DAY
HARD = (
    "overlap", "leave", "barred", "no_capacity", "certificate", "access_hours", "permit_from", "permit_until", "change_window",
    "freeze",
)  # fmt: skip
SOFT = ("travel", "hours", "far", "weekend", "skill", "wanted", "declined")


@dataclass(frozen=True)
class Conflict:
    """`cost` is in minutes, 0 for hard ones; `facts` are what the sentence about it names."""

    code: str
    cost: int = 0
    facts: dict = field(default_factory=dict, hash=False)

    @property
    def hard(self):
        return self.code in HARD


@dataclass(frozen=True)
class Limits:
    """What the company thinks is much. Minutes."""

    day: int = 480  # of work a day for a person without hours of his or her own
    far: int = 180  # from home to the site
    unknown: int = 240  # what an unknown way between two cities counts as
    skill: int = 240
    weekend: int = 480
    wanted: int = 120
    declined: int = 300


@dataclass(frozen=True)
class Job:
    """What an order asks of time and person. `permit`, `change` and `wanted` are (from, to), either of them None."""

    city: str
    zone: str
    access: tuple | None = None
    skills: frozenset = frozenset()
    certified: frozenset = frozenset()
    permit: tuple = (None, None)
    change: tuple = (None, None)
    wanted: tuple = (None, None)
    freezes: tuple = ()  # (first day, last day, why) in which the customer lets nobody work


@dataclass(frozen=True)
class Booking:
    """`blocks` says that nobody may be booked over it; others count for travel, hours and week-ends only."""

    number: str
    start: datetime.datetime
    end: datetime.datetime
    city: str
    blocks: bool = True
    customer: str = ""


@dataclass(frozen=True)
class Person:
    """`capacity` is minutes a day, None for the company's; `certificates` are {skill: last valid day or None for ever};
    `absences` are (start, end, word); `weekends` the Saturdays of week-ends with work; `declined_at` when this order last."""

    home: str
    capacity: int | None = None
    barred_until: datetime.date | None = None
    skills: frozenset = frozenset()
    certificates: dict = field(default_factory=dict, hash=False)
    bookings: tuple = ()
    absences: tuple = ()
    weekends: frozenset = frozenset()
    declined_at: datetime.datetime | None = None


@dataclass(frozen=True)
class World:
    """What holds for everybody: travel times, working days, limits, and now."""

    travel: object
    at: datetime.datetime
    is_workday: object = staticmethod(lambda day: day.weekday() < 5)
    limits: Limits = Limits()


def conflicts(job, person, start, end, world):
    """All conflicts, hard ones first, the dearest soft one next."""
    zone = ZoneInfo(job.zone)
    here = (start.astimezone(zone), end.astimezone(zone))
    found = [*_hard(job, person, start, end, here, world), *_soft(job, person, start, end, here, world)]
    return sorted(found, key=lambda conflict: (not conflict.hard, -conflict.cost))


def cost(found):
    return sum(conflict.cost for conflict in found)


def _hard(job, person, start, end, here, world):
    for booking in person.bookings:
        if booking.blocks and booking.start < end and booking.end > start:
            facts = {"visit": booking.number, "customer": booking.customer, "from": booking.start, "to": booking.end}
            yield Conflict("overlap", facts=facts)
    for away, back, word in person.absences:
        if away < end and back > start:
            yield Conflict("leave", facts={"word": word, "from": away, "to": back})
    if person.barred_until and person.barred_until >= here[0].date():
        yield Conflict("barred", facts={"day": person.barred_until})
    if person.capacity == 0:
        yield Conflict("no_capacity")
    yield from _certificates(job, person, (here[1] - datetime.timedelta(microseconds=1)).date())
    yield from _place(job, start, end, here, world)


def _certificates(job, person, last_day):
    for skill in sorted(job.certified):
        if skill not in person.certificates:
            yield Conflict("certificate", facts={"skill": skill, "until": None})
        elif (until := person.certificates[skill]) is not None and until < last_day:
            yield Conflict("certificate", facts={"skill": skill, "until": until})


def _place(job, start, end, here, world):
    if job.access and not access_hours.admits(job.access, *here, world.is_workday):
        yield Conflict("access_hours")
    permit_from, permit_until = job.permit
    if permit_from and start < permit_from:
        yield Conflict("permit_from", facts={"moment": permit_from})
    if permit_until and end > permit_until:
        yield Conflict("permit_until", facts={"moment": permit_until})
    last_day = (here[1] - datetime.timedelta(microseconds=1)).date()
    for first, last, why in job.freezes:
        if first <= last_day and last >= here[0].date():
            yield Conflict("freeze", facts={"from": first, "to": last, "why": why})
    opens, closes = job.change
    if opens and not (opens <= start and end <= closes):
        yield Conflict("change_window", facts={"from": opens, "to": closes})


def _soft(job, person, start, end, here, world):
    limits = world.limits
    yield from _travel(job, person, start, end, world)
    yield from _hours(job, person, start, end, here, limits)
    way = world.travel.minutes(person.home, job.city)
    if person.home and job.city and person.home != job.city and (way is None or way > limits.far):
        yield Conflict("far", limits.unknown if way is None else way, {"home": person.home, "city": job.city, "minutes": way})
    if third_weekend(person.weekends, *here):
        yield Conflict("weekend", limits.weekend)
    for skill in sorted(job.skills - person.skills):
        yield Conflict("skill", limits.skill, {"skill": skill})
    wanted_from, wanted_to = job.wanted
    if (wanted_from and start < wanted_from) or (wanted_to and end > wanted_to):
        yield Conflict("wanted", limits.wanted, {"from": wanted_from, "to": wanted_to})
    if person.declined_at and world.at - person.declined_at < SOON_AGAIN:
        yield Conflict("declined", limits.declined, {"moment": person.declined_at})


def _travel(job, person, start, end, world):
    """The way from the visit before and to the one after, when the gap is shorter than the way."""
    for neighbour, gap, origin, destination in neighbours(job, person, start, end):
        if origin == destination:
            continue
        known = world.travel.minutes(origin, destination)
        needed = world.limits.unknown if known is None else known
        short = needed - gap // datetime.timedelta(minutes=1)
        if short > 0:
            facts = {"visit": neighbour.number, "origin": origin, "destination": destination, "minutes": known, "short": short}
            yield Conflict("travel", short, facts)


def neighbours(job, person, start, end):
    """[(booking, gap, origin, destination), …] of the visit before and the one after, where there is one."""
    before = max((b for b in person.bookings if b.end <= start), key=lambda b: b.end, default=None)
    after = min((b for b in person.bookings if b.start >= end), key=lambda b: b.start, default=None)
    if before:
        yield before, start - before.end, before.city, job.city
    if after:
        yield after, after.start - end, job.city, after.city


def _hours(job, person, start, end, here, limits):
    capacity = limits.day if person.capacity is None else person.capacity
    over, worst = 0, None
    for day, minutes in minutes_by_day(*here, limits.day).items():
        zone = here[0].tzinfo
        others = sum(
            minutes_by_day(b.start.astimezone(zone), b.end.astimezone(zone), limits.day).get(day, 0)
            for b in person.bookings
            if b.start - DAY < end and b.end + DAY > start
        )
        if minutes + others - capacity > over:
            over, worst = minutes + others - capacity, day
    if over and capacity:
        yield Conflict("hours", over, {"day": worst, "over": over, "capacity": capacity})


def minutes_by_day(start, end, most):
    """{day: minutes} of wall times [start, end); a day of a visit over several days counts at most `most`."""
    found, day = {}, start.date()
    if (end - datetime.timedelta(microseconds=1)).date() <= day:
        minutes = int((end.timestamp() - start.timestamp()) // 60)
        return {day: minutes} if minutes > 0 else {}
    while True:
        midnight = datetime.datetime.combine(day, datetime.time(), start.tzinfo)
        after = datetime.datetime.combine(day + DAY, datetime.time(), start.tzinfo)
        minutes = int((min(end, after).timestamp() - max(start, midnight).timestamp()) // 60)
        if minutes > 0:
            found[day] = min(minutes, most)
        day += DAY
        if after >= end:
            return found


def saturdays(start, end):
    """The Saturdays of the week-ends that wall times [start, end) touch."""
    day, found = start.date(), set()
    while day <= (end - datetime.timedelta(microseconds=1)).date():
        if day.weekday() >= 5:
            found.add(day - (day.weekday() - 5) * DAY)
        day += DAY
    return found


def third_weekend(worked, start, end):
    """Whether this visit makes three week-ends with work in a row, before, around or after it."""
    week = 7 * DAY
    mine = saturdays(start, end)
    every = set(worked) | mine
    return any({first, first + week, first + 2 * week} <= every for day in mine for first in (day - 2 * week, day - week, day))
