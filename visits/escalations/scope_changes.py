"""New needs outside of the scope: asked from the site, decided at headquarters (rule I5)."""

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role
from conduct.trail import actions as trail
from visits.orders import actions as orders
from visits.orders.models import WorkOrder
from visits.records.kinds import NeedDecision
from visits.records.queries import record_of
from visits.schedule.states import VisitState

from .actions import record_page
from .models import ScopeChange
from .states import ScopeState

OPEN = (VisitState.CONFIRMED, VisitState.ON_SITE, VisitState.FINISHED)


@transaction.atomic
def ask(*, entry, by, at):
    """Put a new need before headquarters. One that was decided by telephone to be done now is a scope item at once, to be confirmed.

    Raises DomainError when the number that the laptop gave to the item is something else by now.
    """
    visit, said = entry.visit, entry.payload
    change = ScopeChange.objects.create(
        number=next_number("SC", day_of(at, visit.order.site.time_zone).year),
        visit=visit,
        entry=entry,
        text=said["text"],
        state=ScopeState.CLAIMED if said["decision"] else ScopeState.WAITING,
        claimed=said["decision"],
        asked_at=at,
        asked_by=by,
    )
    if change.claimed == NeedDecision.DO_NOW:
        _make_room(visit, said["position"], by, at)
        _into_scope(change, said["position"], by, at)
    verb = "scope_change.claimed" if change.claimed else "scope_change.asked"
    trail.note(verb=verb, subject=change, by=by, at=at, visit=visit.number, claimed=change.claimed)
    facts = {"customer": visit.order.customer.name, "who": said["decided_name"] or by.name, "url": change.get_absolute_url()}
    people = people_with_role(Role.DISPATCHER) | people_with_role(Role.TECHNICAL_MANAGER)
    tell(to=people.distinct(), code=verb, about=visit.number, at=at, **facts)
    return change


def _make_room(visit, position, by, at):
    """Headquarters gave the laptop's number to another need meanwhile: that one moves on, while nothing is said of it."""
    other = visit.scope.filter(position=position).exclude(scope_change=None).first()
    if other and str(position) not in record_of(visit).facts["results"]:
        orders.move_item(item=other, by=by, at=at)


def _into_scope(change, position, by, at):
    item = orders.add_item(order=change.visit.order, text=change.text, position=position, by=by, at=at)
    change.visit.scope.add(item)
    ScopeChange.objects.filter(pk=change.pk).update(item=item)
    change.item = item


@transaction.atomic
def decide(*, change, decision, called, reason="", by, at):
    """Headquarters' word. `called` says with whom it was settled, when and how.

    Raises ForbiddenMove when a colleague was faster, DomainError when the record is closed and nothing can be done on this visit
    any more, or when a refusal has no reason.
    """
    if decision == NeedDecision.REFUSED and not reason.strip():
        raise DomainError(_("Say why; the engineer tells the customer."), field="reason")
    move(change, decision, decided_at=at, decided_by=by, called=called.strip(), reason=reason.strip())
    if decision == NeedDecision.DO_NOW:
        _do_now(change, by, at)
    elif change.item_id:
        _take_out(change)
    if decision == NeedDecision.NEW_ORDER:
        ScopeChange.objects.filter(pk=change.pk).update(order=_new_order(change, by, at))
    verb, visit = f"scope_change.{decision}", change.visit
    trail.note(verb=verb, subject=change, by=by, at=at, visit=visit.number, claimed=change.claimed, called=change.called)
    facts = {"customer": visit.order.customer.name, "url": record_page(visit)}
    tell(to=change.asked_by, code=verb, about=visit.number, at=at, **facts)


def _do_now(change, by, at):
    if change.item_id:
        return
    if change.visit.state not in OPEN or record_of(change.visit).closed_at:
        raise DomainError(_("Nothing can be added to this visit any more. Make a new order of it."), field="decision")
    _into_scope(change, None, by, at)


def _take_out(change):
    """The item leaves the visit again, unless the record already says what was done: then it stays as it is, contested."""
    record = record_of(change.visit)
    if record.closed_at is None and str(change.item.position) not in record.facts["results"]:
        change.item.delete()


def _new_order(change, by, at):
    """A draft for the same site, which a dispatcher completes."""
    before = change.visit.order
    order = WorkOrder(site=before.site, contact=before.contact, reported_fault=change.text)
    return orders.raise_order(order=order, equipment=(), scope=[change.text], as_draft=True, by=by, at=at)
