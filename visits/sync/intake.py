"""Takes in what laptops hold: packages as they are posted, and sealed items of any type as if their author had posted them."""

import base64
import binascii

from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework import serializers

from conduct.base.errors import DomainError
from conduct.devices.queries import device_named
from conduct.people.queries import person_named
from visits.records.intake import ClockSerializer, Malformed, Taken, take_entry, uuid_in
from visits.records.queries import visits_ever_of
from visits.records.schema import normal
from visits.signoff.forms import PackageForm

from . import actions
from .envelope import Unopened, open_envelope
from .models import ItemType
from .queries import blob_receipt, pieces_here

NO_CLOCK = {"clock_offset_ms": None, "anchor_at": None, "monotonic_ms": None}


class PackageExtras(serializers.Serializer):
    """What a package from a laptop without network carries besides the sign page's own fields."""

    covers = serializers.ListField(child=serializers.UUIDField(), max_length=1000, default=list)
    clock = ClockSerializer(default=dict)


def take_package(visit, body, *, device, by, at):
    """Store a package, read in the customer's language. Returns records.intake.Taken."""
    statement = body.get("statement") if isinstance(body.get("statement"), dict) else {}
    extras = PackageExtras(data={name: body[name] for name in ("covers", "clock") if name in body})
    facts = extras.validated_data if extras.is_valid() else {"covers": [], "clock": {}}
    with translation.override("en" if statement.get("language") == "en" else "zh-hans"):
        return actions.take_package(
            visit=visit,
            package_id=uuid_in(body),
            body=body,
            form=PackageForm(body),
            clock=NO_CLOCK | dict(facts["clock"]),
            covers=[str(pk) for pk in facts["covers"]],
            device=device,
            by=by,
            at=at,
        )


class Unusable(DomainError):
    """A sealed item that cannot be taken in; its message says why."""


def take_sealed(envelope, *, private_key, only_from=None, at):
    """Open one envelope and store its item exactly as if its author had posted it. Returns (item, Taken). Twice does no harm.

    `private_key` is a function from key id to headquarters' private key or None. With `only_from`, a person, an item of
    anybody else is turned away. Raises Unusable.
    """
    item = _opened(envelope, private_key)
    author = person_named(item["author"])
    if author is None or (only_from and author.pk != only_from.pk):
        raise Unusable(_("It was not made by a person who may deliver it here: %(author)s.") % {"author": item["author"][:60]})
    visit = visits_ever_of(author).filter(number=item["visit"]).first()
    if visit is None:
        raise Unusable(_("%(author)s never had the visit %(visit)s.") % {"author": author.name, "visit": item["visit"][:20]})
    device = device_named(item["device"])
    facts = {"device": device if device and device.staff_id == author.pk else None, "by": author, "at": at}
    try:
        return item, TAKE[item["type"]](visit, item["body"], **facts)
    except Malformed as error:
        raise Unusable(_("It cannot be read.")) from error


def _opened(envelope, private_key):
    try:
        item = open_envelope(envelope, private_key)
    except Unopened as error:
        raise Unusable(UNOPENED[error.code]()) from error
    texts = isinstance(item, dict) and all(_is_text(item.get(name)) for name in ("type", "visit", "author", "device"))
    if not texts or item["type"] not in ItemType.values or not isinstance(item.get("body"), dict) or not uuid_in(item["body"]):
        raise Unusable(_("It cannot be read."))
    return item


def _is_text(value):
    return isinstance(value, str) and normal(value) == value


UNOPENED = {
    "format": lambda: _("This is no sealed item of ours."),
    "key": lambda: _("It was sealed to a key that headquarters does not have."),
    "broken": lambda: _("It was changed or damaged on its way."),
}


def _entry(visit, body, **facts):
    return take_entry(visit, {**body, "live": False}, **facts)


def _blob(visit, body, *, device, by, at):
    """A whole photo or file. What came in pieces before is not written again."""
    try:
        data = base64.b64decode(body["data"], validate=True)
        facts = {"sha256": normal(str(body["sha256"]))[:64], "name": normal(str(body.get("name", "")))[:120]}
        facts["content_type"] = normal(str(body.get("type", "")))[:60]
    except (KeyError, TypeError, binascii.Error, ValueError) as error:
        raise Malformed({"data": [_("It cannot be read.")]}) from error
    here = pieces_here(uuid_in(body))
    kept = actions.take_piece(
        visit=visit, blob_id=uuid_in(body), offset=here, total=len(data), data=data[here:], by=by, at=at, **facts
    )
    return Taken(201 if kept.completed_at == at else 200, blob_receipt(kept))


TAKE = {"entry": _entry, "blob": _blob, "package": take_package}


def take_all(envelopes, **facts):
    """Take in one envelope after the other; what fails does not stop the rest. Returns rows {item, taken, problem}."""
    rows = []
    for envelope in envelopes:
        try:
            item, taken = take_sealed(envelope, **facts)
            rows.append({"item": item, "taken": taken, "problem": ""})
        except DomainError as error:
            rows.append({"item": None, "taken": None, "problem": error.message})
    return rows


def envelopes_in(document):
    """The envelopes of a saved .fsv file, or of one alone. Raises Unusable for anything else."""
    if isinstance(document, dict) and isinstance(document.get("items"), list):
        return document["items"]
    if isinstance(document, dict) and "data" in document:
        return [document]
    raise Unusable(_("This is no file that a laptop of ours saved."))


def import_file(*, document, private_key, by, at):
    """Take in everything that a saved file holds. Returns rows {item, taken, problem}; what fails does not stop the rest."""
    rows = take_all(envelopes_in(document), private_key=private_key, at=at)
    actions.note_import(device=device_named(document.get("device")), rows=rows, by=by, at=at)
    return rows
