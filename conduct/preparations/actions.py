from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.files.actions import store_upload
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role
from conduct.trail import actions as trail
from conduct.workdays.arithmetic import NoWorkingTime
from conduct.workdays.queries import standard_calendar

from .due import due_day, unofficial_years
from .models import Job, JobCheck
from .queries import policy
from .states import JobKind, JobState

S = JobState


@transaction.atomic
def plan(*, kind, name, department, room, starts_at, group="", software="", teacher=None, by, at):
    """Plan a preparation: its days come from the policy and the working calendar, its checks from the policy.

    Raises DomainError for a beginning that is past, and for what is planned already.
    """
    if starts_at <= at:
        raise DomainError(_("This begins in the past."), field="starts_at")
    same = {"kind": kind, "name": name, "room": room, "starts_at": starts_at}
    planned_already = DomainError(_("This is planned already."), field="name")
    if Job.objects.filter(**same).exclude(state=S.CANCELLED).exists():
        raise planned_already
    rule = policy()
    facts = days_of(kind, starts_at, rule) | {"department": department, "group": group, "software": software, "teacher": teacher}
    number = next_number("PJ", facts["due_on"].year)
    state = S.AWAITING if kind == JobKind.COURSE else S.OPEN
    try:
        with transaction.atomic():
            job = Job.objects.create(number=number, state=state, planned_at=at, planned_by=by, **same, **facts)
    except IntegrityError as error:
        raise planned_already from error
    JobCheck.objects.bulk_create(
        JobCheck(job=job, position=position, text=text) for position, text in enumerate(rule.checks.get(kind, ()), 1)
    )
    trail.note(verb="preparation.planned", subject=job, by=by, at=at, name=name, room=room, due_on=str(job.due_on))
    return job


def days_of(kind, starts_at, rule):
    """{standard_due_on, due_on, unofficial_years} of a beginning. Raises DomainError where nobody ever works."""
    calendar = standard_calendar()
    day = day_of(starts_at, calendar.zone)
    count = {"in_working_days": rule.in_working_days}
    try:
        due_on = due_day(day, rule.days_for(kind), calendar, **count)
        standard = due_day(day, rule.standard_days, calendar, **count) if kind == JobKind.COURSE else None
    except NoWorkingTime as error:
        raise DomainError(_("Nobody works on any day of the standard calendar."), field="starts_at") from error
    first = min(due_on, standard or due_on)
    return {"due_on": due_on, "standard_due_on": standard, "unofficial_years": unofficial_years(first, day, calendar)}


@transaction.atomic
def take_over(*, rows, by, at):
    """A timetable: `rows` are dicts of `plan`. All of them, or none. Returns (new jobs, how many were planned already)."""
    zone, new, known = ZoneInfo(standard_calendar().zone), [], 0
    for row in rows:
        facts = row | {"starts_at": row["starts_at"].replace(tzinfo=row["starts_at"].tzinfo or zone)}
        same = {key: facts[key] for key in ("kind", "name", "room", "starts_at")}
        if Job.objects.filter(**same).exclude(state=S.CANCELLED).exists():
            known += 1
            continue
        try:
            new.append(plan(by=by, at=at, **facts))
        except DomainError as error:
            raise DomainError(f"{facts['name']}, {facts['room']}: {error.message}", field="sheet") from error
    return new, known


@transaction.atomic
def reschedule(*, job, starts_at, room, reason, by, at):
    """Another time or room; the days are worked out anew and the old ones stand on the trail."""
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    if starts_at <= at:
        raise DomainError(_("This begins in the past."), field="starts_at")
    facts = days_of(job.kind, starts_at, policy()) | {"starts_at": starts_at, "room": room}
    began = job.starts_at.astimezone(ZoneInfo(standard_calendar().zone))
    was = {"start": f"{began:%Y-%m-%d %H:%M}", "room": job.room, "due_on": str(job.due_on)}
    try:
        with transaction.atomic():
            if not Job.objects.filter(pk=job.pk).exclude(state=S.CANCELLED).update(**facts):
                raise ForbiddenMove(_("This is cancelled; nothing was changed."))
    except IntegrityError as error:
        raise DomainError(_("This is planned already."), field="room") from error
    job.refresh_from_db()
    trail.note(verb="preparation.moved", subject=job, by=by, at=at, reason=reason.strip(), **was)
    _tell(job, "preparation.moved", [job.assigned_to], by, at)
    return job


