"""The other way to count: ask every single minute whether it is worked. Slow, plain, and without a line of the product's."""

import datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from conduct.workdays.arithmetic import Pause
from conduct.workdays.calendar import Calendar, DayKind, Freeze, Special

MINUTE = datetime.timedelta(minutes=1)
ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Africa/Cairo", "UTC"]


EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
QUARTER = 15


class Counter:
    """Minutes are whole ones since 1970 in UTC. The wall clock is asked once a quarter of an hour: no zone changes within one."""

    def __init__(self, calendar, pauses):
        self.calendar, self.pauses, self.zone, self.days, self.quarters = calendar, pauses, ZoneInfo(calendar.zone), {}, {}

    def is_worked(self, minute):
        quarter, place = divmod(minute, QUARTER)
        if quarter not in self.quarters:
            self.quarters[quarter] = self.ask(quarter * QUARTER)
        return self.quarters[quarter][place]

    def ask(self, first):
        """Whether each of the fifteen minutes from `first` on is worked."""
        moment = EPOCH + first * MINUTE
        wall = moment.astimezone(self.zone)
        opened, begun = self.minutes(wall.date()), wall.hour * 60 + wall.minute
        assert begun % QUARTER == 0, self.zone
        return [begun + place in opened and not self.is_paused(moment + place * MINUTE) for place in range(QUARTER)]

    def is_paused(self, moment):
        return any(p.start <= moment and (p.end is None or moment < p.end) for p in self.pauses)

    def minutes(self, day):
        if day not in self.days:
            self.days[day] = self.look_up(day)
        return self.days[day]

    def look_up(self, day):
        if any(freeze.first <= day <= freeze.last for freeze in self.calendar.freezes):
            return set()
        special = self.calendar.special.get(day)
        hours = special.hours if special else self.calendar.week[day.weekday()]
        return {minute for opens, closes in hours for minute in range(opens, closes)}

    def deadline(self, start, minutes, last):
        """The moment after the last counted minute, or None when `last` comes first."""
        moment, end = (start - EPOCH) // MINUTE, (last - EPOCH) // MINUTE
        while minutes and moment < end:
            minutes -= self.is_worked(moment)
            moment += 1
        return None if minutes else EPOCH + moment * MINUTE

    def count(self, start, end):
        return sum(self.is_worked(minute) for minute in range((start - EPOCH) // MINUTE, (end - EPOCH) // MINUTE))


@st.composite
def hours(draw, most=3):
    """Up to three spans in order, from midnight to midnight, some that touch."""
    marks = sorted(draw(st.sets(st.integers(0, 96), max_size=2 * most).filter(lambda chosen: len(chosen) % 2 == 0)))
    return tuple((marks[n] * 15, marks[n + 1] * 15) for n in range(0, len(marks), 2))


ORDINARY = st.sampled_from([((540, 720), (780, 1080)), ((480, 720),), ((0, 1440),), ((1320, 1440),), ((0, 120), (600, 1440)), ()])


@st.composite
def stories(draw):
    """(calendar, start, minutes, pauses) of about two weeks, often around a change of the clock or the end of a year."""
    zone = draw(st.sampled_from(ZONES))
    around = [
        (2026, 3, 28),
        (2026, 3, 7),
        (2026, 10, 24),
        (2026, 10, 31),
        (2026, 4, 4),
        (2026, 9, 5),
        (2026, 12, 30),
        (2026, 6, 10),
    ]
    first = datetime.date(*draw(st.sampled_from(around)))
    days = st.integers(-1, 14).map(lambda place: first + datetime.timedelta(days=place))
    special = draw(st.dictionaries(days, hours().map(lambda spans: Special(DayKind.OWN_HOURS, spans, "x")), max_size=4))
    frozen = [Freeze(day, day + datetime.timedelta(days=2), "exams") for day in draw(st.lists(days, max_size=1))]
    week = tuple(draw(st.lists(st.one_of(ORDINARY, hours()), min_size=7, max_size=7)))
    calendar = Calendar(zone, week, special, tuple(frozen), official_years=frozenset({2026}))
    moments = st.integers(0, 3 * 1440).map(lambda m: datetime.datetime(*first.timetuple()[:3], tzinfo=datetime.UTC) + m * MINUTE)
    start = draw(moments).astimezone(ZoneInfo(zone))
    pauses = [
        Pause(begin, draw(st.one_of(st.none(), st.integers(0, 2000).map(lambda m, begin=begin: begin + m * MINUTE))), "part")
        for begin in draw(st.lists(moments, max_size=2))
    ]
    return calendar, start, draw(st.integers(0, 1500)), pauses
