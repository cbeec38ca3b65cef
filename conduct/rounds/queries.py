from django.db.models import Count, Q

from conduct.customers.models import Equipment
from conduct.people.access import Permission, sees_all

from .models import MaintenancePlan, MaintenanceRound
from .states import RoundState


def rounds_for(user):
    """All rounds for who plans them, else one's own."""
    rows = MaintenanceRound.objects.select_related("plan__site", "technician")
    if sees_all(user, Permission.SEE_TICKETS):
        return rows
    return rows.filter(technician=user) if user.may(Permission.TAKE_TICKETS) else rows.none()


def with_progress(rows):
    """Rounds with `total` pieces of equipment and how many were `seen`."""
    return rows.annotate(total=Count("items"), seen=Count("items", filter=~Q(items__finding="")))


def plans():
    return MaintenancePlan.objects.select_related("site", "technician").order_by("-is_active", "next_on", "name")


def due_plans(today):
    """Plans of which a round is due and not made yet."""
    return MaintenancePlan.objects.filter(is_active=True, next_on__lte=today).select_related("site", "technician")


def late_rounds(today):
    return MaintenanceRound.objects.filter(state=RoundState.OPEN, due_on__lt=today).select_related("plan", "technician")


def equipment_of(plan):
    rows = Equipment.objects.filter(site=plan.site, is_active=True)
    return rows.filter(category=plan.category) if plan.category else rows
