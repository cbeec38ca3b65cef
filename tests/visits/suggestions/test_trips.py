"""Return or go on? Liu of Hangzhou has work in Nanjing and Shanghai."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from visits.schedule.conflicts import Booking
from visits.suggestions.trips import nights_away, trips, ways
from visits.travel.times import Travel

ZONE = ZoneInfo("Asia/Shanghai")
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
NINE = datetime.datetime(2026, 11, 24, 9, tzinfo=ZONE)
TRAVEL = Travel({("杭州", "南京"): 150, ("杭州", "上海"): 80, ("南京", "上海"): 120})


def visit(number, city, start, hours=3):
    return Booking(number, start, start + hours * HOUR, city)


def test_visits_away_are_chained_until_home_or_a_long_gap():
    first, second = visit("V-1", "南京", NINE), visit("V-2", "上海", NINE + DAY)
    home, later = visit("V-3", "杭州", NINE + 2 * DAY), visit("V-4", "南京", NINE + 3 * DAY, hours=30)

    assert trips([home, second, first, later], "杭州", ZONE) == [[first, second], [later]]
    assert trips([first], "杭州", ZONE) == []
    assert trips([first, visit("V-5", "上海", NINE + 9 * DAY)], "杭州", ZONE) == []


@pytest.mark.parametrize(
    ("gap", "can_return", "advice"),
    [(4 * HOUR, True, "go_on"), (2 * HOUR, False, "go_on"), (21 * HOUR, True, "return"), (12 * HOUR, False, "go_on")],
)
def test_a_night_at_home_is_worth_some_travel(gap, can_return, advice):
    first = visit("V-1", "南京", NINE)
    (way,) = ways([first, visit("V-2", "上海", first.end + gap)], "杭州", ZONE, TRAVEL)
    assert (way.go_on, way.back, way.can_return, way.advice) == (120, 230, can_return, advice)


def test_without_a_travel_time_nothing_is_advised():
    (way,) = ways([visit("V-1", "合肥", NINE), visit("V-2", "上海", NINE + DAY)], "杭州", ZONE, TRAVEL)
    assert way.back is None and way.advice == ""


def test_nights_away_are_those_of_the_visits_and_those_not_spent_at_home():
    chain = [visit("V-1", "南京", NINE, hours=32), visit("V-2", "上海", NINE + 3 * DAY)]
    assert nights_away(chain, {}, ZONE) == 3
    assert nights_away(chain, {"V-1": "go_on"}, ZONE) == 3
    assert nights_away(chain, {"V-1": "return"}, ZONE) == 1
