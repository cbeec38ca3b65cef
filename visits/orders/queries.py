from conduct.customers.models import Customer, Site
from conduct.customers.queries import find_site_ids
from conduct.people.access import Permission, sees_all
from conduct.repairs.models import TicketPhoto
from conduct.trail.queries import trail_of

from .models import WorkOrder

COLUMNS = ("id", "number", "state", "priority", "reported_fault", "created_at", "customer_id", "site_id")
SITES = 50  # that a search of orders looks at
REWRITES = ("order.raised", "order.changed", "order.postponed", "order.item_added", "order.item_moved")  # what the order's form shows


def orders_for(user):
    """Every work order that this person may know of; an engineer knows those of own visits."""
    if sees_all(user, Permission.SEE_ORDERS):
        return WorkOrder.objects.all()
    if user.may(Permission.SEE_ORDERS):
        told = WorkOrder.visits.field.model.told_to(user, "visits__")  # the schedule stands above this room
        return WorkOrder.objects.filter(pk__in=WorkOrder.objects.filter(told).values("pk"))
    return WorkOrder.objects.none()


def order_page(user):
    return orders_for(user).select_related("customer", "site", "contact", "created_by", "project_link__project")


def last_rewrite(order):
    """The newest line of the trail about what the order's form shows, or None."""
    return trail_of(order).filter(verb__in=REWRITES).first()


def searched(user, orders, text):
    """(`orders` of that number, ours or the customer's own, or of the sites that are found by `text`; whether more sites fit).

    Each by an index of its own.
    """
    if text.upper().startswith("WO-"):
        return orders.filter(number=text.upper()), False
    if any(map(str.isdigit, text)) and (told := orders.filter(reference__in={text, text.upper(), text.lower()})).exists():
        return told, False
    own = None if sees_all(user, Permission.SEE_ORDERS) else Site.objects.filter(pk__in=orders_for(user).values("site"))
    ids, more = find_site_ids(text, most=SITES, within=own)
    return orders.filter(site__in=ids), more


def rows_of(orders):
    """Dicts for the list; the template costs more than the query, so that it gets nothing else."""
    return orders.values(*COLUMNS)


def name_places(rows):
    """Put the names of customer and site into the `rows` of one page. Joined, PostgreSQL reads every customer to sort the orders of many sites.

    The customer is that of the site, except for orders from before a site changed hands.
    """
    sites = Site.objects.filter(pk__in={row["site_id"] for row in rows}).values_list("pk", "name", "customer_id", "customer__name")
    places, customers = {}, {}
    for pk, name, customer, customer_name in sites:
        places[pk], customers[customer] = name, customer_name
    if former := {row["customer_id"] for row in rows} - customers.keys():
        customers |= dict(Customer.objects.filter(pk__in=former).values_list("pk", "name"))
    for row in rows:
        row |= {"site__name": places[row["site_id"]], "customer__name": customers[row["customer_id"]]}


def ticket_photos(order):
    """The photos of the repair ticket that the order was raised from: whoever may see the order may see them."""
    rows = TicketPhoto.objects.filter(ticket__order_links__order=order)
    return rows.select_related("file", "ticket").order_by("pk")
