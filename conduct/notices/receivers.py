from django.dispatch import receiver

from conduct.base.signals import delivery_settled
from conduct.outbox.states import DeliveryState
from conduct.trail import actions as trail

from .actions import ORIGIN


@receiver(delivery_settled, sender=ORIGIN)
def settled(sender, delivery, at, **kwargs):
    """The notice itself stands in the application; only an address that does not work is worth a line."""
    if delivery.state == DeliveryState.FAILED:
        trail.note(verb="notice.not_mailed", subject=delivery, by=None, at=at, recipient=delivery.recipient)
