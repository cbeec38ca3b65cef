import datetime

import pytest

from visits.schedule.access_hours import WORKDAYS, Window, admits, read

MONDAY = datetime.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("工作日 8:00-18:00", (Window(WORKDAYS, 480, 1080),)),
        ("周一至周五 9：00至17：30", (Window(frozenset(range(5)), 540, 1050),)),
        ("Mon-Fri 9:00-17:00; Sat 9:00-12:00", (Window(frozenset(range(5)), 540, 1020), Window(frozenset([5]), 540, 720))),
        ("周六、周日 10:00-16:00", (Window(frozenset([5, 6]), 600, 960),)),
        ("全天，需提前登记", (Window(frozenset(range(7))),)),
        ("每天 0:00-24:00", (Window(frozenset(range(7)), 0, 1440),)),
        ("Sat to Mon 08:00-12:00", (Window(frozenset([5, 6, 0]), 480, 720),)),
        ("", None),
        ("请先打电话", None),
        ("18:00-8:00", None),
        ("工作日 8:00-18:00; 电话联系", None),
    ],
)
def test_words_of_a_door(text, windows):
    assert read(text) == windows


@pytest.mark.parametrize(
    ("day", "start", "end", "lets_in"),
    [
        (0, "08:00", "18:00", True), (0, "07:59", "09:00", False), (0, "17:00", "18:01", False),
        (5, "09:00", "10:00", False), (4, "17:59", "18:00", True),
    ],
)  # fmt: skip
def test_a_working_day_from_eight_to_six(day, start, end, lets_in):
    on = MONDAY + datetime.timedelta(days=day)
    times = [datetime.datetime.combine(on, datetime.time.fromisoformat(text)) for text in (start, end)]

    assert admits(read("工作日 8:00-18:00"), *times, lambda date: date.weekday() < 5) is lets_in


def test_a_visit_of_several_days_comes_and_goes_within_the_hours():
    windows, workday = read("工作日 8:00-18:00"), lambda date: date.weekday() < 5
    start = datetime.datetime.combine(MONDAY, datetime.time(9))

    assert admits(windows, start, start + datetime.timedelta(days=2, hours=8), workday)
    assert not admits(windows, start, start + datetime.timedelta(days=2, hours=10), workday)


def test_until_midnight_is_within_an_open_day():
    late = datetime.datetime.combine(MONDAY, datetime.time(22))
    assert admits(read("全天"), late, late + datetime.timedelta(hours=2), lambda date: True)
