"""What a person should look at in a calendar: findings as (level, text), the serious ones first."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .calendar import DayKind, format_hours, minutes_a_day
from .models import OfficialDay

WEEK = 40 * 60
WITHOUT_A_BREAK = 6 * 60
# China's notices of the last years have between 26 and 34 days off.
FEWEST_HOLIDAYS = 7
A_MONDAY = datetime.date(2026, 11, 2)


def findings(calendar, days, today):
    """`calendar` is a row of WorkCalendar, `days` its value, `today` a date. [(level, text), …]; level is a colour's name."""
    found = list(_years(calendar, days, today)) + list(_makeup(calendar, days)) + list(_own(calendar, days))
    found += list(_week(days))
    return sorted(found, key=lambda finding: ["danger", "warning", "info"].index(finding[0]))


def _years(calendar, days, today):
    if not calendar.country:
        yield "info", _("No public holidays are observed: each weekday is like every other.")
        return
    for year in (today.year, today.year + 1):
        if not days.is_official(year):
            level = "danger" if year == today.year else "warning"
            text = _(
                "%(year)s has no official calendar yet. Its days count by their weekday; deadlines that reach it are marked."
            )
            yield level, text % {"year": year}
    for year in sorted(days.official_years):
        holidays = sum(day.year == year and special.kind == DayKind.HOLIDAY for day, special in days.special.items())
        if holidays < FEWEST_HOLIDAYS:
            yield (
                "warning",
                _("%(year)s has only %(count)d public holidays. Is the list complete?") % {"year": year, "count": holidays},
            )


def _makeup(calendar, days):
    if calendar.country and not calendar.makeup:
        yield "warning", _("Make-up days have no hours, so nobody works on them.")
    for day, special in sorted(days.special.items()):
        if special.kind == DayKind.MAKEUP and days.week[day.weekday()]:
            yield "warning", _("%(day)s is a make-up day, but its weekday is worked anyway.") % {"day": day}


def _own(calendar, days):
    official = {day.day: day for day in OfficialDay.objects.filter(year__country=calendar.country, day__in=_own_dates(days))}
    for day in sorted(official):
        facts = {"day": day, "own": days.special[day].name, "official": official[day].get_kind_display()}
        yield "info", _("%(day)s: “%(own)s” outweighs the %(official)s.") % facts


def _own_dates(days):
    return [day for day, special in days.special.items() if special.kind in (DayKind.OWN_HOURS, DayKind.CLOSED)]


def _week(days):
    total = sum(minutes_a_day(hours) for hours in days.week)
    if total > WEEK:
        yield "info", _("%(hours)s hours a week, more than 40.") % {"hours": f"{total / 60:g}"}
    for weekday, hours in enumerate(days.week):
        long = [span for span in hours if span[1] - span[0] > WITHOUT_A_BREAK]
        if long:
            yield (
                "info",
                _("%(weekday)s: %(hours)s without a break.")
                % {"weekday": weekday_names(weekday)[0], "hours": format_hours(long)},
            )


def weekday_names(weekday):
    """(name, a sign or two for the head of a column); 0 is Monday."""
    name = date_format(A_MONDAY + datetime.timedelta(days=weekday), "l")
    return name, name[:2] if name.isascii() else name[-1]
