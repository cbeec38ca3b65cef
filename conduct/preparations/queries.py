from django.db.models import Count, Q

from conduct.people.access import Permission
from conduct.people.models import Staff

from .models import Job, PreparationPolicy
from .policy import first_checks
from .states import JobKind, JobState


def policy():
    """The rule in force; the one that the product comes with before anybody set one."""
    return PreparationPolicy.objects.filter(pk=1).first() or PreparationPolicy(pk=1, checks=first_checks())


def jobs_for(user):
    if not user.may(Permission.SEE_PREPARATIONS):
        return Job.objects.none()
    return Job.objects.select_related("assigned_to", "teacher", "standard_by", "ready_says", "standard_file")


def to_work_on(user):
    """What this person prepares; everything for who plans."""
    if user.may(Permission.PLAN_PREPARATIONS):
        return jobs_for(user)
    return jobs_for(user).filter(assigned_to=user) if user.may(Permission.PREPARE) else Job.objects.none()


def free_jobs(user):
    """What this person may take: nobody prepares it yet."""
    return (
        jobs_for(user).filter(assigned_to=None, state__in=JobState.TO_DO) if user.may(Permission.PREPARE) else Job.objects.none()
    )


def late(today):
    """A condition: the standard or the room was due before `today` and is not there."""
    awaited = Q(state=JobState.AWAITING, standard_due_on__lt=today)
    return awaited | Q(state__in=JobState.TO_DO, due_on__lt=today)


def with_progress(jobs):
    """Jobs, each with `done` of `all` checks."""
    return jobs.annotate(all=Count("checks"), done=Count("checks__done_at"))


def shown(user, show, kind, today):
    """What a list shows: what is to do, or of that what is "late" before `today` or "mine"; or "all". Of one `kind`, or any."""
    rows = with_progress(jobs_for(user))
    if show != "all":
        rows = rows.filter(state__in=JobState.TO_DO)
    if show == "late":
        rows = rows.filter(late(today))
    elif show == "mine":
        rows = rows.filter(assigned_to=user)
    return rows.filter(kind=kind) if kind in JobKind.values else rows


def to_do():
    """What is not ready yet, the next one due first."""
    return Job.objects.filter(state__in=JobState.TO_DO).select_related("assigned_to", "teacher").order_by("due_on", "pk")


def preparers():
    """Who can be asked to prepare a room, by name."""
    people = [person for person in Staff.objects.filter(is_active=True).order_by("name") if person.may(Permission.PREPARE)]
    return Staff.objects.filter(pk__in=[person.pk for person in people]).order_by("name")


def named(text):
    """The person of this user name or, when nobody else is called so, of this name. None otherwise."""
    found = list(Staff.objects.filter(Q(username__iexact=text) | Q(name=text), is_active=True)[:2])
    return found[0] if len(found) == 1 else None
