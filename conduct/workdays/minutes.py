"""Spans of whole minutes since 1970 in UTC: what a calendar works, less what pauses take away."""

import datetime
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from .calendar import DAY

# Clocks change, and change back, further apart than this.
STRIDE = 7 * DAY
EPOCH = datetime.date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Pause:
    """Time that does not count, such as waiting for a part. `end` is None while it goes on."""

    start: datetime.datetime
    end: datetime.datetime | None
    reason: str = ""


def minute_of(moment):
    return int(moment.timestamp() // 60)


def moment_of(minute, zone):
    return datetime.datetime.fromtimestamp(minute * 60, _zone(zone))


def worked(calendar, first, last):
    """The worked spans within [first, last), in order. Spans that touch may come apart."""
    for begin, end, offset in _stretches(_zone(calendar.zone), first, last):
        here, there = begin + offset, end + offset
        for number in range(here // DAY, (there - 1) // DAY + 1):
            for opens, closes in calendar.hours(datetime.date.fromordinal(number + EPOCH)):
                a, b = max(number * DAY + opens, here), min(number * DAY + closes, there)
                if a < b:
                    yield a - offset, b - offset


def merged_pauses(pauses):
    """[(start, end), …] in order without overlap; an end of None is still open."""
    merged = []
    spans = ((minute_of(pause.start), pause.end and minute_of(pause.end)) for pause in pauses)
    for begin, end in sorted(spans, key=lambda span: span[0]):
        if merged and (merged[-1][1] is None or begin <= merged[-1][1]):
            before = merged.pop()
            begin, end = before[0], None if None in (end, before[1]) else max(end, before[1])
        merged.append((begin, end))
    return merged


def open_since(merged):
    return merged[-1][0] if merged and merged[-1][1] is None else None


def without(spans, merged):
    """`spans` less the pauses."""
    for begin, end in spans:
        for off, on in merged:
            if off >= end:
                break
            if begin < off:
                yield begin, off
            begin = end if on is None else max(begin, on)
            if begin >= end:
                break
        if begin < end:
            yield begin, end


def _stretches(zone, first, last):
    """[first, last) in pieces of at most a week, each with its one offset from UTC in minutes."""
    here = first
    while here < last:
        offset, after = _offset(zone, here), min(here + STRIDE, last)
        if _offset(zone, after) != offset:
            after = _change(zone, here, after, offset)
        yield here, after, offset
        here = after


def _change(zone, here, after, offset):
    """The first minute within (here, after] with another offset."""
    while after - here > 1:
        middle = (here + after) // 2
        here, after = (middle, after) if _offset(zone, middle) == offset else (here, middle)
    return after


def _offset(zone, minute):
    return int(datetime.datetime.fromtimestamp(minute * 60, zone).utcoffset().total_seconds() // 60)


@lru_cache(maxsize=64)
def _zone(name):
    return ZoneInfo(name)
