from conduct.outbox.models import Delivery
from conduct.outbox.states import DeliveryState, RecipientKind

from .models import PaperDelivery

ORIGIN = "paper"
HEADQUARTERS = ("hq_fax", "hq_mail")


def deliveries_of(visit):
    """Every delivery of every paper of a visit, oldest first. They carry the record's number as their reference."""
    if not visit.record_number:
        return Delivery.objects.none()
    about = Delivery.objects.filter(origin=ORIGIN, reference=visit.record_number).defer("body", "subject", "channels", "message_id")
    return about.prefetch_related("attempts").order_by("queued_at", "id")


def received_at_headquarters(visit):
    """Has the newest paper of this visit reached headquarters by at least one way?"""
    newest = visit.sign_offs.counting().order_by("-version").values_list("pk", flat=True).first()
    rows = {row.pk: row for row in deliveries_of(visit)}
    first = set(PaperDelivery.objects.filter(paper__sign_off=newest).values_list("delivery_id", flat=True))
    return any(_is_receipt(row) and _root(row, rows) in first for row in rows.values())


def _is_receipt(delivery):
    return delivery.state == DeliveryState.CONFIRMED and delivery.recipient_kind in HEADQUARTERS


def _root(delivery, rows):
    """The delivery by the recipient's first channel, which this one continues."""
    while delivery.previous_id in rows:
        delivery = rows[delivery.previous_id]
    return delivery.pk


def in_trouble(user_deliveries):
    """Deliveries that a person has to look at: uncertain ones, and failed ones that no other channel continues.

    Those to other programs are looked at on the subscriber's page: a program that is away would hide everything else here.
    """
    stuck = user_deliveries.filter(state__in=DeliveryState.NEEDS_A_PERSON, following=None).exclude(recipient_kind=RecipientKind.SYSTEM)
    return stuck.order_by("-queued_at", "-id")


def first_receipt(visit):
    """(signed at, received at) of the paper of this visit that headquarters got first, or None."""
    rows = {row.pk: row for row in deliveries_of(visit)}
    receipts = sorted((row.settled_at, row.pk) for row in rows.values() if _is_receipt(row) and row.settled_at)
    if not receipts:
        return None
    received_at, pk = receipts[0]
    linked = PaperDelivery.objects.filter(delivery_id=_root(rows[pk], rows))
    signed_at = linked.values_list("paper__sign_off__signed_at", flat=True).first()
    return (signed_at, received_at) if signed_at else None
