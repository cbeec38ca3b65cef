"""Addresses and letters of settled deliveries. What became of a delivery, and when, stays."""

from .models import Delivery
from .states import DeliveryState

SETTLED = (DeliveryState.CONFIRMED, DeliveryState.FAILED, DeliveryState.CANCELLED)
NOBODY = "–"


def letters_before(moment, origins):
    """Settled deliveries of these origins that went on their way before that moment and still name somebody."""
    rows = Delivery.objects.filter(state__in=SETTLED, queued_at__lt=moment, origin__in=origins).exclude(recipient=NOBODY)
    return rows.order_by("queued_at", "id")


def letters_to(address):
    """Settled deliveries to one mailbox."""
    return Delivery.objects.filter(state__in=SETTLED, recipient__iexact=address)


def blank(*, deliveries):
    """Take address and text away. Returns how many."""
    return deliveries.model.objects.filter(pk__in=list(deliveries.values_list("pk", flat=True))).update(
        recipient=NOBODY, body="", detail="", message_id=""
    )
