from conduct.people.access import Permission, sees_all

from .models import WorkOrder


def orders_for(user):
    """Every work order that this person may know of; an engineer knows those of own visits."""
    if sees_all(user, Permission.SEE_ORDERS):
        return WorkOrder.objects.all()
    if user.may(Permission.SEE_ORDERS):
        own = WorkOrder.objects.filter(visits__engineer__staff=user).exclude(visits__state="planned")
        return WorkOrder.objects.filter(pk__in=own.values("pk"))
    return WorkOrder.objects.none()


def order_page(user):
    return orders_for(user).select_related("customer", "site", "contact", "created_by")
