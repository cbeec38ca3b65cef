from django.dispatch import receiver

from conduct.base.signals import approval_settled

from . import actions


@receiver(approval_settled, sender=actions.ORIGIN)
def settled(sender, approval, by, at, **kwargs):
    actions.settle(approval=approval, by=by, at=at)
