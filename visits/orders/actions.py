from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.company.queries import company
from conduct.privacy.queries import colleagues_contacts
from conduct.privacy.words import refusal
from conduct.repairs import repairing
from conduct.trail import actions as trail

from .following import after_cancel, after_close
from .models import ScopeItem, TicketOrder
from .states import OrderState


@transaction.atomic
def raise_order(*, order, equipment, scope, skills=(), certified=(), as_draft=False, by, at):
    """Raise a work order. `order` comes unsaved, `scope` is a list of at least one text.

    `skills` are those that it needs, `certified` those that need a valid certificate as well.
    """
    _check(order, scope)
    order.number = next_number("WO", day_of(at, order.site.time_zone).year)
    order.customer = order.site.customer
    order.state = OrderState.DRAFT if as_draft else OrderState.OPEN
    order.created_at, order.created_by = at, by
    order.save()
    _set_needs(order, equipment, skills, certified)
    ScopeItem.objects.bulk_create(ScopeItem(order=order, position=n, text=text) for n, text in enumerate(scope, 1))
    trail.note(verb="order.raised", subject=order, by=by, at=at, state=order.state, scope=len(scope))
    return order


@transaction.atomic
def raise_from_ticket(*, ticket, by, at, **facts):
    """Raise an order for what a repair ticket reports; the ticket goes on under the order's number. `facts` as in `raise_order`."""
    order = raise_order(by=by, at=at, **facts)
    TicketOrder.objects.create(order=order, ticket=ticket)
    repairing.hand_over(ticket=ticket, carried_by=order.number, by=by, at=at)
    return order


@transaction.atomic
def change_order(*, order, equipment, scope, skills=(), certified=(), by, at):
    """Change an order. Items that a visit names stay as they are; others may be reworded, added or left out."""
    _check(order, scope)
    order.customer = order.site.customer
    order.save()
    _set_needs(order, equipment, skills, certified)
    _change_scope(order, scope)
    trail.note(verb="order.changed", subject=order, by=by, at=at, scope=len(scope))
    return order


@transaction.atomic
def add_item(*, order, text, position=None, by, at):
    """One more line of what is to be done, found on site. Raises DomainError when it is told a position that is taken."""
    positions = set(order.scope.values_list("position", flat=True))
    if position in positions:
        raise DomainError(_("Scope item %(position)d is something else by now.") % {"position": position}, field="text")
    item = ScopeItem.objects.create(order=order, position=position or max(positions, default=0) + 1, text=text)
    trail.note(verb="order.item_added", subject=order, by=by, at=at, position=item.position)
    return item


@transaction.atomic
def move_item(*, item, by, at):
    """Give an item the next free number. Only for one that no record has said anything of yet."""
    last = item.order.scope.order_by("-position").values_list("position", flat=True).first()
    ScopeItem.objects.filter(pk=item.pk).update(position=last + 1)
    trail.note(verb="order.item_moved", subject=item.order, by=by, at=at, position=last + 1)


def _set_needs(order, equipment, skills, certified):
    order.equipment.set(equipment)
    order.skills.set(skills)
    order.certified.set(certified)


def _change_scope(order, texts):
    """Items keep their positions; an item that a visit holds cannot change, because a record may stand on it."""
    items = {item.position: item for item in order.scope.prefetch_related("visits")}
    for position, text in enumerate(texts, 1):
        item = items.pop(position, None)
        if item is None:
            ScopeItem.objects.create(order=order, position=position, text=text)
        elif item.text != text:
            _refuse_if_held(item)
            ScopeItem.objects.filter(pk=item.pk).update(text=text)
    for item in items.values():
        _refuse_if_held(item)
        item.delete()


def _refuse_if_held(item):
    if item.visits.exists():
        message = _("Item %(position)d belongs to a visit already and cannot be changed; add a new item instead.")
        raise DomainError(message % {"position": item.position}, field="scope")


def _check(order, scope):
    for name in ("reported_fault", "stated_cause"):
        text = getattr(order, name)
        if found := colleagues_contacts(text):
            raise DomainError(refusal(text, found, company().hotline), field=name)
    if not scope:
        raise DomainError(_("Name at least one thing that is to be done."), field="scope")
    if order.contact_id and order.contact.site_id != order.site_id:
        raise DomainError(_("This contact belongs to another site."), field="contact")


@transaction.atomic
def open_order(*, order, by, at):
    move(order, OrderState.OPEN)
    trail.note(verb="order.opened", subject=order, by=by, at=at)


@transaction.atomic
def close(*, order, by, at):
    move(order, OrderState.CLOSED)
    trail.note(verb="order.closed", subject=order, by=by, at=at)
    after_close(order=order, by=by, at=at)


@transaction.atomic
def cancel(*, order, by, at):
    """Cancel an order. Raises DomainError while a visit of it is still under way."""
    if order.visits.filter(state__in=["proposed", "countered", "confirmed", "on_site", "finished"]).exists():
        raise DomainError(_("A visit of this order is still open. Cancel the visit first."))
    move(order, OrderState.CANCELLED)
    trail.note(verb="order.cancelled", subject=order, by=by, at=at)
    after_cancel(order=order, by=by, at=at)
