"""Where things stand on the board: wall times of one zone as columns and lanes. Pure.

A place is counted in wall-clock minutes from the first day's midnight, so that a drop on 23:00 is 23:00 of that day in any
zone and on the days of the clock change.
"""

import datetime
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

MINUTE = datetime.timedelta(minutes=1)
DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Scale:
    """`days` shown in columns of `step` minutes."""

    code: str
    days: int
    step: int

    @property
    def columns(self):
        return self.days * DAY_MINUTES // self.step

    @property
    def by_day(self):
        return self.step == DAY_MINUTES


SCALES = {
    scale.code: scale
    for scale in (Scale("day", 1, 15), Scale("three", 3, 30), Scale("week", 7, DAY_MINUTES), Scale("fortnight", 14, DAY_MINUTES))
}


@dataclass(frozen=True)
class Grid:
    scale: Scale
    first: datetime.date
    zone: str

    @property
    def days(self):
        return [self.first + datetime.timedelta(days=n) for n in range(self.scale.days)]

    @cached_property
    def area(self):
        return ZoneInfo(self.zone)

    @cached_property
    def _midnight(self):
        return datetime.datetime.combine(self.first, datetime.time())

    def minute(self, moment):
        """Wall-clock minutes from the first midnight; may lie before or after the board."""
        return (moment.astimezone(self.area).replace(tzinfo=None) - self._midnight) // MINUTE

    def moment(self, minute):
        """The aware moment of a place; in the hour that a clock skips, the one after it."""
        aware = (self._midnight + minute * MINUTE).replace(tzinfo=self.area)
        return aware.astimezone(datetime.UTC).astimezone(self.area)

    @property
    def bounds(self):
        return self.moment(0), self.moment(self.scale.days * DAY_MINUTES)

    def columns(self, start, end):
        """(first column, one after the last) of minutes [start, end), cut to the board; None when outside of it."""
        step, last = self.scale.step, self.scale.columns
        left, right = max(start // step, 0), min(-(-end // step), last)
        return (left, right) if left < right else None


def lanes(spans):
    """A lane for each (first column, one after the last), lowest free one first; given in the order of their starts."""
    ends, found = [], []
    for left, right in spans:
        lane = next((place for place, end in enumerate(ends) if end <= left), len(ends))
        ends[lane:lane + 1] = [right]
        found.append(lane)
    return found, len(ends)


def shifted(start, end, new_start, zone):
    """The end of a visit that begins at `new_start` instead: as far from it on the wall clock as before."""
    area = ZoneInfo(zone)
    here, there = start.astimezone(area).replace(tzinfo=None), end.astimezone(area).replace(tzinfo=None)
    wall = new_start.astimezone(area).replace(tzinfo=None) + (there - here)
    return wall.replace(tzinfo=area)
