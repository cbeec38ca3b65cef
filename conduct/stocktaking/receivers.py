from django.dispatch import receiver

from conduct.base.signals import slip_posted
from conduct.stock.models import StockSlip

from . import actions


@receiver(slip_posted, sender=StockSlip)
def moved(sender, slip, by, at, **kwargs):
    actions.notice_slip(slip=slip, by=by, at=at)
