"""What was ordered arrives, all at once or in parts: each part is a slip."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.stock import actions as stock
from conduct.stock.arithmetic import Line
from conduct.stock.models import Item, StockSlip

from . import actions
from .models import Purchase, PurchaseLine
from .queries import ORIGIN
from .states import PurchaseState


def known_slip(purchase, slip_id):
    """The slip that such an arrival was stored as already, or None."""
    return StockSlip.objects.filter(pk=slip_id, origin=ORIGIN, reference=purchase.number).first()


@transaction.atomic
def receive(*, purchase, arrived, put_to, slip_id, giver_name, taker_name, giver_strokes=None, taker_strokes=None, by, at):
    """Bring in what arrived: {line: (quantity, price of one or None)}. Returns (slip, is_new); the same slip posted twice counts once.

    A line that is not in the register yet is entered. When nothing is outstanding the purchase is received.
    """
    purchase = Purchase.objects.select_for_update().select_related("asked_by").get(pk=purchase.pk)
    if known := known_slip(purchase, slip_id):
        return known, False
    if purchase.state != PurchaseState.ORDERED:
        raise ForbiddenMove(_("Only what is ordered can arrive."))
    lines = [_arrive(line, quantity, price, by, at) for line, (quantity, price) in arrived.items() if quantity]
    facts = {
        "origin": ORIGIN, "reference": purchase.number, "url": purchase.get_absolute_url(), "reason": purchase.reason[:300],
        "giver_name": giver_name, "giver_strokes": giver_strokes, "taker_name": taker_name, "taker_strokes": taker_strokes,
    }  # fmt: skip
    slip, is_new = stock.post(slip_id=slip_id, kind="bought", lines=lines, put_to=put_to, by=by, at=at, **facts)
    if not purchase.lines.filter(received__lt=F("quantity")).exists():
        actions.finish(purchase=purchase, by=by, at=at)
    return slip, is_new


def _arrive(line, quantity, price, by, at):
    rest = PurchaseLine.objects.filter(pk=line.pk, received__lte=F("quantity") - quantity)
    if not rest.update(received=F("received") + quantity):
        said = {"name": line.name, "rest": line.outstanding}
        raise DomainError(_("%(name)s: only %(rest)d more are expected.") % said, field=f"quantity_{line.pk}")
    if line.item is None:
        line.item = stock.save_item(item=Item(name=line.name, unit=line.unit, kind=line.kind), by=by, at=at)
        PurchaseLine.objects.filter(pk=line.pk).update(item=line.item)
    return Line(line.item, quantity, price)
