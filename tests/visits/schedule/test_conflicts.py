"""What speaks against a place, as truth tables. Wang of Nanjing, a school in Nanjing, Tuesday 2026-11-24."""

import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from visits.schedule.access_hours import read
from visits.schedule.conflict_words import KINDS
from visits.schedule.conflicts import HARD, SOFT, Booking, Job, Person, World, conflicts, cost, minutes_by_day, third_weekend
from visits.travel.times import Travel

SHANGHAI, PARIS, UTC = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Paris"), datetime.UTC
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
NINE = datetime.datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)
WORLD = World(travel=Travel({("南京", "上海"): 120, ("武汉", "南京"): 200}), at=NINE - 10 * DAY)
SCHOOL = Job(city="南京", zone="Asia/Shanghai")
WANG = Person(home="南京")


def codes(job=SCHOOL, person=WANG, start=NINE, hours=2, world=WORLD):
    return [conflict.code for conflict in conflicts(job, person, start, start + hours * HOUR, world)]


def busy(start, hours=2, city="南京", blocks=True):
    return Booking("V-2026-000007", start, start + hours * HOUR, city, blocks, "一中")


def test_nothing_speaks_against_a_morning_at_home():
    assert codes() == []


def test_every_code_is_hard_or_soft():
    assert not set(HARD) & set(SOFT)
    assert set(KINDS) == set(SOFT)  # and a soft one has a name under which it is counted


@pytest.mark.parametrize(
    ("hours_from_nine", "overlaps"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_half_open_times_touch_and_do_not_overlap(hours_from_nine, overlaps):
    person = replace(WANG, bookings=(busy(NINE + hours_from_nine * HOUR),))
    assert ("overlap" in codes(person=person)) is overlaps


def test_a_visit_that_is_over_blocks_nobody():
    assert codes(person=replace(WANG, bookings=(busy(NINE, blocks=False),))) == []


def test_a_whole_day_of_leave_against_two_hours():
    day_off = (NINE.replace(hour=0), NINE.replace(hour=0) + DAY, "年假")
    assert codes(person=replace(WANG, absences=(day_off,))) == ["leave"]
    assert codes(person=replace(WANG, absences=(day_off,)), start=NINE + DAY) == []


def test_barred_until_a_day_means_that_day_too():
    until = replace(WANG, barred_until=datetime.date(2026, 11, 24))
    assert codes(person=until) == ["barred"]
    assert codes(person=until, start=NINE + DAY) == []


@pytest.mark.parametrize(
    ("certificates", "missing"),
    [
        ({}, True), ({"供配电": None}, False), ({"供配电": datetime.date(2026, 11, 24)}, False),
        ({"供配电": datetime.date(2026, 11, 23)}, True), ({"网络": None}, True),
    ],
)  # fmt: skip
def test_a_required_certificate_holds_on_the_last_day(certificates, missing):
    job = replace(SCHOOL, certified=frozenset(["供配电"]))
    assert ("certificate" in codes(job, replace(WANG, certificates=certificates))) is missing


def test_the_sites_hours_the_permit_and_the_change_window_close_the_place():
    opens = replace(SCHOOL, access=read("工作日 10:00-18:00"))
    permit = replace(SCHOOL, permit=(NINE - DAY, NINE + HOUR))
    early = replace(SCHOOL, permit=(NINE + HOUR, None))
    window = replace(SCHOOL, change=(NINE + HOUR, NINE + 4 * HOUR))

    assert codes(opens) == ["access_hours"] and codes(opens, start=NINE + HOUR) == []
    assert codes(permit) == ["permit_until"] and codes(permit, hours=1) == []
    assert codes(early) == ["permit_from"]
    assert codes(window) == ["change_window"] and codes(window, start=NINE + HOUR) == []


def test_capacity_0_is_not_unlimited():
    assert codes(person=replace(WANG, capacity=0)) == ["no_capacity"]
    assert codes(person=replace(WANG, capacity=120)) == []
    assert codes(person=replace(WANG, capacity=119)) == ["hours"]
    assert codes(person=replace(WANG, capacity=None), hours=8) == []
    assert codes(person=replace(WANG, capacity=None), hours=9) == ["hours"]


def test_the_way_from_the_visit_before_and_to_the_one_after():
    person = replace(WANG, bookings=(busy(NINE - 3 * HOUR, city="上海"), busy(NINE + 3 * HOUR, city="苏州")))
    found = conflicts(SCHOOL, person, NINE, NINE + 2 * HOUR, WORLD)

    ways = [(conflict.facts["origin"], conflict.facts["minutes"], conflict.cost) for conflict in found]
    assert ways == [("南京", None, 180), ("上海", 120, 60)]


def test_far_from_home_by_the_table_either_way():
    in_wuhan = replace(SCHOOL, city="武汉")
    assert codes(in_wuhan) == ["far"]
    assert cost(conflicts(in_wuhan, WANG, NINE, NINE + HOUR, WORLD)) == 200
    assert codes(replace(SCHOOL, city="上海")) == []


@pytest.mark.parametrize(
    ("worked", "third"), [((14, 7), True), ((14,), False), ((14, 28), True), ((28, 35), True), ((7, 28), False), ((), False)]
)
def test_the_third_weekend_in_a_row(worked, third):
    first = datetime.date(2026, 11, 21)
    weekends = frozenset(datetime.date(2026, 11, 1) + (days - 1) * DAY for days in worked)
    sunday = datetime.datetime.combine(first + DAY, datetime.time(9))
    assert third_weekend(weekends, sunday, sunday + HOUR) is third
    assert not third_weekend(weekends, sunday + DAY, sunday + DAY + HOUR)


def test_declined_within_a_day():
    assert codes(person=replace(WANG, declined_at=WORLD.at - 23 * HOUR)) == ["declined"]
    assert codes(person=replace(WANG, declined_at=WORLD.at - 24 * HOUR)) == []


def test_hard_ones_come_first_and_dear_ones_before_cheap_ones():
    job = replace(SCHOOL, city="武汉", skills=frozenset(["存储"]), wanted=(NINE + HOUR, None))
    person = replace(WANG, capacity=0)
    assert codes(job, person) == ["no_capacity", "skill", "far", "wanted"]


@pytest.mark.parametrize("zone", [SHANGHAI, PARIS, UTC])
@pytest.mark.parametrize("day", ["2026-03-28", "2026-03-29", "2026-10-25", "2026-11-24"])
def test_the_last_hour_of_a_day_belongs_to_that_day(zone, day):
    start = datetime.datetime.fromisoformat(f"{day}T23:00").replace(tzinfo=zone)
    assert minutes_by_day(start, (start.astimezone(UTC) + HOUR).astimezone(zone), 480) == {start.date(): 60}


@pytest.mark.parametrize(("day", "minutes"), [("2026-03-29", 23 * 60), ("2026-10-25", 25 * 60), ("2026-10-26", 24 * 60)])
def test_days_of_the_clock_change_are_shorter_or_longer(day, minutes):
    start = datetime.datetime.fromisoformat(day).replace(tzinfo=PARIS)
    assert minutes_by_day(start, start + DAY, 1440) == {start.date(): minutes}


def test_a_day_of_a_visit_over_several_days_is_a_working_day():
    assert list(minutes_by_day(NINE, NINE + 2 * DAY + 8 * HOUR, 480).values()) == [480, 480, 480]
