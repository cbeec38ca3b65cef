"""How far a plan is: arithmetic alone."""

import datetime
from types import SimpleNamespace

import pytest

from conduct.projects.progress import bar_of, expected, is_late, span_of, whole

MONDAY = datetime.date(2026, 11, 23)
DAY = datetime.timedelta(days=1)


def task(start, days, percent=0, begun=None, done=None):
    first = MONDAY + start * DAY
    return SimpleNamespace(starts_on=first, ends_on=first + (days - 1) * DAY, percent=percent, begun_on=begun, done_on=done)


def test_a_week_counts_more_than_a_day():
    assert whole([task(0, 9, 100), task(9, 1, 0)]) == 90
    assert whole([]) == 0
    assert whole([task(0, 3, 100), task(3, 1, 99)]) == 99  # never 100 before all of it is done


@pytest.mark.parametrize(("day", "percent"), [(-1, 0), (0, 0), (1, 10), (5, 50), (10, 100), (40, 100)])
def test_what_the_plan_wants_by_a_day(day, percent):
    assert expected([task(0, 5), task(5, 5)], MONDAY + day * DAY) == percent


def test_late_is_what_should_have_begun_or_ended():
    assert is_late(task(0, 2), MONDAY + DAY) and not is_late(task(0, 2), MONDAY)
    assert not is_late(task(0, 3, 50, begun=MONDAY), MONDAY + 2 * DAY) and is_late(task(0, 3, 50, begun=MONDAY), MONDAY + 3 * DAY)
    assert not is_late(task(0, 3, 100, begun=MONDAY, done=MONDAY + 9 * DAY), MONDAY + 20 * DAY)


def test_bars_lie_in_the_span_of_the_plan():
    tasks = [task(0, 5), task(5, 15)]
    span = span_of(tasks)
    assert [bar_of(one, span) for one in tasks] == [(0, 25), (25, 75)]
