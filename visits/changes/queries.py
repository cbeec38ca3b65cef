import datetime
import hashlib
from zoneinfo import ZoneInfo

import rfc8785
from django.conf import settings
from django.db.models import Q

from conduct.approvals.models import Approval
from conduct.base.days import iso_minutes
from conduct.people.access import Permission, Role, sees_all
from conduct.people.models import Staff
from conduct.people.queries import people_with_role
from visits.presence.queries import manager_of
from visits.schedule.models import Visit
from visits.schedule.states import VisitState

from .models import ChangeApproval
from .states import ChangeState, StepResult
from .tokens import signed

ORIGIN = "change"
NEEDED = (
    "title", "requested_name", "steps", "way_back", "rehearsal", "backup", "duration_minutes", "locks", "window_from", "window_to",
    "tests_before", "tests_after",
)  # fmt: skip


def changes_for(user):
    """What this person may know of: everything for headquarters; for others their own visits and the projects that they manage."""
    rows = ChangeApproval.objects.select_related(
        "visit__order__customer", "visit__order__site", "visit__engineer__staff", "created_by", "approved_by", "reviewed_by", "copy"
    )
    if not user.may(Permission.SEE_CHANGES):
        return rows.none()
    if sees_all(user, Permission.SEE_CHANGES):
        return rows
    return rows.filter(Visit.told_to(user, "visit__") | Q(visit__order__project_link__project__manager=user))


def open_ones(rows):
    """Those that somebody still has to do something about: not ended, not withdrawn, and their visit takes place."""
    ended = [*ChangeState.ENDED, ChangeState.WITHDRAWN]
    return rows.exclude(state__in=ended).exclude(visit__state__in=VisitState.CALLED_OFF)


def approvers(visit, asker):
    """Who may approve for us: the manager of the project that the visit's order belongs to, and nobody else.

    Without a project, or where its manager asks or has left, a named technical manager or manager does. Nobody approves what he asks.
    """
    manager = manager_of(visit.order)
    if manager and manager != asker:
        return Staff.objects.filter(pk=manager.pk)
    return (people_with_role(Role.TECHNICAL_MANAGER) | people_with_role(Role.MANAGER)).exclude(pk=asker.pk).distinct()


def may_approve(visit, person):
    """May this person's yes stand for us? Also of whom a question was handed on to: the project's manager, or who approves without one."""
    return person == manager_of(visit.order) or bool({Role.TECHNICAL_MANAGER, Role.MANAGER} & person.roles)


def to_review(user):
    """Emergencies and accepted failures that the technical manager has not looked at yet."""
    if not user.may(Permission.REVIEW_CHANGES):
        return ChangeApproval.objects.none()
    return _unreviewed(changes_for(user))


def all_to_review():
    return _unreviewed(ChangeApproval.objects.select_related("visit__order__customer"))


def _unreviewed(rows):
    return rows.filter(Q(is_emergency=True) | Q(state=ChangeState.ACCEPTED), state__in=ChangeState.ENDED, reviewed_at=None)


def unreviewed(visit):
    change = change_of(visit)
    return bool(change and change.needs_review)


def change_of(visit):
    return ChangeApproval.objects.filter(visit=visit).select_related("visit__order__site", "visit__engineer__staff").first()


def steps_of(change):
    """[(place, step, [(time of the place, result in words, note), …]), …] of the runbook; an emergency's log stands under its title."""
    record = getattr(change.visit, "record", None)
    log = [row for row in (record.facts.get("change", []) if record else []) if row["what"] == "change_step"]
    zone, words = ZoneInfo(change.visit.order.site.time_zone), dict(StepResult.choices)
    found = []
    for place, step in enumerate(change.step_list or [change.title], 1):
        rows = [row for row in log if row["runbook_step"] == place]
        times = [datetime.datetime.fromisoformat(row["at"]).astimezone(zone) for row in rows]
        said = [(f"{at:%Y-%m-%d %H:%M}", words.get(row["result"], row["result"]), row["note"]) for at, row in zip(times, rows, strict=True)]
        found.append((place, step, said))
    return found if change.step_list or log else []


def approver_shown(change):
    """Who approved for us, as the customer may know it: whoever goes there goes by the agreed identity."""
    visit = change.visit
    return visit.identity_name if change.approved_by_id == visit.engineer.staff_id else change.approved_by.name


def missing(change):
    """The fields that the form still lacks before anybody is asked to approve it."""
    needed = [*NEEDED, *(["announcement"] if "global_impact" in change.visit.traits else [])]
    return [name for name in needed if not getattr(change, name)]


def frozen_at(change):
    """When our approval was asked for last: since then nothing of the form has changed."""
    asked = Approval.objects.filter(origin=ORIGIN, reference=change.number).order_by("-asked_at")
    return asked.values_list("asked_at", flat=True)[0]


def hash_of(change):
    """Hex SHA-256 of the canonical JSON (RFC 8785) of what is approved."""
    return hashlib.sha256(rfc8785.dumps(change.content)).hexdigest()


def plain(change):
    """The approval as lock.py and the record page read it, or None."""
    if change is None:
        return None
    zone = change.visit.order.site.time_zone
    return {
        "number": change.number,
        "state": change.state,
        "title": change.title,
        "steps": change.step_list,
        "window_from": iso_minutes(change.window_from, zone) if change.window_from else None,
        "window_to": iso_minutes(change.window_to, zone) if change.window_to else None,
        "is_emergency": change.is_emergency,
    }


def for_the_laptop(change):
    """The same with what is needed without a network: everything that was approved, and headquarters' signed word on it."""
    if change is None:
        return None
    return {**plain(change), "content": change.content, "token": _token(change)}


def _token(change):
    if change.state not in (ChangeState.READY, ChangeState.RUNNING) or change.is_emergency:
        return None
    facts = {"change": change.number, "visit": change.visit.number, "engineer": change.visit.engineer.staff.username}
    window = {name: change.content[name] for name in ("window_from", "window_to")}
    return signed({**facts, **window, "sha256": change.sha256}, settings.KEYS_DIR)
