from django.utils import translation
from django.utils.translation import gettext as _

from conduct.company.queries import company
from conduct.outbox import actions as outbox
from conduct.outbox.states import RecipientKind
from visits.schedule.models import Visit
from visits.schedule.moving import contribute

from .counting import measures_of
from .models import PaperDelivery
from .queries import ORIGIN, first_receipt


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


def count_first_receipt(*, visit):
    """What the paper's way to headquarters, from the signature to the first receipt, adds to the month. A receipt that
    was taken back (a bounce) adds nothing any more. Two couriers who come back at once see each other's receipt: the
    second waits until the first has counted."""
    Visit.objects.select_for_update(no_key=True).filter(pk=visit.pk).values_list("pk").get()
    receipt = first_receipt(visit)
    contribute(visit, "delivery", measures_of(*receipt) if receipt else {})
