from django.db import transaction
from django.utils import timezone

from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.base.sentences import sentence as _
from conduct.base.unseen import Unseen
from conduct.company.queries import company
from conduct.privacy.queries import colleagues_contacts
from conduct.privacy.words import refusal
from conduct.repairs import repairing
from conduct.trail import actions as trail

from .following import after_cancel, after_close
from .models import ScopeItem, TicketOrder, WorkOrder
from .queries import last_rewrite
from .states import OrderState

TOLD = (
    "site", "customer", "contact", "reference", "reported_fault", "symptom", "stated_cause", "traits", "wanted_from", "wanted_to", "change_from",
    "change_to", "duration_minutes", "priority",
)  # fmt: skip
ON_THE_WAY = ["planned", "proposed", "countered", "confirmed", "on_site"]


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
def change_order(*, order, equipment, scope, skills=(), certified=(), seen=None, by, at):
    """Change an order. Items that a visit names stay as they are; others may be reworded, added or left out.

    `seen` is the id of the last rewrite that whoever writes had before the eyes. Raises ForbiddenMove for an order that was closed
    or cancelled, or rewritten since.
    """
    _refuse_ended(order)
    _refuse_unseen(order, seen)
    _check(order, scope)
    order.customer = order.site.customer
    order.save(update_fields=TOLD)
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


def _state_of(order):
    """As the database has it, under a lock: who plans a visit, changes, closes or cancels at this moment was first, or waits."""
    return WorkOrder.objects.select_for_update(no_key=True).filter(pk=order.pk).values_list("state", flat=True).get()


def _refuse_ended(order):
    if _state_of(order) not in OrderState.LIVE:
        raise ForbiddenMove(_("This order was closed or cancelled and is not changed any more; one that was closed can be opened again."))


def _refuse_unseen(order, seen):
    newest = last_rewrite(order) if seen else None
    if newest and newest.pk != seen:
        facts = {"who": newest.by_name or _("the system"), "time": f"{timezone.localtime(newest.at):%H:%M}", "what": newest.verb_words}
        raise Unseen(
            _("%(who)s was here at %(time)s while you were writing (%(what)s). Look at the order first; saving once more writes what stands here.")
            % facts
        )


def _change_scope(order, texts):
    """Items that a visit holds stay as they are, because a record may stand on them; the other lines take the places that are left,
    in their order, and new ones after the last."""
    items = list(order.scope.prefetch_related("visits").order_by("position"))
    left, free = list(texts), []
    for item in items:
        if not item.visits.all():
            free.append(item)
        elif item.text in left:
            left.remove(item.text)
        else:
            message = _("Item %(position)d belongs to a visit already and cannot be changed; add a new item instead.")
            raise DomainError(message % {"position": item.position}, field="scope")
    for item, text in zip(free, left, strict=False):
        if item.text != text:
            ScopeItem.objects.filter(pk=item.pk).update(text=text)
    ScopeItem.objects.filter(pk__in=[item.pk for item in free[len(left) :]]).delete()
    last = items[-1].position if items else 0
    more = enumerate(left[len(free) :], last + 1)
    ScopeItem.objects.bulk_create(ScopeItem(order=order, position=position, text=text) for position, text in more)


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
    """Close an order. Raises DomainError while somebody is asked or on the way for it."""
    _refuse_while(order, ON_THE_WAY)
    move(order, OrderState.CLOSED)
    trail.note(verb="order.closed", subject=order, by=by, at=at)
    after_close(order=order, by=by, at=at)


@transaction.atomic
def cancel(*, order, by, at):
    """Cancel an order. Raises DomainError while a visit of it is planned or under way."""
    _refuse_while(order, [*ON_THE_WAY, "finished"])
    move(order, OrderState.CANCELLED)
    trail.note(verb="order.cancelled", subject=order, by=by, at=at)
    after_cancel(order=order, by=by, at=at)


def _refuse_while(order, states):
    _state_of(order)
    if open_one := order.visits.filter(state__in=states).order_by("planned_start").first():
        raise DomainError(_("Visit %(number)s of this order is still open. Cancel the visit first.") % {"number": open_one.number})
