"""What the person at the telephone needs to know of a site: a fixed number of queries, whatever its history."""

from dataclasses import dataclass
from uuid import UUID

from conduct.people.access import Permission
from visits.orders.models import WorkOrder
from visits.orders.states import OrderState

from .likeness import Told, alike
from .models import KeptPromise, OrderTemplate

RECENT = 30  # orders whose visits and promises are looked through
EARLIER = 8  # visits that the page shows
WAITING = 40  # open orders that a new one is compared with


@dataclass(frozen=True)
class Promise:
    """What a visit's record promised to the customer. `due` is a date in ISO form or empty."""

    entry: UUID
    text: str
    due: str
    visit: str


def templates_for(user):
    """Every order template, for who raises orders."""
    return OrderTemplate.objects.all() if user.may(Permission.EDIT_ORDERS) else OrderTemplate.objects.none()


def open_orders(site):
    """Orders of the site that are not closed, newest first."""
    rows = WorkOrder.objects.filter(site=site, state__in=[OrderState.DRAFT, OrderState.OPEN])
    return rows.order_by("-created_at", "-id").prefetch_related("equipment", "scope")[:WAITING]


def recent_orders(site):
    """The site's last orders with their visits and records."""
    rows = WorkOrder.objects.filter(site=site).order_by("-created_at", "-id")
    return rows.prefetch_related("visits__engineer__staff", "visits__record")[:RECENT]


def visits_of(orders):
    """The visits of these orders, newest first; one that was only planned is none."""
    visits = [visit for order in orders for visit in order.visits.all() if visit.state != "planned"]
    return sorted(visits, key=lambda visit: visit.planned_start, reverse=True)


def open_promises(visits):
    """Promises in the records of these visits that nobody has called kept, the one that is due first in front."""
    found = []
    for visit in visits:
        facts = visit.record.facts if hasattr(visit, "record") else {}
        for promise in facts.get("promises", []):
            # A record from before promises named their entries, and one whose term has ended, has nothing to call kept.
            if promise.get("entry") and promise["text"]:
                found.append(Promise(UUID(promise["entry"]), promise["text"], promise.get("due") or "", visit.number))
    kept = set(KeptPromise.objects.filter(entry__in=[promise.entry for promise in found]).values_list("entry", flat=True))
    return sorted((promise for promise in found if promise.entry not in kept), key=lambda promise: promise.due or "9")


def likely_duplicates(*, order, equipment, scope):
    """Open orders of the same site that are likely about the same matter, newest first."""
    new = Told(f"{order.reported_fault}\n{chr(10).join(scope)}", frozenset(item.pk for item in equipment), order.symptom)
    return [known for known in open_orders(order.site) if known.pk != order.pk and alike(new, _told(known))]


def _told(order):
    words = "\n".join(item.text for item in order.scope.all())
    return Told(f"{order.reported_fault}\n{words}", frozenset(item.pk for item in order.equipment.all()), order.symptom)
