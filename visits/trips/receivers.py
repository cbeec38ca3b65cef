from django.dispatch import receiver

from conduct.base.signals import approval_settled

from . import actions
from .queries import ORIGIN


@receiver(approval_settled, sender=ORIGIN)
def settled(sender, approval, by, at, **kwargs):
    actions.settle_consent(approval=approval, by=by, at=at)
