"""The steps of a deadline's sum, from its counted spans: what counted, what was skipped, and why."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from .calendar import DayKind
from .minutes import minute_of, moment_of, worked

SKIPPED_DAYS = (DayKind.DAY_OFF, DayKind.HOLIDAY, DayKind.CLOSED, DayKind.FREEZE)


class StepKind(StrEnum):
    """Kinds of whole days are those of DayKind."""

    WAITS = "waits"  # the start lies outside of the working hours
    COUNTED = "counted"
    BREAK = "break"  # between two spans of one day
    PAUSE = "pause"
    UNOFFICIAL = "unofficial"  # the year's public holidays are not known


@dataclass(frozen=True)
class Step:
    """One line of the sum. `kind` is a StepKind or a DayKind; `start` and `end` stand in the calendar's zone.

    `minutes` are counted (or, of a pause, lost); `left` still to be counted after this line.
    """

    kind: str
    start: datetime.datetime
    end: datetime.datetime
    minutes: int = 0
    left: int = 0
    name: str = ""

    @property
    def last_day(self):
        """The last day of a step of whole days."""
        return (self.end - datetime.timedelta(minutes=1)).date()


def told(calendar, first, last, counted, minutes, pauses, *, held):
    """(steps, years without an official calendar) of a count from `first` to `last`, in order of time.

    `held` says that an open pause ended the count.
    """
    zone = calendar.zone
    steps = _counted(calendar, counted, minutes) + _days(calendar, first, last) + _pauses(calendar, first, last, pauses, held)
    if counted and counted[0][0] > first:
        steps.append(Step(StepKind.WAITS, moment_of(first, zone), moment_of(counted[0][0], zone), left=minutes))
    start, end = moment_of(first, zone), moment_of(max(first, last - 1), zone)
    unofficial = tuple(year for year in range(start.year, end.year + 1) if not calendar.is_official(year))
    for year in unofficial:
        new_year = max(start, datetime.datetime(year, 1, 1, tzinfo=start.tzinfo))
        steps.append(Step(StepKind.UNOFFICIAL, new_year, new_year, name=str(year)))
    order = [StepKind.UNOFFICIAL, StepKind.WAITS]
    steps.sort(key=lambda step: (step.start, order.index(step.kind) if step.kind in order else len(order), step.end))
    return tuple(steps), unofficial


def _counted(calendar, counted, minutes):
    """Counted spans, those that touch in one, with the breaks between those of one day."""
    steps = []
    for begin, end in _joined(counted):
        start = moment_of(begin, calendar.zone)
        if steps and steps[-1].end.date() == start.date() and _is_break(calendar, steps[-1].end, start):
            steps.append(Step(StepKind.BREAK, steps[-1].end, start, left=minutes))
        minutes -= end - begin
        steps.append(Step(StepKind.COUNTED, start, moment_of(end, calendar.zone), end - begin, minutes))
    return steps


def _joined(spans):
    joined = []
    for begin, end in spans:
        if joined and joined[-1][1] == begin:
            begin = joined.pop()[0]
        joined.append((begin, end))
    return joined


def _is_break(calendar, end, start):
    """Whether the gap is one of the day's own, not a pause that fell into working hours."""
    hours = calendar.hours(start.date())
    gaps = {(before[1], after[0]) for before, after in zip(hours, hours[1:], strict=False)}
    return (end.hour * 60 + end.minute, start.hour * 60 + start.minute) in gaps


def _days(calendar, first, last):
    """Days on the way that differ from their weekday or are not worked; equal ones that follow each other are one step."""
    start, end = moment_of(first, calendar.zone), moment_of(max(first, last - 1), calendar.zone)
    steps, day = [], start.date()
    while day <= end.date():
        special = calendar.day(day)
        if special.kind != DayKind.WORKDAY:
            midnight = datetime.datetime.combine(day, datetime.time(), start.tzinfo)
            after = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), start.tzinfo)
            before = steps[-1] if steps else None
            if before and special.kind in SKIPPED_DAYS and _follows(before, special, midnight):
                steps[-1] = Step(special.kind, before.start, after, name=special.name)
            else:
                steps.append(Step(special.kind, midnight, after, name=special.name))
        day += datetime.timedelta(days=1)
    return steps


def _follows(before, special, midnight):
    return (before.kind, before.name, before.end) == (special.kind, special.name, midnight)


def _pauses(calendar, first, last, pauses, held):
    """The pauses on the way, each with the working minutes that it took."""
    steps = []
    for pause in pauses:
        begin = max(minute_of(pause.start), first)
        end = last if pause.end is None else min(minute_of(pause.end), last)
        if begin < end or (held and pause.end is None):
            begin = min(begin, end)
            lost = sum(b - a for a, b in worked(calendar, begin, end))
            steps.append(
                Step(StepKind.PAUSE, moment_of(begin, calendar.zone), moment_of(end, calendar.zone), lost, name=pause.reason)
            )
    return steps
