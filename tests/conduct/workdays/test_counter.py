"""The arithmetic equals a counter that asks every minute, on random calendars. `benchmarks/workdays.py` takes 10,000 of them."""

import datetime

from hypothesis import given, seed, settings

from conduct.workdays.arithmetic import NoWorkingTime, deadline, working_minutes

from .counter import Counter, stories

DAYS = datetime.timedelta(days=15)


def agree(story):
    calendar, start, minutes, pauses = story
    last = start.astimezone(datetime.UTC) + DAYS
    counter = Counter(calendar, pauses)
    try:
        found = deadline(start, minutes, calendar, pauses)
    except NoWorkingTime:
        assert counter.deadline(start, minutes, last) is None
        return
    expected = counter.deadline(start, minutes, last)
    # Compared in UTC: Python calls a repeated hour in autumn unequal to itself across zones.
    at = found.at and found.at.astimezone(datetime.UTC)
    if at is None or at > last:
        assert expected is None
        assert counter.count(start, last) <= minutes - found.left
    else:
        assert at == expected
        assert sum(step.minutes for step in found.steps if step.kind == "counted") == minutes
    assert working_minutes(start, start + DAYS / 3, calendar, pauses) == counter.count(start, start + DAYS / 3)


@seed(20261125)
@settings(max_examples=300, deadline=None, database=None)
@given(stories())
def test_equal_to_counting_every_minute(story):
    agree(story)
