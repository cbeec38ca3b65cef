"""Where people are expected besides the office. Rooms above enter themselves here from their receivers.py."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Engagement:
    """Somebody's time that is taken, such as a visit at a customer. `is_open`: it can still be moved."""

    staff_id: int
    start: datetime.datetime
    end: datetime.datetime
    label: str
    url: str
    is_open: bool


_sources: dict[str, Callable] = {}


def register(code, source):
    """`source(staff_ids=, start=, end=)` returns the Engagements of these people anywhere in [start, end), in one query."""
    _sources[code] = source


def between(staff_ids, start, end):
    """{staff's key: [Engagement, …] by start}."""
    found = {}
    for _code, source in sorted(_sources.items()):
        for engagement in source(staff_ids=staff_ids, start=start, end=end):
            found.setdefault(engagement.staff_id, []).append(engagement)
    for rows in found.values():
        rows.sort(key=lambda row: row.start)
    return found
