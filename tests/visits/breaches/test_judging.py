"""By the clock and by the name: pure."""

import datetime

import pytest

from visits.breaches.judging import expected_at, is_among, is_brought_late, is_late

PLANNED = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)
MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)


@pytest.mark.parametrize(("minutes", "late"), [(-30, False), (0, False), (10, False), (11, True)])
def test_late_is_later_than_what_counts_as_on_time(minutes, late):
    assert is_late(PLANNED, PLANNED + minutes * MINUTE, 10) is late


@pytest.mark.parametrize(
    ("notices", "expected"),
    [
        ([], 0),
        ([(-60, 40)], 40),
        ([(10, 40)], 40),
        ([(11, 40)], 0),  # nobody was helped by it any more
        ([(-60, 40), (45, 90)], 90),
        ([(60, 90), (-60, 40)], 40),
        ([(-60, 40), (-30, 20)], 20),
    ],
)
def test_a_notice_counts_while_it_can_still_help(notices, expected):
    given = [(PLANNED + when * MINUTE, PLANNED + new * MINUTE) for when, new in notices]
    assert expected_at(PLANNED, given, 10) == PLANNED + expected * MINUTE


@pytest.mark.parametrize(("hours", "late"), [(0, False), (24, False), (24.01, True)])
def test_a_day_for_bringing_what_was_signed(hours, late):
    assert is_brought_late(PLANNED, PLANNED + hours * HOUR) is late


@pytest.mark.parametrize(
    ("name", "known"),
    [("钱锋", True), (" 钱 锋 ", True), ("钱锋经理", True), ("qian feng", True), ("钱经理", False), ("", False), ("李四", False)],
)
def test_who_is_meant(name, known):
    assert is_among(name, ["钱锋", "孙立", "Qian Feng", ""]) is known
