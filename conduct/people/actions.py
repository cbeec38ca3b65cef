from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.base.numbers import next_number
from conduct.base.signals import access_withdrawn, send_to_one
from conduct.trail import actions as trail

from .access import Role
from .leading import ring
from .models import Certificate, Engineer, Staff, StaffRole
from .queries import leaders


@transaction.atomic
def save_staff(*, staff, roles, password="", by, at):
    """Take on a person, or change the person's data and roles. `staff` carries the new values, not saved yet.

    An empty `password` keeps the old one. Raises DomainError when nobody who works here would be left to administer, or when the
    line manager's line leads back to the person.
    """
    is_new = staff.pk is None
    if is_new:
        staff.created_at = at
    staff.left_at = None if staff.is_active else staff.left_at or at
    if password:
        staff.set_password(password)
    elif is_new:
        staff.set_unusable_password()
    if not is_new:
        refuse_ring(staff, {**leaders(), staff.pk: staff.line_manager_id})
    staff.save()
    given, taken = _set_roles(staff, set(roles), by, at)
    _keep_an_administrator()
    if Role.ENGINEER in given and not Engineer.objects.filter(staff=staff).exists():
        Engineer.objects.create(staff=staff, number=next_number("E", width=3), home_city="")
    trail.note(
        verb="staff.taken_on" if is_new else "staff.changed",
        subject=staff,
        by=by,
        at=at,
        given=sorted(given),
        taken=sorted(taken),
        password=bool(password),
        works_here=staff.is_active,
    )
    if not is_new and (taken or password or not staff.is_active):
        send_to_one(access_withdrawn, sender=Staff, staff=staff, taken=taken, password=bool(password), by=by, at=at)
    return staff


def _set_roles(staff, roles, by, at):
    had = set(staff.staff_roles.values_list("role", flat=True))
    staff.staff_roles.filter(role__in=had - roles).delete()
    StaffRole.objects.bulk_create(StaffRole(staff=staff, role=role, given_by=by, given_at=at) for role in roles - had)
    staff.__dict__.pop("roles", None)
    return roles - had, had - roles


def _keep_an_administrator():
    if not Staff.objects.filter(is_active=True, staff_roles__role=Role.ADMINISTRATOR).exists():
        raise DomainError(_("Somebody has to remain administrator."), field="roles")


def refuse_ring(staff, leader_of):
    """Raise DomainError when the line of `leader_of`, {key: line manager's key}, leads back to this person."""
    if found := ring(staff.pk, leader_of):
        names = dict(Staff.objects.filter(pk__in=found).values_list("pk", "name"))
        line = " → ".join(names[key] for key in [*found, staff.pk])
        raise DomainError(_("This line leads back to its beginning: %(line)s") % {"line": line}, field="line_manager")


@transaction.atomic
def save_engineer(*, engineer, skills, by, at):
    """Change what dispatching knows of an engineer. `skills` replaces the old set."""
    engineer.save()
    engineer.skills.set(skills)
    trail.note(
        verb="engineer.changed",
        subject=engineer,
        by=by,
        at=at,
        standing=engineer.standing,
        agreed_fee=str(engineer.agreed_fee or ""),
        skills=sorted(skill.code for skill in skills),
    )
    return engineer


@transaction.atomic
def bar(*, engineer, until, by, at):
    """No visits up to and including the day `until`; None lifts the bar. Only a ruling on a breach does that."""
    Engineer.objects.filter(pk=engineer.pk).update(barred_until=until)
    engineer.barred_until = until
    verb = "engineer.barred" if until else "engineer.bar_lifted"
    trail.note(verb=verb, subject=engineer, by=by, at=at, **({"end": until.isoformat()} if until else {}))


@transaction.atomic
def add_certificate(*, engineer, name, skill=None, valid_until=None, by, at):
    certificate = Certificate.objects.create(engineer=engineer, name=name, skill=skill, valid_until=valid_until)
    trail.note(verb="engineer.certificate_added", subject=engineer, by=by, at=at, name=name)
    return certificate


@transaction.atomic
def remove_certificate(*, certificate, by, at):
    trail.note(verb="engineer.certificate_removed", subject=certificate.engineer, by=by, at=at, name=certificate.name)
    certificate.delete()


@transaction.atomic
def change_own_settings(*, staff, language, time_zone, at):
    """A person's own language and zone."""
    staff.language, staff.time_zone = language, time_zone
    staff.save(update_fields=["language", "time_zone"])
    trail.note(verb="staff.settings_changed", subject=staff, by=staff, at=at, language=language, time_zone=time_zone)
    return staff
