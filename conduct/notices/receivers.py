from django.dispatch import receiver

from conduct.base.signals import delivery_settled
from conduct.outbox.states import DeliveryState
from conduct.trail import actions as trail

from . import trail_head
from .actions import ORIGIN


@receiver(delivery_settled, sender=trail_head.ORIGIN)
@receiver(delivery_settled, sender=ORIGIN)
def settled(sender, delivery, at, **kwargs):
    """What was told stands in the application as well; only an address that does not work is worth a line."""
    if delivery.state == DeliveryState.FAILED:
        trail.note(verb="notice.not_mailed", subject=delivery, by=None, at=at, recipient=delivery.recipient)
