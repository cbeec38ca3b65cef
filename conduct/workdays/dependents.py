"""Who counts with calendars. Rooms above enter themselves here from their receivers.py; this room knows none of them."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Dependent:
    """A deadline given before a calendar changed: as it `was`, and as it `would_be` now. `key` is the room's own.

    One of `whole_days` is a day without an hour.
    """

    key: str
    label: str
    url: str
    was: datetime.datetime
    would_be: datetime.datetime | None
    whole_days: bool = False


@dataclass(frozen=True)
class Room:
    label: str
    affected: Callable
    renew: Callable


_rooms: dict[str, Room] = {}


def register(code, *, label, affected, renew):
    """Enter a room.

    `affected(calendar_code=, country=, customer=, first=, last=)` returns the Dependents that a change of these days moves;
    None, or "" for the country, means that the change is not about one. `renew(keys=, reason=, by=, at=)` works these out anew.
    """
    _rooms[code] = Room(label, affected, renew)


def affected_by(change):
    """[(room's code, label, [Dependent, …]), …] of rooms with at least one."""
    facts = {
        "calendar_code": change.calendar.code if change.calendar else None,
        "country": change.country,
        "customer": change.customer,
        "first": change.first,
        "last": change.last,
    }
    found = [(code, room.label, room.affected(**facts)) for code, room in sorted(_rooms.items())]
    return [row for row in found if row[2]]


def renew(code, *, keys, reason, by, at):
    _rooms[code].renew(keys=keys, reason=reason, by=by, at=at)
