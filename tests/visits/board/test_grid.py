"""Places on the board: the hour that was dropped on is the hour that is meant, in any zone and on any day."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from visits.board.grid import SCALES, Grid, lanes, shifted

HOUR = datetime.timedelta(hours=1)
ZONES = ["UTC", "Asia/Shanghai", "Europe/Paris"]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25", "2026-11-24"])
def test_a_drop_on_the_last_hour_stays_on_its_day(zone, day):
    grid = Grid(SCALES["day"], datetime.date.fromisoformat(day), zone)

    dropped = grid.moment(23 * 60)

    assert dropped.astimezone(ZoneInfo(zone)).isoformat().startswith(f"{day}T23:00")
    assert grid.minute(dropped) == 23 * 60
    assert grid.columns(23 * 60, 24 * 60) == (92, 96)


@pytest.mark.parametrize("minute", [0, 60, 9 * 60, 23 * 60 + 45])
@pytest.mark.parametrize("zone", ZONES)
def test_a_place_is_the_moment_and_back(zone, minute):
    grid = Grid(SCALES["fortnight"], datetime.date(2026, 3, 23), zone)
    for day in range(14):
        assert grid.minute(grid.moment(day * 1440 + minute)) == day * 1440 + minute


def test_the_hour_that_the_clock_skips_is_the_one_after():
    grid = Grid(SCALES["day"], datetime.date(2026, 3, 29), "Europe/Paris")
    assert grid.moment(150).isoformat() == "2026-03-29T03:30:00+02:00"


def test_what_reaches_beyond_the_board_is_cut_and_what_lies_outside_is_not_shown():
    grid = Grid(SCALES["week"], datetime.date(2026, 11, 23), "Asia/Shanghai")
    assert grid.columns(-300, 1440) == (0, 1)
    assert grid.columns(6 * 1440 + 600, 9 * 1440) == (6, 7)
    assert grid.columns(-300, 0) is None and grid.columns(7 * 1440, 7 * 1440 + 60) is None


def test_lanes_are_filled_from_the_top():
    assert lanes([(0, 4), (1, 2), (2, 3), (3, 9), (4, 5)]) == ([0, 1, 1, 1, 0], 2)
    assert lanes([]) == ([], 0)


@pytest.mark.parametrize("zone", ZONES)
def test_a_visit_of_several_days_keeps_its_end_of_the_day(zone):
    area = ZoneInfo(zone)
    start, end = datetime.datetime(2026, 10, 22, 9, tzinfo=area), datetime.datetime(2026, 10, 24, 17, tzinfo=area)

    moved = shifted(start, end, datetime.datetime(2026, 10, 23, 10, tzinfo=area), zone)

    assert moved.isoformat()[:16] == "2026-10-25T18:00"
