"""What a laptop's clock is worth, as a truth table (CONTRACTS 10)."""

import datetime

import pytest

from tests.people import AT
from visits.records.clock import Stamp, doubts, drift, is_suspicious, offset_between, slept


def ms(count):
    return datetime.timedelta(milliseconds=count)


@pytest.mark.parametrize(
    ("offset", "late", "anchor", "monotonic", "expected"),
    [
        (0, 0, None, None, []),
        (120_000, 0, None, None, []),
        (120_001, 0, None, None, ["behind"]),
        (-120_001, 0, None, None, ["ahead"]),
        (None, 3_600_000, None, None, ["unknown"]),
        (0, 3_600_000, None, None, []),
        (0, -120_001, None, None, ["future"]),
        (-600_000, -600_000, None, None, ["ahead"]),
        (None, -600_000, None, None, ["unknown", "future"]),
        (0, 0, 60_000, 60_000, []),
        (0, 0, 60_000, 55_001, []),
        (0, 0, 60_000, 55_000, ["jumped"]),
        (0, 0, 60_000, 65_000, ["jumped"]),
        (0, 0, -3_600_000, 10_000, ["jumped"]),
        (0, 0, 60_000, None, []),
    ],
)
def test_doubts(offset, late, anchor, monotonic, expected):
    stamp = Stamp(AT, AT + ms(late), offset, AT - ms(anchor) if anchor is not None else None, monotonic)
    assert doubts(stamp) == expected


@pytest.mark.parametrize(("gap", "expected"), [(1_000, False), (15_000, False), (15_001, True), (8 * 3_600_000, True)])
def test_a_laptop_that_slept_takes_a_new_anchor(gap, expected):
    assert slept(gap) is expected


def test_only_what_was_never_compared_is_no_suspicion():
    assert not is_suspicious(["unknown"]) and is_suspicious(["unknown", "jumped"]) and not is_suspicious([])


def test_the_offset_is_the_servers_clock_minus_the_laptops():
    assert offset_between(AT, AT - ms(1500)) == 1500
    assert drift(Stamp(AT, AT)) is None
