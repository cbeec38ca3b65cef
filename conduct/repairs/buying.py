"""What cannot be repaired is bought anew. The purchase itself is kept by conduct.purchases, under our number."""

from django.db import transaction

from conduct.purchases import actions as purchases
from conduct.purchases.queries import purchases_about, purchases_for
from conduct.purchases.states import PurchaseState
from conduct.stock.states import ItemKind

from . import closing
from .models import RepairTicket

ORIGIN = "ticket"


@transaction.atomic
def ask_replacement(*, ticket, department, name, quantity, price=None, reason, by, at):
    """Draft the purchase of what takes the broken thing's place; the ticket stays until it comes. Returns the purchase.

    Raises ForbiddenMove for a ticket that can be repaired, or of which a replacement is being bought already.
    """
    closing.await_purchase(ticket=ticket, by=by, at=at)
    line = {"name": name, "quantity": quantity, "price": price, "unit": "台", "kind": ItemKind.EQUIPMENT}
    return purchases.draft(
        department=department, lines=[line], reason=reason, origin=ORIGIN, reference=ticket.number,
        url=ticket.get_absolute_url(), by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def settle_purchase(*, purchase, by, at):
    """The purchase has come to its end: the ticket goes on with the thing that came, or without one.

    A ticket that was reopened meanwhile is in somebody's hands already; it only stops waiting, and its people are told.
    """
    rows = RepairTicket.objects.select_related("equipment__site__customer", "assigned_to", "reporter")
    ticket = rows.get(number=purchase.reference)
    if purchase.state != PurchaseState.RECEIVED:
        closing.go_without(ticket=ticket, reference=purchase.number, reason=purchase.ended_reason, by=by, at=at)
    elif ticket.state in closing.BOUGHT_ANEW:
        closing.go_on(ticket=ticket, reference=purchase.number, by=by, at=at)
    else:
        closing.arrived(ticket=ticket, reference=purchase.number, by=by, at=at)


def purchases_shown(ticket, user):
    """[(purchase, whether this person may open it), …] of what was asked for in the ticket's place, oldest first."""
    rows = purchases_about(origin=ORIGIN, reference=ticket.number)
    seen = set(purchases_for(user).filter(origin=ORIGIN, reference=ticket.number).values_list("pk", flat=True))
    return [(row, row.pk in seen) for row in rows]
