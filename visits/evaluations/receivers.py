from django.dispatch import receiver

from conduct.base.signals import delivery_settled

from . import actions


@receiver(delivery_settled, sender=actions.ORIGIN)
def settled(sender, delivery, at, **kwargs):
    actions.settled(delivery=delivery, at=at)
