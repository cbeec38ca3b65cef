from django.utils.translation import gettext as _

from conduct.outbox.states import DeliveryState
from visits.orders.states import OrderState
from visits.postponements.models import Postponement
from visits.postponements.states import PostponementState
from visits.schedule.states import VisitState
from visits.signoff.queries import ready_to_sign

from .models import Invitation
from .states import Standing

OF_VISIT = ("visit__order__site", "visit__order__customer", "visit__order__contact", "visit__edition")
OF_POSTPONEMENT = ("postponement__order__site", "postponement__order__customer", "postponement__order__contact", "postponement__visit")


def links_to(thing):
    """The links that lead to a visit's record, or to a postponement."""
    return Invitation.objects.filter(**{"postponement" if isinstance(thing, Postponement) else "visit": thing})


def invitations_of(thing):
    """Every link to a thing, newest first, with what a list shows of each."""
    return links_to(thing).select_related("created_by", "delivery", "sign_off", "postponement")


def invitation_page():
    """Links with what the customer's page needs."""
    return Invitation.objects.select_related(*OF_VISIT, *OF_POSTPONEMENT, "created_by", "sign_off")


def with_standing(invitations, at):
    """The links as a list; `standing` says what became of each."""
    rows = list(invitations)
    for row in rows:
        row.standing = standing_of(row, at)
    return rows


def standing_of(invitation, at):
    signed = invitation.sign_off
    if signed:
        return Standing.ATTENTION if signed.waits else Standing.REFUSED if signed.is_refusal else Standing.SIGNED
    if invitation.used_at and invitation.postponement_id:
        return Standing.REFUSED if invitation.postponement.state == PostponementState.REFUSED else Standing.SIGNED
    if invitation.revoked_at:
        return Standing.REVOKED
    if invitation.expires_at <= at:
        return Standing.CLOSED
    if invitation.opened_at:
        return Standing.REACHED
    failed = invitation.delivery and invitation.delivery.state in (DeliveryState.FAILED, DeliveryState.CANCELLED)
    return Standing.FAILED if failed else Standing.OPEN


def known_addresses(order):
    """{address: whose} of the order's contact and customer: a link goes to nobody else by itself."""
    contact, customer = order.contact, order.customer
    found = {contact.email: contact.name} if contact and contact.email else {}
    return found | ({customer.email: customer.name} if customer.email and customer.email not in found else {})


def ended(invitation, at):
    """In words for the customer, why this link does not lead to a signature now; empty when it does."""
    if invitation.used_at:
        return _("This link was used already: what you signed has arrived.")
    if invitation.revoked_at:
        return _("This link was withdrawn. A newer one may be in your mailbox.")
    if invitation.expires_at <= at:
        return _("This link has expired; it was good for 72 hours. Please ask for a new one.")
    return not_waiting(invitation.thing)


def not_waiting(thing):
    """In words, why nobody can sign this record or postponement now; empty when somebody can."""
    if isinstance(thing, Postponement):
        if thing.order.state == OrderState.CANCELLED:
            return _("The work was called off meanwhile; nothing has to be answered.")
        return "" if thing.state == PostponementState.ASKED else _("This was answered or withdrawn meanwhile.")
    visit = thing
    if visit.state in (VisitState.SIGNED, VisitState.REFUSED, VisitState.ARCHIVED):
        return _("This record was signed in another way meanwhile.")
    if visit.state == VisitState.ON_SITE or visit.state == VisitState.FINISHED and not ready_to_sign(visit):
        return _("This record is being worked on at the moment. The link stays good; please open it again later.")
    return "" if visit.state == VisitState.FINISHED else _("This record is not waiting for a signature any more.")
