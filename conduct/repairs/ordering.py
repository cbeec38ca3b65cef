"""Work for another department or an outside body is done on the line manager's order only (rule ticket.cross_department).

What stands on our own premises and is looked after by the technician's department, or by none in particular, needs no order.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.approvals import actions as approvals
from conduct.approvals.queries import approvals_about
from conduct.approvals.states import ApprovalState
from conduct.people.access import Role
from conduct.trail import actions as trail

from .models import RepairTicket

ORIGIN = "ticket_order"


def is_foreign(ticket, technician):
    """Is it somebody else's equipment, seen from this technician's department?"""
    site = ticket.equipment.site
    return not site.is_own_premises or site.department_id not in (None, technician.department_id)


def who_orders(technician):
    """{"asked_of": person} or {"asked_of_role": role}: the line manager, else the head of the department, else whoever is manager."""
    head = technician.department.head if technician.department_id else None
    person = next((one for one in (technician.line_manager, head) if one and one.is_active and one.pk != technician.pk), None)
    return {"asked_of": person} if person else {"asked_of_role": Role.MANAGER}


def needs_order(ticket, technician, by):
    """Whether somebody has to be asked first. Who would be asked and assigns it oneself has ordered it."""
    return is_foreign(ticket, technician) and who_orders(technician) != {"asked_of": by}


@transaction.atomic
def ask(*, ticket, technician, by, at):
    """Ask for the order; the ticket stays where it is until then. A question about another technician is taken back."""
    drop_question(ticket=ticket, by=by, at=at)
    RepairTicket.objects.filter(pk=ticket.pk).update(proposed_to=technician)
    ticket.proposed_to = technician
    thing = ticket.equipment
    subject = _("%(number)s: %(thing)s at %(site)s, for %(who)s") % {
        "number": ticket.number, "thing": thing.name, "site": thing.site.name, "who": technician.name,
    }  # fmt: skip
    facts = {"origin": ORIGIN, "reference": ticket.number, "subject": subject, "reason": ticket.fault, "url": ticket.get_absolute_url()}
    approvals.ask(kind="cross_department", by=by, at=at, **facts, **who_orders(technician))
    trail.note(verb="ticket.order_asked", subject=ticket, by=by, at=at, technician=technician.name)


@transaction.atomic
def drop_question(*, ticket, by, at):
    """Nobody has to order it any more."""
    if not ticket.proposed_to_id:
        return
    RepairTicket.objects.filter(pk=ticket.pk).update(proposed_to=None)
    ticket.proposed_to = None
    for approval in approvals_about(origin=ORIGIN, reference=ticket.number).filter(state=ApprovalState.ASKED):
        approvals.withdraw(approval=approval, by=by, at=at)
