from django.db.models import Count, Prefetch, Q

from .access import ACCESS, Permission
from .models import Department, Engineer, Staff, StaffRole


def staff_for(user):
    """The people whose pages this person may open: all of them for who manages staff, else only one's own."""
    everyone = Staff.objects.select_related("department", "line_manager", "engineer")
    return everyone if user.may(Permission.MANAGE_STAFF) else everyone.filter(pk=user.pk)


def staff_list():
    roles = Prefetch("staff_roles", StaffRole.objects.order_by("role"))
    return Staff.objects.select_related("department", "line_manager").prefetch_related(roles)


def leaders():
    """{person's key: line manager's key or None} of everybody."""
    return dict(Staff.objects.values_list("pk", "line_manager_id"))


def departments_for(user):
    return Department.objects.all() if user.may(Permission.MANAGE_STAFF) else Department.objects.none()


def with_people(departments):
    """Departments with their heads, how many `people` work there and how many of them are `unled`: without a line manager."""
    here = Q(staff__is_active=True)
    led = Q(staff__line_manager__is_active=True)
    return departments.select_related("head").annotate(
        people=Count("staff", filter=here), unled=Count("staff", filter=here & ~led)
    )


def people_of(department):
    """Who works there, by name."""
    return Staff.objects.filter(department=department, is_active=True).select_related("line_manager", "executive").order_by("name")


def nowhere():
    """Who works here and in no department."""
    return Staff.objects.filter(department=None, is_active=True).order_by("name")


def bookable_engineers():
    """Engineers who work here, by name. Whether one is barred on a day is the schedule's question."""
    return Engineer.objects.filter(staff__is_active=True).select_related("staff").order_by("staff__name")


def people_with_role(role):
    return Staff.objects.filter(is_active=True, staff_roles__role=role).order_by("name")


def people_who_may(permission):
    """Everybody here who holds a role to which the access table gives this permission, by name."""
    return Staff.objects.filter(is_active=True, staff_roles__role__in=ACCESS[permission]).distinct().order_by("name")


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
