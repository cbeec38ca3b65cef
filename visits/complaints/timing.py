"""When a complaint's next step is due: so many working hours, or the end of a day."""

import datetime
from zoneinfo import ZoneInfo

from conduct.base.days import day_bounds
from conduct.base.errors import DomainError
from conduct.company.queries import company
from conduct.workdays.arithmetic import NoWorkingTime, deadline
from conduct.workdays.queries import standard_calendar
from conduct.workdays.words import no_time


def after_hours(start, hours):
    """The moment `hours` of the company's working time after `start`. Raises DomainError when the calendar leaves none."""
    try:
        return deadline(start.astimezone(ZoneInfo(company().time_zone)), hours * 60, standard_calendar()).at
    except NoWorkingTime as error:
        raise DomainError(no_time(error)) from error


def end_of(day):
    """The last minute of a day where the company is."""
    return day_bounds(day, company().time_zone)[1] - datetime.timedelta(minutes=1)


def in_words(moment):
    return f"{moment.astimezone(ZoneInfo(company().time_zone)):%Y-%m-%d %H:%M}"
