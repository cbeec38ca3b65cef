from conduct.customers.queries import find_site_ids
from conduct.people.access import Permission, sees_all
from conduct.repairs.models import TicketPhoto

from .models import WorkOrder
from .states import OrderState, Priority

COLUMNS = ("id", "number", "state", "priority", "reported_fault", "created_at", "customer__name", "site__name")
SITES = 50  # that a search of orders looks at


def orders_for(user):
    """Every work order that this person may know of; an engineer knows those of own visits."""
    if sees_all(user, Permission.SEE_ORDERS):
        return WorkOrder.objects.all()
    if user.may(Permission.SEE_ORDERS):
        own = WorkOrder.objects.filter(visits__engineer__staff=user).exclude(visits__state="planned")
        return WorkOrder.objects.filter(pk__in=own.values("pk"))
    return WorkOrder.objects.none()


def order_page(user):
    return orders_for(user).select_related("customer", "site", "contact", "created_by")


def searched(orders, text):
    """`orders` of that number, or of the sites that are found by `text`; each by an index of its own."""
    if text.upper().startswith("WO-"):
        return orders.filter(number=text.upper())
    return orders.filter(site__in=find_site_ids(text, most=SITES)[0])


def rows_of(orders):
    """Dicts for the list; the template costs more than the query, so that it gets nothing else."""
    return orders.values(*COLUMNS)


def with_words(rows):
    """The codes' words, looked up once a page and not once a row."""
    states, priorities = ({code: str(label) for code, label in choices} for choices in (OrderState.choices, Priority.choices))
    for row in rows:
        row |= {"state_label": states[row["state"]], "priority_label": priorities[row["priority"]]}
    return rows


def ticket_photos(order):
    """The photos of the repair ticket that the order was raised from: whoever may see the order may see them."""
    rows = TicketPhoto.objects.filter(ticket__order_links__order=order)
    return rows.select_related("file", "ticket").order_by("pk")
