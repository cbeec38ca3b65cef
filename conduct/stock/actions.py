import hashlib
import uuid

import rfc8785
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.numbers import next_number
from conduct.base.signals import send_to_one, slip_posted
from conduct.company.queries import company
from conduct.tally import actions as tally
from conduct.trail import actions as trail

from .arithmetic import Line, net, opposite, steps_of
from .counting import measures_by_category
from .models import Level, Movement, StockSlip
from .queries import lines_of, quantity_of
from .states import PLACES, SlipKind

SIGNED = ("giver_name", "giver_strokes", "taker_name", "taker_strokes")


class NotEnough(DomainError):
    """There are fewer than were asked for. `item` is the one that is short."""

    def __init__(self, item, place, there, wanted):
        said = {"item": item, "place": place, "there": there, "wanted": wanted, "unit": item.unit}
        super().__init__(
            _("%(item)s: only %(there)d %(unit)s are at “%(place)s”, %(wanted)d were asked for.") % said, field="quantity"
        )
        self.item = item


@transaction.atomic
def save_place(*, place, by, at):
    """Enter a place or change it. It comes unsaved."""
    verb = "place.changed" if place.pk else "place.created"
    place.number = place.number or next_number("PL", width=3)
    place.save()
    trail.note(verb=verb, subject=place, by=by, at=at, name=place.name)
    return place


@transaction.atomic
def save_item(*, item, by, at):
    """Enter an item or change what is known of it. It comes unsaved; its quantities change by slips."""
    verb = "item.changed" if item.pk else "item.created"
    item.number = item.number or next_number("P", width=4)
    item.save()
    trail.note(verb=verb, subject=item, by=by, at=at, name=item.name)
    return item


def post(*, slip_id, kind, lines, taken_from=None, put_to=None, by, at, **facts):
    """Write a slip and move what stands on it. Returns (slip, is_new): the same slip posted twice is stored once.

    `lines` are arithmetic.Line; `facts` are reason, origin, reference, url, giver_name, taker_name and their strokes (cleaned by
    base/strokes.py, or None). Raises NotEnough, or DomainError beside its field; the same id with other content is refused.
    """
    _check(kind, lines, taken_from, put_to, facts)
    sha256 = _digest(kind, lines, taken_from, put_to, facts)
    if known := _known(slip_id, sha256):
        return known, False
    facts |= {"taken_from": taken_from, "put_to": put_to, "sha256": sha256}
    try:
        with transaction.atomic():
            return _book(slip_id, kind, steps_of(lines, taken_from, put_to), lines, facts, by, at), True
    except (IntegrityError, NotEnough):
        # The same slip may have been on its way at the same moment: then it is the other one's stock that is missing here.
        if known := _known(slip_id, sha256):
            return known, False
        raise


@transaction.atomic
def reverse(*, slip, reason, new_id=uuid.uuid4, by, at):
    """Undo a slip by another one with the opposite steps, once. Raises NotEnough when what came in was handed out since."""
    if slip.kind == SlipKind.REVERSED:
        raise ForbiddenMove(_("A reversal is not reversed again. Write a new slip."))
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    if StockSlip.objects.filter(reverses=slip).exists():
        raise ForbiddenMove(_("This slip is reversed already; nothing was changed."))
    facts = {
        "reason": reason.strip(), "reverses": slip, "origin": slip.origin, "reference": slip.reference, "url": slip.url,
        "taken_from": slip.put_to, "put_to": slip.taken_from, "giver_name": by.name, "taker_name": by.name,
        "sha256": hashlib.sha256(f"reversal of {slip.number} {slip.sha256}".encode()).hexdigest(),
    }  # fmt: skip
    steps = opposite(slip.movements.select_related("item", "place"))
    lines = [Line(*line) for line in lines_of(slip)]
    try:
        with transaction.atomic():
            return _book(new_id(), SlipKind.REVERSED, steps, lines, facts, by, at, counts_as=slip.kind)
    except IntegrityError as error:
        raise ForbiddenMove(_("This slip is reversed already; nothing was changed.")) from error


def _book(slip_id, kind, steps, lines, facts, by, at, counts_as=None):
    """Levels first, in order, then the number, so that slips about other things wait for each other only at the very end."""
    for (item, place), change in net(steps):
        _change_level(item, place, change)
    day = day_of(at, company().time_zone)
    slip = StockSlip.objects.create(id=slip_id, number=next_number("SS", day.year), kind=kind, by=by, at=at, **facts)
    Movement.objects.bulk_create(
        Movement(
            slip=slip, position=step.position, item=step.item, place=step.place, quantity=step.quantity, price=step.price,
            note=step.note,
        )
        for step in steps
    )  # fmt: skip
    sign = -1 if counts_as else 1
    for category, measures in measures_by_category(counts_as or kind, lines, sign).items():
        tally.post(kind="slip", number=slip.number, part=category[:12], day=day, measures=measures, category=category)
    said = {"kind": kind, "reason": facts.get("reason", ""), "about": facts.get("reference", "")}
    trail.note(verb="slip.posted", subject=slip, by=by, at=at, **{key: value for key, value in said.items() if value})
    send_to_one(slip_posted, sender=StockSlip, slip=slip, by=by, at=at)
    return slip


def _change_level(item, place, change):
    """One conditional UPDATE: of two that want the last one, the second is told. The check constraint stands behind it."""
    rows = Level.objects.filter(item=item, place=place)
    if change < 0:
        if not rows.filter(quantity__gte=-change).update(quantity=F("quantity") + change):
            raise NotEnough(item, place, quantity_of(item, place), -change)
    elif change > 0 and not rows.update(quantity=F("quantity") + change):
        Level.objects.get_or_create(item=item, place=place)
        rows.update(quantity=F("quantity") + change)


def _check(kind, lines, taken_from, put_to, facts):
    takes, puts = PLACES[kind]
    for need, place, field in ((takes, taken_from, "taken_from"), (puts, put_to, "put_to")):
        if need == "yes" and place is None:
            raise DomainError(_("Choose a place."), field=field)
        if need == "no" and place is not None:
            raise DomainError(_("This kind of slip does not name such a place."), field=field)
    if taken_from is not None and taken_from == put_to:
        raise DomainError(_("It is there already: choose another place."), field="put_to")
    if not lines:
        raise DomainError(_("Enter at least one line."))
    if any(line.quantity < 1 for line in lines):
        raise DomainError(_("At least one."), field="quantity")
    for field in ("giver_name", "taker_name"):
        if not facts.get(field, "").strip():
            raise DomainError(_("Both sides sign: enter the name."), field=field)


def _digest(kind, lines, taken_from, put_to, facts):
    """SHA-256 of what stands on the paper and who signed it: what tells the same slip from another one."""
    paper = {
        "kind": str(kind),
        "lines": [[line.item.number, line.quantity, str(line.price or ""), line.note] for line in lines],
        "places": [place.number if place else "" for place in (taken_from, put_to)],
        **{name: facts.get(name) or "" for name in ("reason", "origin", "reference", *SIGNED)},
    }
    return hashlib.sha256(rfc8785.dumps(paper)).hexdigest()


def _known(slip_id, sha256):
    """The slip that is stored under this id. Raises DomainError when it says something else."""
    slip = StockSlip.objects.filter(pk=slip_id).first()
    if slip and slip.sha256 != sha256:
        raise DomainError(
            _("Another slip was posted from this page already: %(number)s. Open a new form.") % {"number": slip.number}
        )
    return slip
