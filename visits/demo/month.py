"""The demo's closed months."""

import datetime

from visits.statistics.actions import close_month
from visits.statistics.months import name, shifted

CLOSED = 4


def close_months(*, manager, today, zone):
    """The manager closed the months up to the last one, each on the second day of the next at half past nine."""
    for back in range(CLOSED, 0, -1):
        first = shifted(today.replace(day=1), -back)
        day = shifted(first, 1) + datetime.timedelta(days=1)
        at = datetime.datetime.combine(min(day, today), datetime.time(9, 30), zone)
        close_month(month=name(first), by=manager, at=at)
