from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from conduct.base.signals import approval_settled, purchase_settled
from conduct.workdays.dependents import register

from . import buying, ordering, renewing, repairing

register("repairs", label=_("repair tickets"), affected=renewing.affected, renew=renewing.renew)


@receiver(purchase_settled, sender=buying.ORIGIN)
def settled(sender, purchase, by, at, **kwargs):
    buying.settle_purchase(purchase=purchase, by=by, at=at)


@receiver(approval_settled, sender=ordering.ORIGIN)
def order_settled(sender, approval, by, at, **kwargs):
    repairing.settle_order(approval=approval, by=by, at=at)
