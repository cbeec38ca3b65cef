"""A day and a month from presses, leave and the calendar: pure."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from conduct.attendance.sheet import Off, Press, day_sheet, totals
from conduct.workdays.calendar import Calendar, DayKind, Special, parse_hours

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = parse_hours("9-12, 13-18")
OFFICE = Calendar(
    "Asia/Shanghai", (HOURS,) * 5 + ((), ()), {datetime.date(2026, 11, 26): Special(DayKind.OWN_HOURS, HOURS[:1], "half")}
)
WEDNESDAY, HALF_DAY, SATURDAY = (datetime.date(2026, 11, day) for day in (25, 26, 28))
LATER = datetime.datetime(2026, 12, 1, tzinfo=ZONE)


def on(day, text):
    return datetime.datetime.combine(day, datetime.time.fromisoformat(text), ZONE)


def presses(day, *texts):
    return [Press(kind, on(day, text)) for kind, text in (text.split() for text in texts)]


@pytest.mark.parametrize(
    ("day", "pressed", "flags", "worked"),
    [
        (WEDNESDAY, ["in 08:58", "out 18:01"], [], 543),
        (WEDNESDAY, ["in 09:04", "out 18:00"], [], 536),
        (WEDNESDAY, ["in 09:05", "out 18:00"], ["late"], 535),
        (WEDNESDAY, ["in 09:00", "out 17:59"], ["early"], 539),
        (WEDNESDAY, ["in 09:00"], ["no_out"], 0),
        (WEDNESDAY, ["out 18:00"], ["no_in"], 0),
        (WEDNESDAY, [], ["absent"], 0),
        (WEDNESDAY, ["in 09:00", "out 12:00", "in 13:00", "out 18:00"], [], 480),
        (WEDNESDAY, ["in 09:00", "out 12:00", "in 13:00"], ["early"], 180),
        (HALF_DAY, ["in 09:00", "out 12:00"], [], 180),
        (SATURDAY, [], [], 0),
        (SATURDAY, ["in 10:00", "out 12:00"], [], 120),
    ],
)
def test_a_day(day, pressed, flags, worked):
    found = day_sheet(day, presses(day, *pressed), (), OFFICE, now=LATER)

    assert ([str(flag) for flag in found.flags], found.worked) == (flags, worked)


def test_whole_leave_needs_no_pressing():
    leave = Off(on(WEDNESDAY, "00:00"), on(HALF_DAY, "00:00"), "annual")

    found = day_sheet(WEDNESDAY, (), [leave], OFFICE, now=LATER)

    assert (found.flags, found.off, found.off_hundredths, found.off_kinds) == ((), 480, 100, ("annual",))


def test_leave_in_the_morning_moves_the_time_of_coming():
    leave = Off(on(WEDNESDAY, "09:00"), on(WEDNESDAY, "12:00"), "personal")

    found = day_sheet(WEDNESDAY, presses(WEDNESDAY, "in 13:00", "out 18:00"), [leave], OFFICE, now=LATER)

    assert (found.flags, found.off_hundredths) == ((), 38)


def test_at_a_customers_nobody_has_to_press():
    assert day_sheet(WEDNESDAY, (), (), OFFICE, outside=True, now=LATER).flags == ()


def test_a_day_that_is_not_over_is_not_judged():
    assert day_sheet(WEDNESDAY, (), (), OFFICE, now=on(WEDNESDAY, "20:00")).flags == ()


def test_a_month_adds_up():
    days = [day_sheet(day, presses(day, *pressed), (), OFFICE, now=LATER) for day, pressed in (
        (WEDNESDAY, ["in 09:30", "out 17:00"]), (HALF_DAY, []), (SATURDAY, []))]  # fmt: skip

    assert totals(days) == {
        "planned": 660, "worked": 450, "off": 0, "off_hundredths": 0, "outside": 0, "late": 1, "early": 1, "missing": 0, "absent": 1,
    }  # fmt: skip
