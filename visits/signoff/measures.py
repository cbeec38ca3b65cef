"""What a closed record adds to the month. Pure: no ORM, no clock."""

import datetime
from zoneinfo import ZoneInfo

DAY = datetime.timedelta(days=1)


def measures_of(*, planned, actual, minutes, all_done, refused, away, zone, yardstick, repeat, came_back):
    """{measure: value} of one closed record.

    `planned` and `actual` are (start, end), aware, actual ones None where not known; `yardstick` has punctual_minutes and
    home_by; `repeat`: this visit came for a fault that another had left behind; `came_back`: another had to come after it.
    """
    arrived, departed = actual
    timed = bool(arrived and departed)
    nights = nights_away(arrived, departed, zone, yardstick.home_by) if away and timed else 0
    return {
        "closed": 1,
        "arrived": int(bool(arrived)),
        "on_time": int(bool(arrived) and arrived <= planned[0] + datetime.timedelta(minutes=yardstick.punctual_minutes)),
        "first_time_fix": int(all_done and not repeat and not came_back),
        "repeat": int(repeat),
        "timed": int(timed),
        "minutes": (minutes or 0) if timed else 0,
        "planned_minutes": int((planned[1] - planned[0]).total_seconds() // 60) if timed else 0,
        "signed": int(not refused),
        "refused": int(refused),
        "away": int(away),
        "nights": nights,
        "weekend": int(bool(arrived) and arrived.astimezone(ZoneInfo(zone)).weekday() >= 5),
    }


def nights_away(arrived, departed, zone, home_by):
    """Midnights spent at the place, and one more when the departure is at `home_by` o'clock or later."""
    came, went = arrived.astimezone(ZoneInfo(zone)), departed.astimezone(ZoneInfo(zone))
    return (went.date() - came.date()).days + int(went.hour >= home_by)


def comes_back(first_departed, then_arrived, days):
    """Is the second visit a repeat of the first: at most `days` times 24 hours after its departure?"""
    return datetime.timedelta() <= then_arrived - first_departed <= days * DAY
