"""Days of a plan: by rhythm, and where they go when nobody works."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from visits.recurring.occurrences import nominal_days, settle


def days(*texts):
    return [datetime.date.fromisoformat(f"2026-{text}") for text in texts]


def d(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("rhythm", "interval", "begin", "expected"),
    [
        ("weekly", 1, "2026-01-07", ["2026-01-07", "2026-01-14", "2026-01-21", "2026-01-28"]),
        ("weekly", 2, "2026-01-07", ["2026-01-07", "2026-01-21", "2026-02-04", "2026-02-18"]),
        ("monthly", 1, "2026-01-31", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        ("monthly", 2, "2026-11-15", ["2026-11-15", "2027-01-15", "2027-03-15", "2027-05-15"]),
        ("monthly", 12, "2028-02-29", ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
        ("weekday", 1, "2026-01-13", ["2026-01-13", "2026-02-10", "2026-03-10", "2026-04-14"]),
        ("weekday", 1, "2026-01-29", ["2026-01-29", "2026-02-26", "2026-03-26", "2026-04-30"]),
        ("quarterly", 1, "2026-11-30", ["2026-11-30", "2027-02-28", "2027-05-30", "2027-08-30"]),
    ],
)
def test_rhythms(rhythm, interval, begin, expected):
    found = nominal_days(rhythm, interval, d(begin), d(begin), d(expected[-1]))

    assert [day.isoformat() for day in found] == expected


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    rhythm=st.sampled_from(["weekly", "monthly", "weekday", "quarterly"]),
    interval=st.integers(1, 5),
    begin=st.dates(d("2024-01-01"), d("2027-12-31")),
    later=st.integers(0, 1500),
)
def test_a_window_shows_the_same_days_as_the_whole(rhythm, interval, begin, later):
    last = begin + datetime.timedelta(days=2200)
    whole = nominal_days(rhythm, interval, begin, begin, last)
    first = begin + datetime.timedelta(days=later)

    assert nominal_days(rhythm, interval, begin, first, last) == [day for day in whole if day >= first]
    assert whole[0] == begin and len(set(whole)) == len(whole)


def golden_week(day):
    """The autumn holidays of 2026: 1 to 7 October off, Saturday the 10th worked instead."""
    return day.month == 10 and not 1 <= day.day <= 7 and (day.weekday() < 5 or day.day == 10) or day.month == 9 and day.weekday() < 5


def test_a_holiday_moves_forward_but_never_onto_another_visit_of_the_plan():
    fridays = days("09-25", "10-02", "10-09", "10-16")

    assert settle(fridays, golden_week, "forward") == dict(zip(fridays, days("09-25", "10-08", "10-09", "10-16"), strict=True))
    thursdays = days("10-01", "10-08")
    assert settle(thursdays, golden_week, "forward")[thursdays[0]] == days("10-09")[0]
    assert settle(thursdays, golden_week, "forward", taken=days("10-09"))[thursdays[0]] == days("10-10")[0]


def test_a_holiday_moves_back_or_stays():
    wednesdays = days("09-30", "10-07")

    assert settle(wednesdays, golden_week, "back")[wednesdays[1]] == days("09-29")[0]
    assert settle(wednesdays, golden_week, "keep") == dict(zip(wednesdays, wednesdays, strict=True))


def test_two_holidays_do_not_meet():
    both = days("10-01", "10-02")
    assert list(settle(both, golden_week, "forward").values()) == days("10-08", "10-09")


def test_under_another_rhythm_the_plan_does_not_come_twice_a_day():
    thursdays = days("10-01", "10-08", "10-15")
    assert list(settle(thursdays, golden_week, "forward", taken=days("10-08")).values()) == days("10-09", "10-15")
    assert list(settle(thursdays, golden_week, "keep", taken=days("10-08"))) == days("10-01", "10-15")


def test_where_nobody_ever_works_there_is_no_day():
    assert settle(days("10-01"), lambda day: False, "forward") == {days("10-01")[0]: None}
