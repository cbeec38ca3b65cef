"""What a laptop's clock is worth. Pure: stamps in, doubts out. All lengths are milliseconds.

A laptop stamps what happens with its wall clock and with a monotonic clock that counts from an anchor, the moment at which
both were read together. At every contact it estimates how far the server's clock is from its own.
"""

import datetime
from dataclasses import dataclass

OFFSET_LIMIT = 120_000
DRIFT_LIMIT = 5_000
SLEEP_GAP = 15_000

AHEAD, BEHIND, FUTURE, JUMPED, UNKNOWN, EARLY = "ahead", "behind", "future", "jumped", "unknown", "early"
SUSPICIOUS = frozenset({AHEAD, BEHIND, FUTURE, JUMPED, EARLY})


@dataclass(frozen=True)
class Stamp:
    """One moment as a laptop stamped it. `offset` is the server's clock minus the laptop's, None when never compared.

    `anchor` is the wall clock at the last anchor and `monotonic` the time since then; both or neither.
    """

    wall: datetime.datetime
    received: datetime.datetime
    offset: int | None = None
    anchor: datetime.datetime | None = None
    monotonic: int | None = None


def offset_between(server, laptop):
    """How far the server's clock is ahead of the laptop's, in milliseconds."""
    return _ms(server - laptop)


def drift(stamp):
    """How far wall and monotonic clock went apart since the anchor, or None when they cannot be compared."""
    if stamp.anchor is None or stamp.monotonic is None:
        return None
    return _ms(stamp.wall - stamp.anchor) - stamp.monotonic


def doubts(stamp):
    """What speaks against a stamp, as a list of codes: ahead, behind, future, jumped, unknown."""
    found = []
    if stamp.offset is None:
        found.append(UNKNOWN)
    elif abs(stamp.offset) > OFFSET_LIMIT:
        found.append(BEHIND if stamp.offset > 0 else AHEAD)
    # Nothing was written after it arrived. A clock that is known to be ahead needs no second mark.
    if AHEAD not in found and _ms(stamp.wall - stamp.received) > OFFSET_LIMIT:
        found.append(FUTURE)
    apart = drift(stamp)
    if apart is not None and abs(apart) >= DRIFT_LIMIT:
        found.append(JUMPED)
    return found


def is_before(stamp, other):
    """Was the one stamped before the other, by the server's clock and beyond what clocks may differ?"""
    apart = _ms(other.wall - stamp.wall) + (other.offset or 0) - (stamp.offset or 0)
    return apart > OFFSET_LIMIT


def slept(gap):
    """A tick that comes this late is a laptop that slept: take a new anchor, and do not doubt the clock for it."""
    return gap > SLEEP_GAP


def is_suspicious(found):
    return bool(SUSPICIOUS & set(found))


def _ms(length):
    return round(length.total_seconds() * 1000)
