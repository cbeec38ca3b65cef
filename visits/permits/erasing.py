from django.db.models import Q

from visits.orders.states import OrderState

from .models import EntryPack


def packs_before(moment):
    """Entry packs that still name people and whose permit ended before that moment's day; where a permit has no end, those of orders
    that have ended, written last before that moment."""
    named = EntryPack.objects.exclude(people="", escort_name="", escort_telephone="")
    endless = Q(permit_until=None, changed_at__lt=moment) & ~Q(order__state__in=OrderState.LIVE)
    return named.filter(Q(permit_until__lt=moment.date()) | endless).order_by("permit_until", "id")


def blank(*, packs):
    """People with their documents and the escort go. Returns how many packs."""
    rows = EntryPack.objects.filter(pk__in=list(packs.values_list("pk", flat=True)))
    return rows.update(people="", escort_name="", escort_telephone="")
