from django.db.models import Exists, OuterRef, Q

from conduct.people.access import Permission
from visits.schedule.queries import visits_for
from visits.schedule.states import VisitState

from .models import CustomerNotice
from .states import InformState


def notices_for(user):
    """What the customers of this person's visits have to be told, or were."""
    rows = CustomerNotice.objects.filter(visit__in=visits_for(user))
    return rows.select_related("visit__order__customer", "visit__order__site", "visit__order__contact", "visit__engineer__staff")


def notices_of(visit):
    """Oldest first; what another one took the place of is left out."""
    return visit.customer_notices.exclude(state=InformState.REPLACED).select_related("asked_by", "noted_by")


def untold(user):
    """What a dispatcher still has to tell a customer, longest waiting first; nothing of visits that do not take place."""
    if not user.may(Permission.PLAN_VISITS):
        return CustomerNotice.objects.none()
    rows = notices_for(user).filter(state__in=InformState.UNTOLD, visit__state__in=VisitState.OPEN)
    return rows.order_by("asked_at", "id")


def with_untold(visits):
    """Visits, each with `is_untold`: whether its customer has to be told something and was not."""
    waiting = CustomerNotice.objects.filter(visit=OuterRef("pk"), state__in=InformState.UNTOLD)
    return visits.annotate(is_untold=Q(Exists(waiting), state__in=VisitState.OPEN))
