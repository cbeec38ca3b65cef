"""Jobs count with the standard calendar: when it changes, somebody is asked whether their days are worked out anew."""

import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.trail import actions as trail
from conduct.workdays import dependents
from conduct.workdays.queries import standard_calendar

from .actions import days_of
from .models import Job
from .queries import policy, to_do
from .states import JobState


def affected(calendar_code, country, customer, first, last):
    """The open jobs whose room, or else whose software standard, would be due on another day."""
    calendar = standard_calendar()
    if customer is not None or (calendar_code and calendar_code != calendar.code):
        return []
    rule, zone, found = policy(), ZoneInfo(calendar.zone), []
    for job in to_do():
        days = days_of(job.kind, job.starts_at, rule)
        asked = ("due_on", "standard_due_on") if job.state == JobState.AWAITING else ("due_on",)
        moved = next((name for name in asked if days[name] != getattr(job, name)), None)
        if moved:
            was, would_be = (_midnight(day, zone) for day in (getattr(job, moved), days[moved]))
            label = f"{job.number} {job.name}" + (f" · {_('software standard')}" if moved == "standard_due_on" else "")
            found.append(dependents.Dependent(job.number, label, job.get_absolute_url(), was, would_be, whole_days=True))
    return found


def renew(keys, reason, by, at):
    rule = policy()
    for job in to_do().filter(number__in=keys):
        was = str(job.due_on)
        Job.objects.filter(pk=job.pk).update(**days_of(job.kind, job.starts_at, rule))
        trail.note(verb="preparation.moved", subject=job, by=by, at=at, reason=reason, due_on=was)


def _midnight(day, zone):
    return datetime.datetime.combine(day, datetime.time(), zone)


dependents.register("preparations", label=gettext_lazy("preparation jobs"), affected=affected, renew=renew)
