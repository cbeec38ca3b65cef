"""Builders around laptops that work without a network."""

import datetime
import uuid

from conduct.base.ids import uuid7
from conduct.devices import actions as devices
from visits.records import actions as records
from visits.sync.models import Announcement, ItemType

from . import visits

DAY = datetime.timedelta(days=1)


def laptop(staff, at, name="ThinkPad"):
    return devices.greet(device_id=uuid.uuid4(), staff=staff, name=name, clock_offset_ms=0, at=at)


def announced(device, visit, at, *, type=ItemType.ENTRY, **facts):
    """Something that the laptop announced and that has not arrived."""
    return Announcement.objects.create(
        device=device, item_id=uuid7(at), type=type, visit=visit, since=at, first_at=at, last_at=at, **facts
    )


def set_aside(visit, at, **facts):
    """A result outside of the scope, made without a network."""
    payload = {"scope_item": 9, "result": "done", "action": "顺手修了打印机"}
    return visits.enter(visit, "result", payload, at, live=False, **facts)


def quarantined(visit, at):
    """An entry of another release."""
    body = {"id": str(uuid7(at)), "kind": "telegram", "payload": {"text": "x"}}
    facts = {"item_id": uuid.UUID(body["id"]), "type": "entry", "body": body, "sha256": "0" * 64, "reason": "kind: 未知"}
    return records.keep_whole(visit=visit, by=visit.engineer.staff, at=at, **facts)[0]


def everything(visit, at):
    """One of each that waits for a named person, from one laptop that has vanished."""
    device = laptop(visit.engineer.staff, at - 5 * DAY)
    announced(device, visit, at - 5 * DAY)
    return {"device": device, "entry": set_aside(visit, at), "quarantined": quarantined(visit, at)}
