"""Deadlines: working minutes added to a moment, and the sum told step by step.

Moments are aware datetimes; their seconds are dropped. Everything is counted in whole minutes that really pass: an hour
that the clock skips in spring is not worked, one that it repeats in autumn is worked twice.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from .calendar import DAY, Calendar
from .minutes import Pause, merged_pauses, minute_of, moment_of, open_since, without, worked
from .steps import Step, told

# A policy that is not met within ten years is not a policy.
HORIZON = 3653 * DAY


class NoWorkingTime(Exception):
    """The calendar has too few working minutes to reach the deadline. `never` says that it has none at all."""

    def __init__(self, calendar, *, never):
        super().__init__(f"no working time in {calendar.code or calendar.zone}")
        self.calendar, self.never = calendar, never


@dataclass(frozen=True)
class Deadline:
    """`at` is None while an open pause holds the clock; `left` are the minutes that remain then.

    `unofficial` are the years on the way whose public holidays nobody knows yet.
    """

    start: datetime.datetime
    minutes: int
    at: datetime.datetime | None
    steps: tuple[Step, ...]
    left: int = 0
    unofficial: tuple[int, ...] = ()


def deadline(start, minutes, calendar: Calendar, pauses: Iterable[Pause] = ()):
    """`start` plus `minutes` of working time. A deadline may be closing time itself; 0 minutes are over at once.

    Raises NoWorkingTime, and ValueError for less than 0 minutes.
    """
    if minutes < 0:
        raise ValueError("less than no time")
    if minutes and not calendar.works_at_all():
        raise NoWorkingTime(calendar, never=True)
    first, left, counted = minute_of(start), minutes, []
    breaks = merged_pauses(pauses)
    until = open_since(breaks)
    horizon = first + HORIZON if until is None else until
    for begin, end in without(worked(calendar, first, horizon), breaks):
        if not left:
            break
        counted.append((begin, min(end, begin + left)))
        left -= counted[-1][1] - begin
    if left and until is None:
        raise NoWorkingTime(calendar, never=False)
    at = None if left else counted[-1][1] if counted else first
    shown = moment_of(at, calendar.zone) if at is not None else None
    end = at if at is not None else max(until, first)
    steps, unofficial = told(calendar, first, end, counted, minutes, pauses, held=at is None)
    return Deadline(moment_of(first, calendar.zone), minutes, shown, steps, left, unofficial)


def working_minutes(start, end, calendar: Calendar, pauses: Iterable[Pause] = ()):
    """The working minutes in [start, end) outside of `pauses`; 0 when `end` is not after `start`."""
    first, last = minute_of(start), minute_of(end)
    return sum(b - a for a, b in without(worked(calendar, first, last), merged_pauses(pauses)))


def is_working(moment, calendar: Calendar):
    first = minute_of(moment)
    return any(worked(calendar, first, first + 1))


def shift_days(day, count, calendar: Calendar):
    """The day that is `count` working days after `day` (before it, when negative). 0 is `day` itself, or, when nobody works
    then, the last working day before it. Raises NoWorkingTime."""
    step = datetime.timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    for _place in range(HORIZON // DAY):
        if not left and calendar.works_on(day):
            return day
        day += step
        left -= bool(left and calendar.works_on(day))
    raise NoWorkingTime(calendar, never=not calendar.works_at_all())


def working_days(first, last, calendar: Calendar):
    """The days of [first, last], both included, on which somebody works."""
    days = (first + datetime.timedelta(days=place) for place in range((last - first).days + 1))
    return [day for day in days if calendar.works_on(day)]
