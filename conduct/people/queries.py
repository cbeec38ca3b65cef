from django.db.models import Prefetch

from .access import Permission
from .models import Engineer, Staff, StaffRole


def staff_for(user):
    """The people whose pages this person may open: all of them for who manages staff, else only one's own."""
    everyone = Staff.objects.select_related("department", "line_manager", "engineer")
    return everyone if user.may(Permission.MANAGE_STAFF) else everyone.filter(pk=user.pk)


def staff_list():
    roles = Prefetch("staff_roles", StaffRole.objects.order_by("role"))
    return Staff.objects.select_related("department", "line_manager").prefetch_related(roles)


def bookable_engineers():
    """Engineers who work here, by name. Whether one is barred on a day is the schedule's question."""
    return Engineer.objects.filter(staff__is_active=True).select_related("staff").order_by("staff__name")


def people_with_role(role):
    return Staff.objects.filter(is_active=True, staff_roles__role=role).order_by("name")


def person_named(username):
    """The person of that user name, whether or not still here, or None."""
    return Staff.objects.filter(username=username).first()


def hold(staff):
    """Lock this person's time until the transaction ends, so that booking and leave cannot pass each other.

    An engineer's own row is what booking locks, too. SQLite's transactions are alone anyway.
    """
    locked = Engineer.objects.select_for_update(no_key=True).filter(staff=staff).values_list("pk", flat=True)
    if not locked.first():
        Staff.objects.select_for_update(no_key=True).filter(pk=staff.pk).values_list("pk", flat=True).first()
