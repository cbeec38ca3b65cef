"""Hours, days and flags in words; the same on the page and in the spreadsheet."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from conduct.workdays.calendar import DayKind

from .sheet import Flag
from .states import LeaveKind

FLAGS = {
    Flag.LATE: pgettext_lazy("attendance", "late"),
    Flag.EARLY: pgettext_lazy("attendance", "left early"),
    Flag.NO_IN: gettext_lazy("not clocked in"),
    Flag.NO_OUT: gettext_lazy("not clocked out"),
    Flag.ABSENT: gettext_lazy("absent"),
}
DAYS = {
    DayKind.WORKDAY: "",
    DayKind.DAY_OFF: gettext_lazy("no working day"),
    DayKind.HOLIDAY: gettext_lazy("public holiday"),
    DayKind.MAKEUP: gettext_lazy("make-up day"),
    DayKind.CLOSED: gettext_lazy("closed"),
    DayKind.OWN_HOURS: gettext_lazy("other hours on this day"),
    DayKind.FREEZE: gettext_lazy("closed"),
}


def hours(minutes):
    """ "7:45"; empty for none."""
    return f"{minutes // 60}:{minutes % 60:02d}" if minutes else ""


def days(hundredths):
    """ "2.5" of 250; empty for none."""
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".") if hundredths else ""


def figures(sums):
    """A month's totals as they stand in the row of a person; empty for none."""
    counts = [sums[name] or "" for name in ("outside", "late", "early", "missing", "absent")]
    return [hours(sums["planned"]), hours(sums["worked"]), days(sums["off_hundredths"]), *counts]


def clock(moment, zone):
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}" if moment else ""


def notes(day):
    """What there is to say of a sheet.Day, in one line."""
    said = [str(DAYS[DayKind(day.kind)])]
    said += [f"{LeaveKind(kind).label} {days(day.off_hundredths)}" for kind in day.off_kinds[:1] if day.off]
    said += [str(LeaveKind(kind).label) for kind in day.off_kinds[1:]]
    said += [_("at a customer's")] if day.outside else []
    said += [_("entered later")] if day.later else []
    return ", ".join(part for part in said if part)


def flags(day):
    return [(flag.value, str(FLAGS[flag])) for flag in day.flags]
