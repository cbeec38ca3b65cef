import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from conduct.base.days import day_bounds, month_bounds, month_days
from conduct.people.access import Permission, sees_all
from conduct.people.models import Engineer, Staff
from conduct.workdays.arithmetic import working_minutes
from conduct.workdays.calendar import minutes_a_day
from conduct.workdays.queries import standard_calendar

from . import engagements
from .models import ClockEntry, Leave
from .sheet import Off, Press, day_sheet
from .states import LeaveState


def away(staff, start, end):
    """The approved leaves of this person anywhere in [start, end). One query."""
    return Leave.objects.filter(staff=staff, state=LeaveState.APPROVED, start__lt=end, end__gt=start).order_by("start")


def away_between(staff_ids, start, end):
    """The approved leaves of several people anywhere in [start, end), for boards. One query."""
    return Leave.objects.filter(staff__in=staff_ids, state=LeaveState.APPROVED, start__lt=end, end__gt=start).order_by("start")


def _of(user, prefix=""):
    """Oneself, and whoever one leads."""
    return Q(**{f"{prefix}pk": user.pk}) | Q(**{f"{prefix}line_manager": user}) | Q(**{f"{prefix}department__head": user})


def people_for(user):
    """The people whose hours and leave this person may see."""
    people = Staff.objects.filter(is_active=True).select_related("department").order_by("name", "pk")
    if sees_all(user, Permission.SEE_ATTENDANCE):
        return people
    return people.filter(_of(user)).distinct() if user.may(Permission.SEE_ATTENDANCE) else people.none()


def leaves_for(user):
    leaves = Leave.objects.select_related("staff", "site__customer")
    if sees_all(user, Permission.SEE_ATTENDANCE):
        return leaves
    return leaves.filter(_of(user, "staff__")) if user.may(Permission.SEE_ATTENDANCE) else leaves.none()


def standing_leaves(staff, start, end):
    """Leaves asked for or approved anywhere in [start, end)."""
    return Leave.objects.filter(staff=staff, state__in=LeaveState.STANDING, start__lt=end, end__gt=start)


def entries_of_day(staff, day, zone):
    """The entries that count on one day, oldest first."""
    begin, end = day_bounds(day, zone)
    return ClockEntry.objects.filter(staff=staff, at__gte=begin, at__lt=end, struck_at=None).order_by("at", "pk")


def entries_of_month(staff, month, zone):
    """Every entry of a month, struck ones too."""
    begin, end = month_bounds(month, zone)
    return ClockEntry.objects.filter(staff=staff, at__gte=begin, at__lt=end).select_related("struck_by").order_by("at", "pk")


def sheets(people, month, now):
    """{staff's key: [sheet.Day, … of the whole month]}; contractors need not press. Eight queries for any number of people."""
    first, after = month_days(month)
    calendar = standard_calendar(first=first, last=after)
    begin, end = month_bounds(month, calendar.zone)
    keys = [person.pk for person in people]
    presses, offs = _presses(keys, begin, end), _offs(keys, begin, end)
    outside = engagements.between(keys, begin, end)
    contractors = set(
        Engineer.objects.filter(staff__in=keys, standing=Engineer.Standing.OUTSTATION).values_list("staff", flat=True)
    )
    days = [first.replace(day=number) for number in range(1, (after - first).days + 1)]
    bounds = {day: day_bounds(day, calendar.zone) for day in days}
    return {
        key: [
            day_sheet(
                day, presses.get(key, ()), offs.get(key, ()), calendar, now=now, obliged=key not in contractors,
                outside=any(one.start < bounds[day][1] and one.end > bounds[day][0] for one in outside.get(key, ())),
            )
            for day in days
        ]
        for key in keys
    }  # fmt: skip


def leave_minutes(start, end):
    """The working minutes of the standard calendar in [start, end)."""
    return working_minutes(start, end, standard_calendar(first=start.date(), last=end.date()))


def leave_by_month(leave):
    """{"2026-11": hundredths of a working day} of a leave."""
    calendar = standard_calendar(first=leave.start.date(), last=leave.end.date())
    found = {}
    off = [Off(leave.start, leave.end, leave.kind)]
    for day in _days(leave, calendar.zone):
        if minutes_a_day(calendar.hours(day)):
            share = day_sheet(day, (), off, calendar, now=leave.start).off_hundredths
            found[f"{day:%Y-%m}"] = found.get(f"{day:%Y-%m}", 0) + share
    return found


def _days(leave, zone):
    day, last = (moment.astimezone(ZoneInfo(zone)).date() for moment in (leave.start, leave.end))
    while day <= last:
        yield day
        day += datetime.timedelta(days=1)


def _presses(keys, begin, end):
    rows = ClockEntry.objects.filter(staff__in=keys, at__gte=begin, at__lt=end, struck_at=None)
    found = {}
    for key, kind, at, reason in rows.values_list("staff", "kind", "at", "reason"):
        found.setdefault(key, []).append(Press(kind, at, bool(reason)))
    return found


def _offs(keys, begin, end):
    found = {}
    for key, start, until, kind in away_between(keys, begin, end).values_list("staff", "start", "end", "kind"):
        found.setdefault(key, []).append(Off(start, until, kind))
    return found
