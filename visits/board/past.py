"""The board as it stood at a moment of the last 90 days: plans from their versions, states from the trail."""

import datetime

from django.utils.translation import gettext as _

from conduct.attendance.models import Leave
from conduct.attendance.states import LeaveState
from conduct.base.days import in_reach
from conduct.base.errors import DomainError
from conduct.trail.models import Event
from visits.schedule.models import LONGEST, PlanVersion, Visit
from visits.schedule.queries import visits_for

from .queries import COLUMNS, HIDDEN

KEPT = datetime.timedelta(days=90)
STATES = {
    "visit.planned": "planned", "visit.proposed": "proposed", "visit.countered": "countered", "visit.declined": "declined",
    "visit.confirmed": "confirmed", "visit.counter_accepted": "confirmed", "visit.cancelled": "cancelled", "visit.missed": "missed",
    "visit.arrived": "on_site", "visit.finished": "finished", "visit.resumed": "on_site", "visit.signed": "signed",
    "visit.refused": "refused", "visit.corrected": "finished", "visit.archived": "archived",
}  # fmt: skip
AT_ONCE = 500


def moment_of(text, zone, at):
    """The moment that the address names, a wall time of `zone`; None when it names none. Raises DomainError when it is too old."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return None
    if not in_reach(moment):
        return None
    moment = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment
    if moment < at - KEPT:
        raise DomainError(_("The board is kept for %(days)d days.") % {"days": KEPT.days})
    return min(moment, at)


def rows_as_of(user, start, end, moment):
    """Dicts like those of queries.rows_of_visits, with plan and state as they were at `moment`."""
    plans = _plans(start, end, moment)
    known = visits_for(user)
    rows = {}
    for part in _parts(list(plans)):
        rows |= {row.pop("pk"): row for row in known.filter(pk__in=part).values("pk", *COLUMNS)}
    states = _states(Visit, STATES, {row["number"] for row in rows.values()}, moment)
    for pk, row in rows.items():
        _turn_back(row, plans[pk], states.get(row["number"]), moment)
    shown = [row for row in rows.values() if row["state"] not in HIDDEN]
    return sorted(shown, key=lambda row: (row["planned_start"], row["number"]))


def _plans(start, end, moment):
    """{visit's pk: its plan at `moment`} of those in [start, end) then."""
    near = {"planned_start__lt": end, "planned_start__gt": start - LONGEST, "planned_end__gt": start, "at__lte": moment}
    touched = set(PlanVersion.objects.filter(**near).values_list("visit_id", flat=True))
    newest = {}
    columns = ("visit_id", "version", "engineer_id", "planned_start", "planned_end")
    for part in _parts(list(touched)):
        rows = PlanVersion.objects.filter(visit_id__in=part, at__lte=moment).order_by("visit_id", "version")
        newest |= {visit: plan for visit, *plan in rows.values_list(*columns)}
    return {visit: plan for visit, plan in newest.items() if plan[2] < end and plan[3] > start}


def leaves_as_of(staff_ids, start, end, moment):
    """The leaves in [start, end) that were approved at `moment`, whatever became of them since."""
    states = {"leave.approved": LeaveState.APPROVED, "leave.cancelled": LeaveState.CANCELLED}
    leaves = list(Leave.objects.filter(staff__in=staff_ids, state__in=states.values(), start__lt=end, end__gt=start))
    then = _states(Leave, states, {leave.number for leave in leaves}, moment)
    return [leave for leave in leaves if then.get(leave.number) == LeaveState.APPROVED]


def _states(model, states, numbers, moment):
    """{number: state} by the last event of each thing until `moment`; `states` are {verb: state}."""
    found = {}
    for part in _parts(sorted(numbers)):
        events = Event.objects.filter(subject_kind=model._meta.model_name, subject__in=part, at__lte=moment, verb__in=states)
        found |= {subject: states[verb] for subject, verb in events.order_by("id").values_list("subject", "verb")}
    return found


def _turn_back(row, plan, state, moment):
    row["plan_version"], row["engineer_id"], row["planned_start"], row["planned_end"] = plan
    row["state"] = state or "planned"
    for name in ("record__arrived_at", "record__departed_at"):
        if row[name] and row[name] > moment:
            row[name] = None


def _parts(keys):
    return [keys[place : place + AT_ONCE] for place in range(0, len(keys), AT_ONCE)]