@transaction.atomic
def hand_in(*, job, standard, file=None, by, at):
    """The teaching department's software standard, in words, as a file (picture or PDF), or both. A newer one replaces it."""
    if not standard.strip() and file is None:
        raise DomainError(_("Write the standard, or add it as a file."), field="standard")
    if job.kind != JobKind.COURSE:
        raise ForbiddenMove(_("Only a new course has a software standard."))
    facts = {"standard": standard.strip(), "standard_at": at, "standard_by": by}
    if file is not None:
        facts["standard_file"] = store_upload(upload=file, by=by, at=at)
    if job.state == S.AWAITING:
        move(job, S.OPEN, **facts)
    elif not Job.objects.filter(pk=job.pk, state=S.OPEN).update(**facts):
        raise ForbiddenMove(_("This is “%(state)s”: open it again first.") % {"state": job.get_state_display()})
    trail.note(verb="preparation.standard", subject=job, by=by, at=at, name=job.name)
    people = [job.assigned_to] if job.assigned_to else people_with_role(Role.TRIAGER)
    _tell(job, "preparation.standard", people, by, at)


@transaction.atomic
def assign(*, job, to, by, at):
    """This person prepares it. Raises ForbiddenMove when it is ready or cancelled, or when somebody was faster in taking it."""
    free = Job.objects.filter(pk=job.pk, state__in=S.TO_DO)
    if to == by:
        free = free.filter(assigned_to=job.assigned_to)
    if not free.update(assigned_to=to, assigned_at=at):
        raise ForbiddenMove(_("Somebody was faster, or nothing is to be done here any more."))
    job.assigned_to = to
    trail.note(verb="preparation.assigned", subject=job, by=by, at=at, to=to.name)
    _tell(job, "preparation.assigned", [to], by, at)


@transaction.atomic
def tick(*, job, done, by, at):
    """What was looked at: {check: (is it done, note)}. Raises ForbiddenMove unless the room is being prepared."""
    _hold(job, S.OPEN)
    changed = 0
    for check, (is_done, note) in done.items():
        was_done = check.done_at is not None
        facts = {"note": note}
        if is_done != was_done:
            facts |= {"done_at": at if is_done else None, "done_by": by if is_done else None}
        changed += JobCheck.objects.filter(pk=check.pk, job=job).update(**facts)
    looked_at = job.checks.exclude(done_at=None).count()
    trail.note(verb="preparation.checked", subject=job, by=by, at=at, count=looked_at)
    return changed


@transaction.atomic
def say_ready(*, job, by, at):
    """The room is ready. Raises DomainError naming what nobody has looked at yet."""
    _hold(job, S.OPEN)
    if left := list(job.checks.filter(done_at=None).values_list("text", flat=True)):
        raise DomainError(_("Not looked at yet: %(checks)s") % {"checks": "; ".join(left[:5]) + (" …" if len(left) > 5 else "")})
    move(job, S.READY, ready_at=at, ready_says=by)
    trail.note(verb="preparation.ready", subject=job, by=by, at=at, room=job.room)
    _tell(job, "preparation.ready", [*people_with_role(Role.TRIAGER), job.teacher], by, at)


@transaction.atomic
def reopen(*, job, reason, by, at):
    """Something is not ready after all."""
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    if job.state != S.READY:
        raise ForbiddenMove(_("Only what is ready can be opened again."))
    move(job, S.OPEN, ready_at=None, ready_says=None)
    job.checks.update(done_at=None, done_by=None)
    trail.note(verb="preparation.reopened", subject=job, by=by, at=at, reason=reason.strip())
    _tell(job, "preparation.reopened", [job.assigned_to], by, at)


@transaction.atomic
def cancel(*, job, reason, by, at):
    """It does not take place."""
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    move(job, S.CANCELLED, ended_reason=reason.strip(), ready_at=None, ready_says=None)
    trail.note(verb="preparation.cancelled", subject=job, by=by, at=at, reason=reason.strip())
    _tell(job, "preparation.cancelled", [job.assigned_to, job.teacher], by, at)


@transaction.atomic
def save_policy(*, policy, by, at):
    """Change how many days ahead things are due and what is checked, for jobs from now on."""
    policy.pk = 1
    policy.save()
    trail.note(verb="preparation_policy.changed", subject=policy, by=by, at=at, days=_days_words(policy))
    return policy


def _days_words(rule):
    days = {kind: rule.days_for(kind) for kind in JobKind.values} | {"standard": rule.standard_days}
    return ", ".join(f"{kind} {count}" for kind, count in days.items())


def _hold(job, state):
    """Lock the job. Raises ForbiddenMove when it is not `state`."""
    now = Job.objects.select_for_update().get(pk=job.pk)
    job.state = now.state
    if now.state != state:
        raise ForbiddenMove(_("This is “%(state)s” by now. Nothing was changed.") % {"state": now.get_state_display()})


def _tell(job, code, people, by, at):
    people = {person for person in people if person is not None and person != by}
    facts = {"name": job.name, "room": job.room, "day": str(job.due_on)}
    tell(to=people, code=code, about=job.number, url=job.get_absolute_url(), at=at, **facts)
