from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.trail import actions as trail

from .models import Department, Engineer, Staff


def left_before(moment):
    """People who left before that moment and whose data is still here, who left first comes first."""
    return Staff.objects.filter(is_active=False, erased_at=None, left_at__lt=moment).order_by("left_at", "pk")


def name_of_nobody(person):
    """What stands in place of an erased name, in every language."""
    return f"erased-{person.pk}"


@transaction.atomic
def erase(*, staff, reason="", by, at):
    """Blank what is kept of a person who has left; what the person did stays, done by somebody without a name.

    Raises DomainError for somebody who still works here, or who was erased before.
    """
    if staff.is_active:
        raise DomainError(_("First note in the person's data that the person has left."))
    blank = {"email": "", "telephone": "", "password": "!", "last_login": None, "department": None}
    nobody = {"username": name_of_nobody(staff), "name": name_of_nobody(staff), "line_manager": None, "executive": None}
    if not Staff.objects.filter(pk=staff.pk, erased_at=None).update(**blank, **nobody, erased_at=at):
        raise DomainError(_("This was erased before."))
    staff.staff_roles.all().delete()
    Department.objects.filter(head=staff).update(head=None)
    for engineer in Engineer.objects.filter(staff=staff):
        engineer.certificates.all().delete()
        engineer.skills.clear()
        Engineer.objects.filter(pk=engineer.pk).update(region="", home_city="", agreed_fee=None, barred_until=None)
    staff.refresh_from_db()
    trail.note(verb="staff.erased", subject=staff, by=by, at=at, reason=reason)
