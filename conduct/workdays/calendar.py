"""A working calendar as a plain value: which minutes of which day are worked, and why a day differs from its weekday.

Hours are minutes of the wall clock, half-open, in order: ((540, 720), (780, 1080)) is 9 to 12 and 13 to 18. The gap is lunch.
An end of 1440 is midnight; a night shift is the end of one day and the beginning of the next.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

DAY = 24 * 60
Hours = tuple[tuple[int, int], ...]


class DayKind(StrEnum):
    """Why a day is worked or not."""

    WORKDAY = "workday"
    DAY_OFF = "day_off"  # the weekday has no hours
    HOLIDAY = "holiday"
    MAKEUP = "makeup"  # worked in exchange for a day of a public holiday
    CLOSED = "closed"  # the calendar's own day without work
    OWN_HOURS = "own_hours"  # the calendar's own hours, such as a half day
    FREEZE = "freeze"  # the customer lets nobody work


@dataclass(frozen=True)
class Special:
    """A day that differs from its weekday."""

    kind: DayKind
    hours: Hours = ()
    name: str = ""


@dataclass(frozen=True)
class Freeze:
    """Days, both included, in which a customer lets nobody work: exams, closing of accounts."""

    first: datetime.date
    last: datetime.date
    reason: str


@dataclass(frozen=True)
class Calendar:
    """`week` is seven Hours from Monday on. `official_years` are the years whose public holidays are known, or None when
    the calendar follows no public one; days of any other year count by their weekday, and every result says so."""

    zone: str
    week: tuple[Hours, ...]
    special: Mapping[datetime.date, Special] = field(default_factory=dict)
    freezes: tuple[Freeze, ...] = ()
    official_years: frozenset[int] | None = None
    code: str = ""
    name: str = ""

    def day(self, day):
        """The Special that `day` is, weekdays and days off included. A freeze outweighs everything else."""
        for freeze in self.freezes:
            if freeze.first <= day <= freeze.last:
                return Special(DayKind.FREEZE, (), freeze.reason)
        if day in self.special:
            return self.special[day]
        hours = self.week[day.weekday()]
        return Special(DayKind.WORKDAY if hours else DayKind.DAY_OFF, hours)

    def hours(self, day):
        return self.day(day).hours

    def works_on(self, day):
        return bool(self.hours(day))

    def is_official(self, year):
        return self.official_years is None or year in self.official_years

    def works_at_all(self):
        """Make-up days do not count: without working days there is nothing to make up for."""
        return any(self.week) or any(day.hours for day in self.special.values() if day.kind != DayKind.MAKEUP)


def minutes_a_day(hours):
    return sum(closes - opens for opens, closes in hours)


def parse_hours(text):
    """ "9:00-12:00, 13:00-18:00" as Hours; an empty text is a day without work.

    Full-width signs count too. Raises ValueError with a code: "form", "order" (a span ends before it begins, or begins
    before the one before it ended).
    """
    plain = text.translate(str.maketrans("：，－—–；、～~", ":,---,,--"))
    hours = tuple(_span(part) for part in plain.replace(";", ",").split(",") if part.strip())
    flat = [minute for span in hours for minute in span]
    if any(opens >= closes for opens, closes in hours) or flat != sorted(flat):
        raise ValueError("order")
    return hours


def _span(part):
    ends = part.split("-")
    if len(ends) != 2:
        raise ValueError("form")
    return _minute(ends[0]), _minute(ends[1])


def _minute(text):
    hour, colon, minute = text.strip().partition(":")
    if not (
        hour.isascii()
        and hour.isdigit()
        and len(hour) <= 2
        and (not colon or (minute.isascii() and minute.isdigit() and len(minute) == 2))
    ):
        raise ValueError("form")
    total = int(hour) * 60 + int(minute or 0)
    if total > DAY or int(minute or 0) > 59:
        raise ValueError("form")
    return total


def format_hours(hours):
    """The text that `parse_hours` reads."""
    return ", ".join(f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in hours)
