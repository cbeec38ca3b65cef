from django.utils import translation
from django.utils.translation import gettext as _

from conduct.company.queries import company
from conduct.outbox import actions as outbox
from conduct.outbox.states import DeliveryState, RecipientKind
from visits.schedule.moving import count_all

from .models import PaperDelivery
from .queries import HEADQUARTERS, ORIGIN, received_at_headquarters_by_another


def send_paper(*, paper, mail_channels, fax_channels, at):
    """Queue a sealed paper for headquarters' fax, headquarters' mailbox and, where an address is known, the customer.

    `mail_channels` and `fax_channels` are ordered codes. Returns the deliveries.
    """
    ours, sign_off = company(), paper.sign_off
    contact = sign_off.visit.order.contact
    customer_mail = (contact.email if contact else "") or sign_off.visit.order.customer.email
    ways = [
        (RecipientKind.HQ_FAX, ours.fax, fax_channels),
        (RecipientKind.HQ_MAIL, ours.mailbox, mail_channels),
        (RecipientKind.CUSTOMER_MAIL, customer_mail, mail_channels),
    ]
    return [_send(paper, kind, address, channels, at) for kind, address, channels in ways if address and channels]


def _send(paper, kind, address, channels, at):
    statement = paper.sign_off.statement
    with translation.override(statement["language"]):
        subject = _("On-site Technical Support Service Record") + f" {paper.number}"
        if paper.version > 1:
            subject += " " + _("version %(version)d") % {"version": paper.version}
        body = _("Please find the record attached. Questions are answered at %(hotline)s.") % statement["company"]
    delivery = outbox.queue(
        origin=ORIGIN,
        reference=paper.number,
        recipient_kind=kind,
        recipient=address,
        channels=channels,
        files=[paper.file],
        subject=subject,
        body=body + "\n\n" + statement["company"]["name"] + "\n",
        by=None,
        at=at,
    )
    PaperDelivery.objects.create(paper=paper, delivery=delivery)
    return delivery


def visit_of(delivery):
    """The visit whose paper this delivery carries, found through the first channel's delivery."""
    first = delivery
    while first.previous_id:
        first = first.previous
    return first.paper_delivery.paper.sign_off.visit


def count_first_receipt(*, visit, delivery, at):
    """The first receipt from headquarters adds the paper's way there, from signature to receipt, to the month."""
    is_receipt = delivery.state == DeliveryState.CONFIRMED and delivery.recipient_kind in HEADQUARTERS
    if not is_receipt or received_at_headquarters_by_another(visit, delivery):
        return
    signed_at = visit.sign_offs.counting().order_by("-version").values_list("signed_at", flat=True).first()
    count_all(visit, {"delivered": 1, "delivery_minutes": max(int((at - signed_at).total_seconds() // 60), 0)})
