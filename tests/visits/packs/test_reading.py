"""When a pack is due: four readings of the same sentence, on the working calendar; and what its files are called."""

import datetime

import pytest

from conduct.workdays.calendar import Calendar, DayKind, Special
from visits.packs.naming import inside, stem
from visits.packs.reading import Reading, last_day_of, pack_day

HOURS = ((540, 720), (780, 1080))
WEEK = (HOURS,) * 5 + ((),) * 2


def working(**special):
    days = {datetime.date.fromisoformat(day.strip("_").replace("_", "-")): kind for day, kind in special.items()}
    return Calendar(zone="Asia/Shanghai", week=WEEK, special=days, freezes=(), official_years=None, code="x", name="x")


@pytest.mark.parametrize(
    ("month", "reading", "day"),
    [
        ("2010-03", Reading.LAST_DAY, "2010-03-31"),  # the source's own example
        ("2010-03", Reading.DAYS, "2010-03-26"), ("2010-03", Reading.MONDAYS, "2010-03-26"), ("2010-03", Reading.ROWS, "2010-03-26"),
        ("2026-11", Reading.LAST_DAY, "2026-11-30"), ("2026-11", Reading.DAYS, "2026-11-27"),
        ("2026-11", Reading.MONDAYS, "2026-11-27"), ("2026-11", Reading.ROWS, "2026-11-20"),  # the 1st is a Sunday
        ("2026-09", Reading.MONDAYS, "2026-10-02"), ("2026-09", Reading.ROWS, "2026-09-25"),  # the 1st is a Tuesday
        ("2026-02", Reading.LAST_DAY, "2026-02-27"), ("2026-06", Reading.ROWS, "2026-06-26"),  # the 1st is a Monday
        ("2026-12", Reading.LAST_DAY, "2026-12-31"), ("2024-02", Reading.LAST_DAY, "2024-02-29"),
    ],
)  # fmt: skip
def test_the_day(month, reading, day):
    assert pack_day(datetime.date.fromisoformat(f"{month}-01"), reading, working()).isoformat() == day


def test_a_holiday_moves_the_day_forward_and_a_make_up_day_back():
    first = datetime.date(2026, 11, 1)
    assert pack_day(first, Reading.LAST_DAY, working(_2026_11_30=Special(DayKind.CLOSED, (), "停电"))).day == 27
    assert pack_day(first, Reading.DAYS, working(_2026_11_28=Special(DayKind.OWN_HOURS, HOURS, "补班"))).day == 28


@pytest.mark.parametrize("place", range(120))
def test_every_reading_lies_near_the_end_of_its_month(place):
    first = datetime.date(2020 + place // 12, place % 12 + 1, 1)
    for reading in Reading:
        assert datetime.timedelta(20) <= last_day_of(first, reading) - first <= datetime.timedelta(33)


def test_names_are_date_department_person():
    day = datetime.date(2010, 3, 31)
    assert stem(day, "技术部", "王磊") == "2010-03-31技术部王磊" and stem(day, "", "王/磊") == "2010-03-31王磊"


def test_names_inside_a_zip_never_collide():
    taken = set()
    assert [inside(name, taken) for name in ("a.jpg", "A.JPG", "../a.jpg", "", "x")] == [
        "a.jpg",
        "A-2.JPG",
        "a-3.jpg",
        "file",
        "x",
    ]
