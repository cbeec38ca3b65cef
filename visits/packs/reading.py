"""The day on which a month's packs are due. Pure.

"The last working day of the fourth week" has several readings; the source's own example (2010-03-31) is none of them but
the last working day of the month. Which one holds is the company's choice.
"""

import calendar
import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.workdays.arithmetic import shift_days


class Reading(models.TextChoices):
    LAST_DAY = "last_day", _("last working day of the month")
    DAYS = "days", _("last working day of the 22nd to the 28th")
    MONDAYS = "mondays", _("last working day of the fourth week that begins with a Monday of the month")
    ROWS = "rows", _("last working day of the fourth row of the wall calendar (rows begin with Monday)")


def last_day_of(first, reading):
    """The last calendar day that the reading speaks of, for the month that begins on `first`."""
    end = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    to_monday = (7 - first.weekday()) % 7
    return {
        Reading.LAST_DAY: end,
        Reading.DAYS: first.replace(day=28),
        Reading.MONDAYS: first + datetime.timedelta(days=to_monday + 27),
        Reading.ROWS: first + datetime.timedelta(days=(to_monday or 7) + 20),
    }[reading]


def pack_day(first, reading, working):
    """The working day itself; `working` is the calendar value of conduct.workdays. The fourth Monday week may end in the
    month after, and so may its pack day."""
    return shift_days(last_day_of(first, reading), 0, working)
