from conduct.people.access import Permission, sees_all

from .models import Visit
from .states import VisitState


def visits_for(user):
    """Every visit that this person may know of. Lists, pages, exports and the API all start here."""
    if sees_all(user, Permission.SEE_VISITS):
        return Visit.objects.all()
    if user.may(Permission.SEE_VISITS):
        return Visit.objects.filter(engineer__staff=user).exclude(state=VisitState.PLANNED)
    return Visit.objects.none()


def visit_page(user):
    """Visits with what every page about one visit shows."""
    return visits_for(user).select_related("order__customer", "order__site", "order__contact", "engineer__staff", "edition")


def overlapping(*, engineer, start, end, besides=None):
    """Visits that take this engineer's time anywhere in [start, end)."""
    visits = Visit.objects.filter(engineer=engineer, state__in=VisitState.BOOKED, planned_start__lt=end, planned_end__gt=start)
    return visits.exclude(pk=besides.pk) if besides else visits


def visits_of_order(order):
    return order.visits.select_related("engineer__staff").order_by("-planned_start", "-id")
