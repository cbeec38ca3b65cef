"""What something new is about, read from the address of its page: a visit, an order, a site or a customer alone."""

from conduct.base.access import get_or_404
from conduct.customers.queries import customers_for, sites_for
from visits.orders.queries import order_page
from visits.schedule.queries import visit_page


def about(user, asked):
    """{"customer", "order", "visit"} of what `asked` (the query) names, or None when it names nothing.

    Raises Http404 for what this person may not see.
    """
    if number := asked.get("visit"):
        visit = get_or_404(visit_page(user), number=number)
        return {"customer": visit.order.customer, "order": visit.order, "visit": visit}
    if number := asked.get("order"):
        order = get_or_404(order_page(user), number=number)
        return {"customer": order.customer, "order": order, "visit": None}
    if number := asked.get("customer"):
        return {"customer": get_or_404(customers_for(user), number=number), "order": None, "visit": None}
    if number := asked.get("site"):
        return {"customer": get_or_404(sites_for(user), number=number).customer, "order": None, "visit": None}
    return None
