"""When something has to be ready, and how loud it is about it. Pure; days are dates."""

import datetime

from conduct.workdays.arithmetic import shift_days


def due_day(starts_on, days, calendar, *, in_working_days):
    """The last day on which it is in time: `days` before `starts_on`, and always a day on which somebody works.

    Counted in working days, or in calendar days and then back to the last working day. Raises NoWorkingTime.
    """
    if in_working_days:
        return shift_days(starts_on, -days, calendar)
    return shift_days(starts_on - datetime.timedelta(days=days), 0, calendar)


def unofficial_years(due_on, starts_on, calendar):
    """The years between whose public holidays nobody knows yet."""
    return [year for year in range(due_on.year, starts_on.year + 1) if not calendar.is_official(year)]


def urgency(due_on, today, warn_days, calendar):
    """ "late" after the day, "soon" from `warn_days` working days before it on, else ""."""
    if today > due_on:
        return "late"
    return "soon" if today >= shift_days(due_on, -warn_days, calendar) else ""
