"""Departments, their heads, and who leads whom: what approvals lean on."""

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.trail import actions as trail

from .actions import refuse_ring
from .models import Staff
from .queries import leaders


@transaction.atomic
def save_department(*, department, lines=(), by, at):
    """Enter a department or change it. `lines` are (person, line manager's key or None, executive's key or None) each.

    Raises DomainError when somebody would lead oneself, directly or round a ring; `field` names the person's field.
    """
    verb = "department.changed" if department.pk else "department.created"
    department.save()
    trail.note(verb=verb, subject=department, by=by, at=at, name=department.name, head=str(department.head or ""))
    names = dict(Staff.objects.values_list("pk", "name"))
    after = leaders() | {person.pk: leader for person, leader, _executive in lines}
    for person, leader, executive in lines:
        _check(person, executive, after)
        Staff.objects.filter(pk=person.pk).update(line_manager=leader, executive=executive)
        said = {"line_manager": names.get(leader, ""), "executive": names.get(executive, "")}
        trail.note(verb="staff.led", subject=person, by=by, at=at, **said)
    return department


def _check(person, executive, after):
    if executive == person.pk:
        raise DomainError(_("Nobody is in charge of oneself."), field=f"executive_{person.pk}")
    try:
        refuse_ring(person, after)
    except DomainError as error:
        raise DomainError(error.message, field=f"line_manager_{person.pk}") from error
