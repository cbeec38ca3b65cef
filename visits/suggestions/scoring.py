"""When a person could best do a job, and how good that is, in parts that a dispatcher can argue with. Pure.

Points: 100 at most from six parts; a soft conflict takes a point for every twelve minutes of its cost.
"""

import datetime
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from visits.schedule.conflicts import Conflict, conflicts, cost, minutes_by_day, neighbours

WEIGHTS = {"skills": 30, "certificate": 10, "travel": 25, "load": 15, "customer": 10, "fairness": 10}
MINUTES_A_POINT = 12
STARTS = (datetime.time(9), datetime.time(13, 30))
EARLIEST, LATEST = datetime.time(7), datetime.time(18)  # to begin, where nothing asks for another time
WEEKEND = {5, 6}
QUARTER = datetime.timedelta(minutes=15)
MOST_TRIES = 24
FULL_DAY_OF_TRAVEL = 480  # minutes on the road that are worth no point
KNOWN_WELL = 5  # visits at a customer from which on one is known


@dataclass(frozen=True)
class Past:
    """What the quarter and the customer know of a person."""

    visits_here: int = 0
    nights: int = 0
    weekend_days: int = 0

    @property
    def burden(self):
        return self.nights + 2 * self.weekend_days


@dataclass(frozen=True)
class Task:
    """An order that wants a time: `window` is (first moment, last moment), `world` holds its zone's working days, `declined` says who
    said no to it and when: {person's key: moment}."""

    key: str
    job: object
    length: datetime.timedelta
    window: tuple
    world: object
    customer: str = ""
    rank: tuple = ()
    declined: dict = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Place:
    """The best time found for one person; `total` is None when every time has a hard conflict."""

    start: datetime.datetime
    end: datetime.datetime
    found: tuple
    parts: dict = field(default_factory=dict, hash=False)
    total: float | None = None

    @property
    def possible(self):
        return self.total is not None


def best(task, person, past, most_burden):
    """The Place with the fewest costs, the earliest of equals. None when the window has no time at all.

    When nothing is possible it is the time with the reason that says most: a taken hour says least.
    """
    nearest = None
    for start in starts(task, person):
        found = tuple(_conflicts(task, person, start, start + task.length))
        key = (sum(conflict.hard for conflict in found), any(conflict.code == "overlap" for conflict in found), cost(found))
        if nearest is None or key < nearest[0]:
            nearest = (key, start, found)
        if not found:
            break
    if nearest is None:
        return None
    _key, start, found = nearest
    return _place(task, person, past, most_burden, start, found)


def at_time(task, person, past, most_burden, start):
    """The Place that begins then, whatever speaks against it."""
    return _place(task, person, past, most_burden, start, tuple(_conflicts(task, person, start, start + task.length)))


def _place(task, person, past, most_burden, start, found):
    end = start + task.length
    if hard := tuple(conflict for conflict in found if conflict.hard):
        return Place(start, end, hard)
    parts = points(task, person, past, most_burden, start, end)
    return Place(start, end, found, parts, round(sum(parts.values()) - cost(found) / MINUTES_A_POINT, 1))


def _conflicts(task, person, start, end):
    """Like conflicts(), but a time that is taken is not looked at any further."""
    for booking in person.bookings:
        if booking.blocks and booking.start < end and booking.end > start:
            facts = {"visit": booking.number, "customer": booking.customer, "from": booking.start, "to": booking.end}
            return [Conflict("overlap", facts=facts)]
    return conflicts(task.job, person, start, end, task.world)


def starts(task, person):
    """Times worth trying, earliest first: morning and noon of working days, when the door and the job's windows open, after other visits."""
    zone, (first, last) = ZoneInfo(task.job.zone), task.window
    times = {_rounded(first), *(opens for opens in (task.job.change[0], task.job.wanted[0], task.job.permit[0]) if opens)}
    day = first.astimezone(zone).date()
    while day <= last.astimezone(zone).date():
        times |= {datetime.datetime.combine(day, clock, zone) for clock in _clocks(task, day)}
        day += datetime.timedelta(days=1)
    for booking in person.bookings:
        way = task.world.travel.minutes(booking.city, task.job.city)
        way = task.world.limits.unknown if way is None else way
        times.add(_rounded(booking.end + datetime.timedelta(minutes=way)))
    fitting = sorted(start for start in times if first <= start and start + task.length <= last and _daytime(start, zone, task))
    return fitting[:MOST_TRIES]


def _clocks(task, day):
    """Times of the day to begin at. Of a day off only when the door opens on such days alone."""
    is_workday = task.world.is_workday(day)
    for window in task.job.access or ():
        if window.holds(day, task.world.is_workday) and (is_workday or window.days <= WEEKEND):
            yield datetime.time(window.start // 60, window.start % 60)
    if is_workday:
        yield from STARTS


def _daytime(start, zone, task):
    """Nobody is sent at night unless the change window, the wish or a door that opens at night alone says so. A wish from midnight on is that of a day."""
    if task.job.change[0] or _opens_at_night_alone(task.job.access):
        return True
    clock = start.astimezone(zone).time()
    return EARLIEST <= clock <= LATEST or (start == task.job.wanted[0] and clock != datetime.time())


def _opens_at_night_alone(access):
    """A door that is always open is no reason to come at midnight."""
    return bool(access) and all(window.end <= EARLIEST.hour * 60 or window.start >= LATEST.hour * 60 for window in access)


def _rounded(moment):
    spare = datetime.timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not spare else moment - spare + QUARTER


def points(task, person, past, most_burden, start, end):
    """{part: points}, each between 0 and its weight."""
    job = task.job
    shares = {
        "skills": len(job.skills & person.skills) / len(job.skills) if job.skills else 1,
        "certificate": _certificate(job, person),
        "travel": 1 - min(travel_minutes(task, person, start, end), FULL_DAY_OF_TRAVEL) / FULL_DAY_OF_TRAVEL,
        "load": 1 - min(_load(task, person, start), 1),
        "customer": min(past.visits_here, KNOWN_WELL) / KNOWN_WELL,
        "fairness": 1 - past.burden / most_burden if most_burden else 1,
    }
    return {part: round(WEIGHTS[part] * share, 1) for part, share in shares.items()}


def _certificate(job, person):
    """The share of the skills asked for that are proved by a certificate; hard ones were looked at before."""
    asked = job.skills | job.certified
    return len(asked & set(person.certificates)) / len(asked) if asked else 1


def travel_minutes(task, person, start, end):
    """Minutes on the road because of this visit: from the visit before or from home, and on to the next or home."""
    day = datetime.timedelta(hours=14)
    before, after = person.home, person.home
    for booking, gap, origin, destination in neighbours(task.job, person, start, end):
        if gap < day:
            before, after = (origin, after) if booking.end <= start else (before, destination)
    ways = [(before, task.job.city), (task.job.city, after)]
    known = [task.world.travel.minutes(*way) for way in ways]
    return sum(task.world.limits.unknown if minutes is None else minutes for minutes in known)


def _load(task, person, start):
    """How full the day of the visit is already, 0 to 1 and more."""
    zone = ZoneInfo(task.job.zone)
    day, limits = start.astimezone(zone).date(), task.world.limits
    taken = sum(
        minutes_by_day(booking.start.astimezone(zone), booking.end.astimezone(zone), limits.day).get(day, 0)
        for booking in person.bookings
        if abs(booking.start - start) < datetime.timedelta(days=2)
    )
    capacity = limits.day if person.capacity is None else person.capacity
    return taken / capacity if capacity else 1
