from django.db.models import Q

from conduct.outbox.models import Delivery
from conduct.outbox.states import DeliveryState
from visits.papers.models import Paper

HEADQUARTERS = ("hq_fax", "hq_mail")


def deliveries_of(visit):
    """Every delivery of every paper of a visit, oldest first."""
    return _of(visit.sign_offs.all()).prefetch_related("attempts").order_by("queued_at", "id")


def _of(sign_offs):
    """Deliveries of these sign-offs' papers. A recipient's later channels share the reference of the first."""
    papers = Paper.objects.filter(sign_off__in=sign_offs)
    first = Q(paper_delivery__paper__in=papers)
    later = Q(previous__paper_delivery__paper__in=papers) | Q(previous__previous__paper_delivery__paper__in=papers)
    return Delivery.objects.filter(first | later)


def received_at_headquarters(visit):
    """Has the newest paper of this visit reached headquarters by at least one way?"""
    newest = visit.sign_offs.filter(marks=[]).order_by("-version").values_list("pk", flat=True).first()
    rows = _of(visit.sign_offs.filter(pk=newest)).filter(recipient_kind__in=HEADQUARTERS)
    return rows.filter(state=DeliveryState.CONFIRMED).exists()


def in_trouble(user_deliveries):
    """Deliveries that a person has to look at: uncertain ones, and failed ones that no other channel continues."""
    stuck = user_deliveries.filter(state__in=DeliveryState.NEEDS_A_PERSON, following=None)
    return stuck.order_by("-queued_at", "-id")


def received_at_headquarters_by_another(visit, delivery):
    """Did headquarters get any paper of this visit by another delivery before?"""
    rows = _of(visit.sign_offs.all()).filter(recipient_kind__in=HEADQUARTERS, state=DeliveryState.CONFIRMED)
    return rows.exclude(pk=delivery.pk).exists()
