"""A ticket follows the work order that was raised from it."""

from django.utils.translation import gettext as _

from conduct.repairs import repairing
from conduct.repairs.models import RepairTicket


def after_close(*, order, by, at):
    """The order is done: what the ticket reports is repaired, and its reporter is still to be told."""
    if ticket := _ticket_of(order):
        done = _("Done by work order %(number)s.") % {"number": order.number}
        cause = order.stated_cause or order.reported_fault or done
        repairing.repaired(ticket=ticket, cause=cause[:2000], work_done=done, by=by, at=at)


def after_cancel(*, order, by, at):
    """The order is called off: the ticket is the triager's again."""
    if ticket := _ticket_of(order):
        reason = _("work order %(number)s was cancelled") % {"number": order.number}
        repairing.give_back(ticket=ticket, reason=reason, by=by, at=at)


def _ticket_of(order):
    """The ticket that still waits for this order, or None: one that went on otherwise is left alone."""
    waiting = RepairTicket.objects.filter(order_links__order=order, carried_by=order.number, state="assigned")
    return waiting.select_related("equipment__site__customer", "assigned_to", "reporter").first()
