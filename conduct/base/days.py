"""A day is a day in a named zone: "2026-11-24" in Shanghai and in Berlin are different 24 hours."""

import datetime
from zoneinfo import ZoneInfo

REACH = range(1970, 2200)  # years of a time that somebody types: what lies far outside has no place in every zone


def in_reach(day):
    """Whether a date or a time that somebody typed lies in years that can be planned for."""
    return day.year in REACH


def day_of(moment, zone):
    """The calendar day of an aware `moment` in `zone`, a name such as "Asia/Shanghai"."""
    return moment.astimezone(ZoneInfo(zone)).date()


def day_bounds(day, zone):
    """The half-open range of aware moments that is `day` in `zone`."""
    return _midnight(day, zone), _midnight(day + datetime.timedelta(days=1), zone)


def month_days(month):
    """First day of "2026-11" and first day of the month after. Raises ValueError on anything else."""
    first = datetime.datetime.strptime(month, "%Y-%m").date()
    return first, (first + datetime.timedelta(days=32)).replace(day=1)


def month_bounds(month, zone):
    """The half-open range of aware moments that is the month "2026-11" in `zone`."""
    first, after = month_days(month)
    return _midnight(first, zone), _midnight(after, zone)


def iso_minutes(moment, zone):
    """ "2026-11-24T09:05+08:00": how times stand in a statement and in the API."""
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")


def span(start, end, zone):
    """ "2026-11-24 09:05–11:00" on the wall of `zone`; an end on another day is told with its day."""
    start, end = start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))
    return f"{start:%Y-%m-%d %H:%M}–{end:%H:%M}" if start.date() == end.date() else f"{start:%Y-%m-%d %H:%M}–{end:%Y-%m-%d %H:%M}"


def _midnight(day, zone):
    return datetime.datetime.combine(day, datetime.time(), ZoneInfo(zone))
