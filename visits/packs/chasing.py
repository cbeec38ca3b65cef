"""Telling people about packs: what is still open before the day, and what has not arrived after it."""

from django.db import transaction
from django.urls import reverse

from conduct.base.days import day_of
from conduct.company.queries import company
from conduct.notices.actions import tell
from conduct.people.access import Permission, Role
from conduct.people.models import Staff
from conduct.workdays.arithmetic import shift_days
from conduct.workdays.queries import standard_calendar

from .missing import hours_of, times_missing
from .queries import missing_before, next_days, open_matters, policy

BEFORE = 3


@transaction.atomic
def chase(*, at):
    """Tell whoever looks after packs of each one that has not arrived when its days of grace are over, once."""
    today, rule = day_of(at, company().time_zone), policy()
    if not rule.first_month:
        return
    latest = shift_days(today, -rule.grace_days, standard_calendar())
    keepers = [person for person in _holders((Role.MANAGER, Role.STOREKEEPER)) if person.may(Permission.EDIT_PACKS)]
    for pack in missing_before(latest):
        facts = {"month": pack.month, "whose": str(pack.staff or pack.department)}
        tell(
            to=keepers,
            code="pack.missing",
            url=pack.get_absolute_url(),
            about=pack.number,
            once=f"{pack.number}-missing",
            at=at,
            **facts,
        )


@transaction.atomic
def remind(*, at):
    """From three working days before the day on, tell everybody whose records of the month are not signed yet or whose times of the clock
    are missing, once."""
    ours, rule = company(), policy()
    today = day_of(at, ours.time_zone)
    month, day = next_days(today, rule, count=1)[0]
    if not rule.first_month or month < rule.first_month or today < shift_days(day, -BEFORE, standard_calendar()):
        return
    _remind_of_times(month, day, at)
    for person in Staff.objects.filter(is_active=True, engineer__isnull=False):
        count = open_matters(person, month, ours.time_zone).filter(planned_end__lt=at).count()
        if count:
            facts = {"month": month, "day": day.isoformat(), "count": count}
            once = f"pack-{month}-{person.username}"
            tell(to=person, code="pack.open_matters", url=reverse("schedule:list"), about=month, once=once, at=at, **facts)


def _remind_of_times(month, day, at):
    """Tell everybody on which days of the month a time of the clock is missing, once."""
    people = list(Staff.objects.filter(is_active=True))
    hours = hours_of(people, month, at)
    for person in people:
        days = [gap["about"][8:] for gap in times_missing(person, hours.get(person.pk, ()))]
        if days:
            facts = {"month": month, "day": day.isoformat(), "days": ", ".join(days)}
            url, once = reverse("attendance:month", args=[month]), f"pack-times-{month}-{person.username}"
            tell(to=person, code="pack.open_times", url=url, about=month, once=once, at=at, **facts)


def _holders(roles):
    return Staff.objects.filter(is_active=True, staff_roles__role__in=roles).distinct()
