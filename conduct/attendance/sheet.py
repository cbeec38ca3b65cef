"""A person's day and month from clock entries, leave and the working calendar. Minutes throughout; moments are aware."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from conduct.base.days import day_bounds
from conduct.workdays.arithmetic import working_minutes
from conduct.workdays.calendar import minutes_a_day

# Coming some minutes late is not written down.
GRACE = datetime.timedelta(minutes=5)


class Flag(StrEnum):
    LATE = "late"
    EARLY = "early"
    NO_IN = "no_in"
    NO_OUT = "no_out"
    ABSENT = "absent"


@dataclass(frozen=True)
class Press:
    """`kind` is "in" or "out"; `later` says that it was entered afterwards, with a reason."""

    kind: str
    at: datetime.datetime
    later: bool = False


@dataclass(frozen=True)
class Off:
    """An approved leave, half-open."""

    start: datetime.datetime
    end: datetime.datetime
    kind: str


@dataclass(frozen=True)
class Day:
    """`planned` working minutes of the calendar, `worked` between pairs of in and out, `off` planned minutes on leave.

    `outside` says that the person was engaged elsewhere, such as at a customer; then nobody has to press.
    """

    day: datetime.date
    kind: str
    planned: int
    first_in: datetime.datetime | None
    last_out: datetime.datetime | None
    worked: int
    off: int
    off_kinds: tuple[str, ...]
    outside: bool
    later: bool
    flags: tuple[Flag, ...]

    @property
    def off_hundredths(self):
        """The share of the day on leave, in hundredths of a day."""
        return round(self.off * 100 / self.planned) if self.planned else 0


def day_sheet(day, presses, offs, calendar, *, outside=False, obliged=True, now):
    """One person's `day`; flags are given for what is over at `now` only, and to who is `obliged` to press."""
    special = calendar.day(day)
    planned, begin, end = minutes_a_day(special.hours), *day_bounds(day, calendar.zone)
    pressed = sorted((press for press in presses if begin <= press.at < end), key=lambda press: press.at)
    on_leave = [off for off in offs if off.start < end and off.end > begin]
    off = sum(working_minutes(max(leave.start, begin), min(leave.end, end), calendar) for leave in on_leave)
    ins, outs = [press.at for press in pressed if press.kind == "in"], [press.at for press in pressed if press.kind == "out"]
    first_in, last_out = (ins[0] if ins else None), (outs[-1] if outs else None)
    flags = (
        ()
        if outside or not obliged or not planned or now < end
        else _flags(first_in, last_out, _expected(day, special, on_leave, calendar))
    )
    return Day(
        day, str(special.kind), planned, first_in, last_out, _worked(pressed), min(off, planned),
        tuple(dict.fromkeys(leave.kind for leave in on_leave)), outside, any(press.later for press in pressed), flags,
    )  # fmt: skip


def totals(days):
    """{planned, worked, off (minutes), off_hundredths, outside, late, early, missing, absent (days)} of a month."""
    return {
        "planned": sum(day.planned for day in days),
        "worked": sum(day.worked for day in days),
        "off": sum(day.off for day in days),
        "off_hundredths": sum(day.off_hundredths for day in days),
        "outside": sum(day.outside for day in days),
        "late": _with(days, Flag.LATE),
        "early": _with(days, Flag.EARLY),
        "missing": _with(days, Flag.NO_IN, Flag.NO_OUT),
        "absent": _with(days, Flag.ABSENT),
    }


def _with(days, *flags):
    return sum(any(flag in day.flags for flag in flags) for day in days)


def _worked(pressed):
    """Minutes between each "in" and the "out" after it; an "in" without one counts nothing."""
    total, since = 0, None
    for press in pressed:
        if press.kind == "in":
            since = since or press.at
        elif since:
            total, since = total + int((press.at - since).total_seconds() // 60), None
    return total


def _expected(day, special, leaves, calendar):
    """(from, until) when the person should have been there, leave taken off both ends, or None when it was all leave."""
    midnight, _after = day_bounds(day, calendar.zone)
    spans = [(midnight + datetime.timedelta(minutes=a), midnight + datetime.timedelta(minutes=b)) for a, b in special.hours]
    for leave in leaves:
        spans = [piece for span in spans for piece in _less(span, leave)]
    return (spans[0][0], spans[-1][1]) if spans else None


def _less(span, leave):
    """`span` without the leave: none, one or two pieces."""
    start, end = span
    pieces = [(start, min(end, leave.start)), (max(start, leave.end), end)]
    return [piece for piece in pieces if piece[0] < piece[1]]


def _flags(first_in, last_out, expected):
    if expected is None:
        return ()
    if first_in is None and last_out is None:
        return (Flag.ABSENT,)
    flags = []
    if first_in is None:
        flags.append(Flag.NO_IN)
    elif first_in >= expected[0] + GRACE:
        flags.append(Flag.LATE)
    if last_out is None or (first_in and last_out < first_in):
        flags.append(Flag.NO_OUT)
    elif last_out < expected[1]:
        flags.append(Flag.EARLY)
    return tuple(flags)
