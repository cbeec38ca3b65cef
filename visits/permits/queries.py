from visits.orders.queries import orders_for

from .models import EntryPack


def pack_of(order):
    """The order's entry pack, an unsaved one when nobody wrote it yet."""
    return EntryPack.objects.filter(order=order).first() or EntryPack(order=order)


def orders_with_pack(user):
    return orders_for(user).select_related("customer", "site", "entry_pack")
