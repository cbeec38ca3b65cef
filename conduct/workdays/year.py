"""A year as twelve months of weeks, each day with what it is."""

import calendar as months
import datetime

from django.utils.translation import gettext as _

from .calendar import DayKind, format_hours
from .words import name_of

KINDS = {
    DayKind.WORKDAY: "", DayKind.DAY_OFF: "off", DayKind.HOLIDAY: "holiday", DayKind.MAKEUP: "makeup", DayKind.CLOSED: "closed",
    DayKind.OWN_HOURS: "hours", DayKind.FREEZE: "freeze",
}  # fmt: skip


def months_of(days, year):
    """[(first day of the month, [[cell or None, …] a week], …]; a cell is {day, look, words}, `days` a Calendar."""
    weeks = months.Calendar().monthdatescalendar
    return [
        (
            datetime.date(year, month, 1),
            [[_cell(days, day) if day.month == month else None for day in week] for week in weeks(year, month)],
        )
        for month in range(1, 13)
    ]


def special_days(days, year):
    """[(day, kind's look, words), …] of the year's days that differ from their weekday, in order."""
    return [(day, KINDS[days.day(day).kind], words_of(days.day(day))) for day in sorted(days.special) if day.year == year]


def words_of(special):
    kinds = {
        DayKind.DAY_OFF: _("no working day"), DayKind.HOLIDAY: _("public holiday"), DayKind.MAKEUP: _("make-up day"),
        DayKind.CLOSED: _("closed"), DayKind.OWN_HOURS: _("other hours on this day"), DayKind.WORKDAY: "",
        DayKind.FREEZE: _("the customer lets nobody work"),
    }  # fmt: skip
    hours = format_hours(special.hours) if special.kind in (DayKind.OWN_HOURS, DayKind.MAKEUP) else ""
    return " · ".join(part for part in (str(kinds[special.kind]), name_of(special.name), hours) if part)


def _cell(days, day):
    special = days.day(day)
    told = special.kind not in (DayKind.WORKDAY, DayKind.DAY_OFF)
    return {"day": day, "look": KINDS[special.kind], "words": words_of(special) if told else ""}
