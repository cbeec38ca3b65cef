import datetime
from dataclasses import dataclass

from conduct.people.access import Permission, sees_all
from conduct.workdays.queries import standard_calendar

from .models import PlanDay, RecurringPlan
from .occurrences import FAR, nominal_days, settle
from .states import PlanState

DAY = datetime.timedelta(days=1)
LATE = 7 * DAY  # a visit that is a week late is still worth an order, an older one is not
AHEAD = 400 * DAY


@dataclass(frozen=True)
class Coming:
    """A day of a plan that nobody dealt with yet. `why` names the holiday that moved it; `sure` says whether it is known."""

    nominal: datetime.date
    day: datetime.date | None
    why: str = ""
    sure: bool = True


def plans_for(user):
    """The recurring plans, for everybody who sees all orders."""
    rows = RecurringPlan.objects.select_related("site__customer", "contact", "created_by")
    return rows if sees_all(user, Permission.SEE_ORDERS) else rows.none()


def to_look_at(day):
    """Running plans that nobody has looked through on `day`."""
    rows = RecurringPlan.objects.filter(state=PlanState.ACTIVE)
    return rows.exclude(looked_on__gte=day).order_by("pk")


def coming(plan, today, until):
    """The plan's days up to `until` that nobody dealt with, in the order of its rhythm."""
    last = min(until + FAR * DAY, plan.last_on) if plan.last_on else until + FAR * DAY
    done = list(PlanDay.objects.filter(plan=plan).values_list("nominal", "day"))
    begin = max([plan.first_on, plan.active_from - FAR * DAY, *(nominal + DAY for nominal, _day in done)])
    days = nominal_days(plan.rhythm, plan.interval, plan.first_on, begin, last)
    calendar = standard_calendar(customer=plan.site.customer, zone=plan.site.time_zone, first=begin - FAR * DAY, last=last + FAR * DAY)
    settled = settle(days, calendar.works_on, plan.holidays, {day for _nominal, day in done if day})
    found = [Coming(day, to, "" if to == day else calendar.day(day).name, calendar.is_official(day.year)) for day, to in settled.items()]
    return [row for row in found if (row.day or row.nominal) >= plan.active_from and (row.day or row.nominal) <= until]


def next_days(plan, today, most=6):
    """The next days of a plan that was not ended, for its page."""
    if plan.state == PlanState.ENDED:
        return []
    return [row for row in coming(plan, today, today + AHEAD) if (row.day or row.nominal) >= today][:most]
