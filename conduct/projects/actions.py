from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.base.unseen import refuse_unseen
from conduct.company.queries import company
from conduct.notices.actions import tell
from conduct.people.access import Permission
from conduct.trail import actions as trail
from conduct.trail.queries import trail_of

from .models import Project
from .queries import overdue
from .states import ProjectState


@transaction.atomic
def save_project(*, project, seen="", by, at):
    """Set a project up, or change what is said of it. `seen` is what the form showed of it.

    Raises DomainError for a manager who may not run one, Unseen when somebody else changed it since.
    """
    _refuse_if_closed(project)
    refuse_unseen(project, seen, lambda held: trail_of(held).filter(verb="project.changed"))
    if not project.manager.may(Permission.RUN_PROJECTS):
        raise DomainError(_("%(name)s cannot run a project.") % {"name": project.manager.name}, field="manager")
    is_new = project.pk is None
    before = None if is_new else Project.objects.values_list("manager", flat=True).get(pk=project.pk)
    if is_new:
        project.number = next_number("PRJ", day_of(at, company().time_zone).year, width=4)
        project.created_at, project.created_by = at, by
    project.save()
    verb = "project.set_up" if is_new else "project.changed"
    trail.note(verb=verb, subject=project, by=by, at=at, name=project.name, manager=project.manager.name)
    if project.manager_id not in (before, by.pk):
        facts = {"name": project.name, "customer": project.customer.name}
        tell(to=project.manager, code="project.yours", about=project.number, url=project.get_absolute_url(), at=at, **facts)
    return project


@transaction.atomic
def save_row(*, row, seen="", by, at):
    """Enter or change one row of a project: a task, a payment, somebody's part, a planned day.

    `seen` is what the form showed of it. Raises DomainError for something that is said to have happened on a day to come, Unseen
    when somebody else changed the row or took it out since.
    """
    _refuse_if_closed(row.project)
    refuse_unseen(row, seen, lambda held: trail_of(held.project).filter(verb=row.CHANGED, data__about=str(held)))
    today = day_of(at, company().time_zone)
    for name in row.HAPPENED:
        if (day := getattr(row, name)) and day > today:
            raise DomainError(_("This day is still to come."), field=name)
    row.save()
    trail.note(verb=row.CHANGED, subject=row.project, by=by, at=at, about=str(row), **row.told)
    return row


@transaction.atomic
def remove_row(*, row, by, at):
    """Take a row out. That it was there stays on the trail."""
    _refuse_if_closed(row.project)
    trail.note(verb=row.REMOVED, subject=row.project, by=by, at=at, about=str(row), **row.told)
    row.delete()


@transaction.atomic
def close(*, project, by, at):
    """Everything is done and paid. Raises DomainError while it is not."""
    tasks, payments = project.tasks.filter(done_on=None).count(), project.milestones.filter(paid_on=None).count()
    if tasks or payments:
        words = _("Still open: %(tasks)d tasks, %(payments)d payments. End them or take them out first.")
        raise DomainError(words % {"tasks": tasks, "payments": payments})
    move(project, ProjectState.CLOSED)
    trail.note(verb="project.closed", subject=project, by=by, at=at)


@transaction.atomic
def reopen(*, project, by, at):
    move(project, ProjectState.OPEN)
    trail.note(verb="project.reopened", subject=project, by=by, at=at)


@transaction.atomic
def remind(*, at):
    """Tell each project's manager of a payment that did not come by its day: once for each day that was planned. Returns how many."""
    rows = list(overdue(day_of(at, company().time_zone)))
    for row in rows:
        facts = {"what": row.what, "day": str(row.planned_on), "amount": str(row.amount), "customer": row.project.customer.name}
        once, url = f"milestone/{row.pk}/{row.planned_on}", row.project.get_absolute_url()
        tell(to=row.project.manager, code="project.payment_overdue", about=row.project.number, url=url, once=once, at=at, **facts)
    return len(rows)


def _refuse_if_closed(project):
    if project.state == ProjectState.CLOSED:
        raise ForbiddenMove(_("This project is closed."))
