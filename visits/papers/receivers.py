from django.dispatch import receiver

from conduct.base.doorbell import ring
from conduct.base.signals import record_closed
from visits.signoff.models import SignOff

from . import actions


@receiver(record_closed, sender=SignOff)
def ask(sender, signoff, at, **kwargs):
    """The row is the truth; the bell after the commit may fail, the sweeper rings again."""
    paper = actions.ask(sign_off=signoff, at=at)
    ring("papers.make", paper.pk)
