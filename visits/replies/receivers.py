from django.dispatch import receiver

from conduct.base.signals import approval_settled, delivery_settled

from . import actions
from .queries import ORIGIN


@receiver(approval_settled, sender=ORIGIN)
def reviewed(sender, approval, by, at, **kwargs):
    actions.settle_review(approval=approval, by=by, at=at)


@receiver(delivery_settled, sender=ORIGIN)
def settled(sender, delivery, at, **kwargs):
    actions.settle_delivery(delivery=delivery, at=at)
