from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from conduct.base.signals import purchase_settled
from conduct.workdays.dependents import register

from . import buying, renewing

register("repairs", label=_("repair tickets"), affected=renewing.affected, renew=renewing.renew)


@receiver(purchase_settled, sender=buying.ORIGIN)
def settled(sender, purchase, by, at, **kwargs):
    buying.settle_purchase(purchase=purchase, by=by, at=at)
