"""Takes in an entry as a laptop posted it, online or later: read it, store it, and say what the receipt says.

What was made without network is never turned away: what this release cannot read is kept whole.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass

import rfc8785
from rest_framework import serializers

from conduct.base.sentences import sentence as _
from conduct.base.sentences import whatever

from . import actions, attempts
from .hashing import entry_sha256
from .models import Quarantined
from .projection import moment
from .schema import clean, normal

DEVICE_AT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?[+-]\d\d:\d\d$"
CLOCK = ("device_offset_minutes", "clock_offset_ms", "monotonic_ms", "anchor_at")
LONG = 10**15


class Wall(serializers.RegexField):
    """A laptop's wall clock as ISO text with offset. Stays text: the hash covers it as it was sent."""

    def __init__(self, **more):
        super().__init__(DEVICE_AT, **more)

    def to_internal_value(self, data):
        text = super().to_internal_value(data)
        try:
            moment(text)
        except ValueError as error:
            raise serializers.ValidationError(_("A date and a time were expected.")) from error
        return text


class ClockSerializer(serializers.Serializer):
    device_offset_minutes = serializers.IntegerField(required=False, min_value=-900, max_value=900, default=0)
    clock_offset_ms = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=-LONG, max_value=LONG)
    monotonic_ms = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=-LONG, max_value=LONG)
    anchor_at = Wall(required=False, allow_null=True, default=None)

    def validate_anchor_at(self, text):
        return moment(text) if text else None


class EntrySerializer(ClockSerializer):
    """An entry as the laptop sends it; the payload's own rules are in kinds.py."""

    id = serializers.UUIDField()
    kind = serializers.CharField(max_length=20)
    payload = serializers.DictField()
    corrects = serializers.UUIDField(required=False, allow_null=True, default=None)
    after = serializers.UUIDField(required=False, allow_null=True, default=None)
    device_at = Wall()
    plan_version = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=30000)
    live = serializers.BooleanField(default=True)


class ReceiptSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    sha256 = serializers.CharField()
    received_at = serializers.DateTimeField()
    state = serializers.CharField()
    reason = serializers.CharField()


@dataclass(frozen=True)
class Taken:
    """`status` as in HTTP: 201 stored, 200 stored before, 202 kept whole, 409 the id holds other bytes (both are kept)."""

    status: int
    receipt: dict


class Malformed(Exception):
    """Nothing that could be kept: `fields` says what is wrong."""

    def __init__(self, fields):
        super().__init__("malformed")
        self.fields = fields


def take_entry(visit, body, *, device=None, by, at):
    """Store one posted entry. Raises actions.Refused for a live one that something speaks against, Malformed for no entry."""
    sent = EntrySerializer(data=body)
    offline = isinstance(body, dict) and body.get("live") is False
    if not sent.is_valid():
        return _keep(visit, body, lambda: _errors_of(body), device, by, at, offline)
    facts = dict(sent.validated_data)
    clock = {name: facts.pop(name) for name in CLOCK}
    entry_id = facts.pop("id")
    if offline and clean(facts["kind"], facts["payload"])[1]:
        return _keep(visit, body, lambda: clean(facts["kind"], facts["payload"])[1], device, by, at, offline)
    try:
        entry, is_new = actions.add_entry(visit=visit, entry_id=entry_id, clock=clock, device=device, by=by, at=at, **facts)
    except actions.Refused:
        attempts.note(visit=visit, kind=facts["kind"], payload=facts["payload"], by=by, at=at)
        raise
    return Taken(409 if entry.pk != entry_id else 201 if is_new else 200, receipt_of(entry))


def _errors_of(body):
    sent = EntrySerializer(data=body)
    sent.is_valid()
    return sent.errors


def _keep(visit, body, errors, device, by, at, offline):
    """`errors()` says what is wrong, in the language of the moment."""
    item_id = uuid_in(body)
    if not (offline and item_id):
        raise Malformed(errors())
    facts = {"visit": visit, "item_id": item_id, "body": body, "sha256": whole_sha256(visit, body), "device": device}
    reason = whatever(lambda: said(errors()))
    kept, is_new = actions.keep_whole(type=Quarantined.Type.ENTRY, reason=reason, by=by, at=at, **facts)
    return Taken(202 if is_new else 200, quarantine_receipt(kept))


def uuid_in(body):
    """The id that a body names, or None."""
    try:
        return uuid.UUID(str(body["id"]))
    except (KeyError, TypeError, ValueError):
        return None


def whole_sha256(visit, body):
    """The hash of an entry that cannot be read, computed like any other, over the payload exactly as it was sent."""
    names = ("kind", "payload", "corrects", "device_at")
    try:
        return entry_sha256(entry_id=body["id"], visit=visit.number, **{name: body.get(name) for name in names})
    except (rfc8785.CanonicalizationError, ValueError):
        return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def said(errors):
    """Field errors in one line that any database keeps."""
    lines = (f"{name}: {' '.join(map(str, texts if isinstance(texts, list) else [texts]))}" for name, texts in errors.items())
    return normal("; ".join(lines))[:500]


def receipt_of(entry):
    return {
        "id": str(entry.pk),
        "sha256": entry.sha256,
        "received_at": entry.received_at.isoformat(),
        "state": entry.state,
        "reason": entry.why,
    }


def quarantine_receipt(kept):
    return {
        "id": str(kept.item_id),
        "sha256": kept.sha256,
        "received_at": kept.received_at.isoformat(),
        "state": "quarantined",
        "reason": kept.why,
        **({"package_sha256": kept.sha256} if kept.type == Quarantined.Type.PACKAGE else {}),
    }
