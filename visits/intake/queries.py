"""What the person at the telephone needs to know of a site: a fixed number of queries, whatever its history."""

from collections import defaultdict

from django.db.models import Prefetch

from conduct.people.access import Permission
from visits.orders.models import WorkOrder
from visits.orders.states import OrderState

from .likeness import Told, alike
from .models import OrderTemplate

RECENT = 30  # orders whose visits are looked through
EARLIER = 8  # visits that the page shows
WAITING = 40  # open orders that a new one is compared with


def templates_for(user):
    """Every order template, for who raises orders."""
    return OrderTemplate.objects.all() if user.may(Permission.EDIT_ORDERS) else OrderTemplate.objects.none()


def open_orders(site):
    """Orders of the site that are not closed, newest first."""
    rows = WorkOrder.objects.filter(site=site, state__in=[OrderState.DRAFT, OrderState.OPEN])
    return rows.order_by("-created_at", "-id").prefetch_related("equipment", "scope")[:WAITING]


def open_orders_of(sites):
    """{site id: its open orders, newest first, at most WAITING} of many sites, in as many queries as of one."""
    rows = WorkOrder.objects.filter(site__in=sites, state__in=[OrderState.DRAFT, OrderState.OPEN])
    found = defaultdict(list)
    for order in rows.order_by("-created_at", "-id").prefetch_related("equipment", "scope"):
        if len(found[order.site_id]) < WAITING:
            found[order.site_id].append(order)
    return found


def recent_visits(site):
    """The last visits of the site's last orders, newest first; one that was only planned is none.

    An order may have a thousand visits: the database gives the newest of each, by its index on the order.
    """
    visits = WorkOrder.visits.field.model.objects  # the schedule stands above this room
    visits = visits.exclude(state="planned").select_related("engineer__staff")
    newest = Prefetch("visits", visits.order_by("-planned_start", "-id")[:EARLIER], to_attr="newest_visits")
    orders = WorkOrder.objects.filter(site=site).order_by("-created_at", "-id").prefetch_related(newest)[:RECENT]
    found = [visit for order in orders for visit in order.newest_visits]
    return sorted(found, key=lambda visit: visit.planned_start, reverse=True)[:EARLIER]


def open_promises(site):
    """What the site was promised and still waits for, what is due first in front."""
    return site.promises.filter(state="open").select_related("visit", "owner").order_by("due", "id")


def likely_duplicates(*, order, equipment, scope):
    """Open orders of the same site that are likely about the same matter, newest first; those with the customer's own number in front."""
    waiting = [known for known in open_orders(order.site) if known.pk != order.pk]
    same = [known for known in waiting if order.reference and known.reference == order.reference]
    waiting = [known for known in waiting if known not in same]
    return same + alike_to(waiting, fault=order.reported_fault, symptom=order.symptom, equipment=equipment, scope=scope)


def alike_to(orders, *, fault, symptom, equipment, scope):
    """Those of `orders` that are likely about what is told here."""
    new = Told(f"{fault}\n{chr(10).join(scope)}", frozenset(item.pk for item in equipment), symptom)
    return [known for known in orders if alike(new, _told(known))]


def _told(order):
    words = "\n".join(item.text for item in order.scope.all())
    return Told(f"{order.reported_fault}\n{words}", frozenset(item.pk for item in order.equipment.all()), order.symptom)
