"""A fault that comes back: the first visit was no first-time fix, the second is a repeat; and nights away."""

import datetime
from types import SimpleNamespace

import pytest

from tests.factories import visits as make
from tests.people import SHANGHAI
from visits.orders.states import Symptom
from visits.signoff import actions as signoff
from visits.signoff.measures import comes_back, measures_of, nights_away
from visits.statistics.queries import Month

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
TEN = datetime.datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)


def at_hour(day, hour):
    return datetime.datetime(2026, 11, day, hour, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("arrived", "departed", "nights"),
    [
        (at_hour(24, 9), at_hour(24, 17), 0), (at_hour(24, 9), at_hour(24, 18), 0), (at_hour(24, 9), at_hour(24, 19), 1),
        (at_hour(24, 9), at_hour(25, 11), 1), (at_hour(24, 22), at_hour(26, 20), 3),
    ],
)  # fmt: skip
def test_nights_away(arrived, departed, nights):
    assert nights_away(arrived, departed, "Asia/Shanghai", 19) == nights
    assert nights_away(arrived.astimezone(datetime.UTC), departed.astimezone(datetime.UTC), "Asia/Shanghai", 19) == nights


@pytest.mark.parametrize(("after", "repeat"), [(0 * DAY, True), (30 * DAY, True), (30 * DAY + HOUR, False), (-HOUR, False)])
def test_how_soon_is_a_repeat(after, repeat):
    assert comes_back(TEN, TEN + after, 30) is repeat


def test_a_record_without_a_departure_counts_no_time():
    found = measures_of(
        planned=(TEN, TEN + HOUR), actual=(TEN, None), minutes=None, all_done=True, refused=True, away=True, zone="Asia/Shanghai",
        yardstick=SimpleNamespace(punctual_minutes=10, home_by=19), repeat=False, came_back=False,
    )  # fmt: skip
    kept = {name: number for name, number in found.items() if number}
    assert kept == {"closed": 1, "arrived": 1, "on_time": 1, "first_time_fix": 1, "refused": 1, "away": 1}


def figures():
    counts = Month("2026-11").counts
    return counts.get("first_time_fix", 0), counts.get("repeat", 0)


@pytest.fixture
def first(house, chen, wang, at):
    """Wang repairs a slow switch in the morning."""
    work = make.order(chen, at, symptom=Symptom.SLOW)
    visit, _sign_off = make.signed(chen, at, wang.engineer, work=work)
    assert figures() == (1, 0)
    return visit


def again(chen, at, who, place, days, **facts):
    start = at + days * DAY
    work = make.order(chen, start - HOUR, place, **facts)
    return make.signed(chen, start - HOUR, who.engineer, work=work, start=start)[0]


def test_the_same_symptom_on_the_same_equipment(first, chen, zhao, at):
    second = again(chen, at, zhao, first.site, 5, symptom=Symptom.SLOW)
    assert figures() == (0, 1)

    signoff.correct(visit=second, reason="记错了", by=chen, at=at + 6 * DAY)
    assert figures() == (1, 0)


@pytest.mark.parametrize(("days", "symptom"), [(5, Symptom.DEAD), (5, "")])
def test_another_symptom_is_another_fault(first, chen, zhao, at, days, symptom):
    again(chen, at, zhao, first.site, days, symptom=symptom)
    assert figures() == (2, 0)


def test_other_equipment_is_another_fault(first, chen, zhao, at):
    elsewhere = make.site(first.order.customer, "S-0002")
    again(chen, at, zhao, elsewhere, 5, symptom=Symptom.SLOW)
    assert figures() == (2, 0)


def test_a_second_visit_for_the_same_order_is_a_repeat(first, chen, wang, at):
    make.signed(chen, at + DAY, wang.engineer, work=first.order, start=at + DAY + HOUR)
    assert figures() == (0, 1)


def test_changing_the_order_later_does_not_rewrite_the_past(first, chen, zhao, at):
    first.order.equipment.clear()
    again(chen, at, zhao, first.site, 5, symptom=Symptom.SLOW)
    assert figures() == (0, 1)
