"""A laptop in Python that keeps the rules of CONTRACTS 5 and 7: a queue in order, one item at a time; only our own JSON receipt
with the very hash counts as received; after silence it asks for the receipt before it sends again; one bad item does not
block the rest."""

import datetime
import time
import uuid
from dataclasses import dataclass, field
from types import SimpleNamespace

from conduct.base.ids import uuid7
from tests.factories.visits import STROKES
from visits.records.hashing import entry_sha256
from visits.records.projection import project
from visits.records.schema import clean, normal
from visits.signoff.statement import FORMAT, digest
from visits.sync.actions import package_sha256

from .line import Lost

HOUR = datetime.timedelta(hours=1)
MINUTE = datetime.timedelta(minutes=1)
TRIES = 60


@dataclass
class Item:
    id: str
    type: str
    path: str
    body: dict
    sha256: str
    sent: bool = False
    tries: int = 0


@dataclass
class Laptop:
    line: object
    rng: object
    is_there: object
    device: str = field(default_factory=lambda: str(uuid.uuid4()))
    queue: list = field(default_factory=list)
    attention: list = field(default_factory=list)
    receipts: dict = field(default_factory=dict)
    too_early: list = field(default_factory=list)

    def call(self, numbers, at):
        """The first contact, over a good line: the laptop becomes known. Returns {number: bundle}."""
        share, self.line.share = self.line.share, 0
        body = {"device": self.device, "name": "simulated", "device_time": at.isoformat(), "held": [], "ready": []}
        assert self.line.send("POST", "/api/v1/sync/contact/", body).status == 200
        bundles = {number: self.line.send("GET", f"/api/v1/visits/{number}/bundle/").json() for number in numbers}
        self.line.share = share
        return bundles

    def work(self, bundle):
        """A whole visit without a network: arrival, results, departure, signature."""
        visit = bundle["visit"]
        start = datetime.datetime.fromisoformat(visit["planned_start"])
        made = [self._entry(visit, "arrived", {"arrived_at": _iso(start)}, start)]
        for row in bundle["scope"]:
            payload = {"scope_item": row["position"], "result": "done", "action": f"已更换 {self.rng.randrange(10**6)} é\r\n完成 "}
            made.append(self._entry(visit, "result", payload, start + HOUR))
        made.append(self._entry(visit, "departed", {"departed_at": _iso(start + HOUR)}, start + HOUR + MINUTE))
        self._sign(bundle, made, start + HOUR + 2 * MINUTE)

    def _entry(self, visit, kind, payload, at):
        entry_id, device_at = str(uuid7(at)), at.isoformat(timespec="milliseconds")
        cleaned, errors = clean(kind, payload)
        assert not errors
        body = {
            "id": entry_id, "kind": kind, "payload": payload, "corrects": None, "device_at": device_at, "live": False,
            "clock_offset_ms": 0, "anchor_at": device_at, "monotonic_ms": 0,
        }  # fmt: skip
        sha256 = entry_sha256(
            entry_id=entry_id, visit=visit["number"], kind=kind, payload=cleaned, corrects=None, device_at=device_at
        )
        self.queue.append(Item(entry_id, "entry", f"/api/v1/visits/{visit['number']}/entries/", body, sha256))
        return SimpleNamespace(id=entry_id, kind=kind, payload=cleaned, corrects_id=None)

    def _sign(self, bundle, made, at):
        number, signing = bundle["visit"]["number"], bundle["signing"]
        statement = statement_from(bundle, project(made), signing["nonces"][0])
        wobble = [[[n * 4, 60 + n % 7, n * 10, self.rng.randrange(1000)] for n in range(60)]]
        body = {
            "id": str(uuid7(at)), "kind": "signed", "statement": statement, "sha256": digest(statement), "nonce": signing["nonces"][0],
            "signer_name": "李喆", "signer_position": "主任", "signer_telephone": "025-84421234", "satisfaction": 5,
            "strokes": {**STROKES, "strokes": wobble}, "typed_name": "", "stamp": "", "no_stamp_reason": "公章外出", "comment": "",
            "signed_at": at.isoformat(timespec="seconds"), "covers": [row.id for row in made], "device": self.device,
            "wording_edition": signing["edition"], "clock": {"clock_offset_ms": 0},
        }  # fmt: skip
        self.queue.append(Item(body["id"], "package", f"/api/v1/visits/{number}/packages/", body, package_sha256(body)))

    def deliver(self):
        """Send the queue until nothing waits. What was put aside is sent again when the rest is done, as a person would."""
        while self.queue or self.attention:
            if not self.queue:
                self.queue, self.attention = self.attention, []
            item = self.queue[0]
            outcome = self._try(item)
            if outcome == "received":
                self.queue.pop(0)
            elif outcome == "refused":
                # What belongs together stays in order: the rest of the visit waits with it.
                together = [row for row in self.queue if row.path.split("/")[4] == item.path.split("/")[4]]
                self.attention += together
                self.queue = [row for row in self.queue if row not in together]
            assert item.tries < TRIES, f"{item.type} {item.id} was tried {item.tries} times"

    def _try(self, item):
        item.tries += 1
        try:
            if item.sent and self._has_receipt(item):
                return "received"
            item.sent = True
            answer = self.line.send("POST", item.path, item.body)
        except Lost:
            time.sleep(min(2, item.tries * 0.05))  # while the server starts again, nobody answers
            return "silence"
        found = answer.json()
        if found and answer.status in (200, 201, 202) and self._accept(item, found.get("receipt")):
            return "received"
        return "refused" if found and answer.status in (409, 413, 422) else "silence"

    def _has_receipt(self, item):
        answer = self.line.send("GET", f"/api/v1/sync/receipts/?id={item.id}")
        rows = (answer.json() or {}).get("receipts") if answer.status == 200 else None
        return any(self._accept(item, row) for row in rows or ())

    def _accept(self, item, receipt):
        """Is this headquarters' receipt of exactly what this laptop holds? Then, and only then, it is marked as sent."""
        named = (receipt or {}).get("package_sha256" if item.type == "package" else "sha256")
        statement = item.type != "package" or (receipt or {}).get("sha256") == item.body["sha256"]
        if not receipt or receipt.get("id") != item.id or named != item.sha256 or not statement:
            return False
        if not self.is_there(item):
            self.too_early.append(item.id)
        self.receipts.setdefault(item.id, []).append(receipt)
        return True


def statement_from(bundle, facts, nonce):
    """The statement as a laptop builds it, from nothing but the visit's bundle and its own entries."""
    signing, visit, ours, order = bundle["signing"], bundle["visit"], bundle["company"], bundle["order"]
    site, contact = bundle["site"], bundle["contact"] or {"name": "", "telephone": ""}
    return _normal({
        "format": FORMAT, "language": "zh-hans", "wording_edition": signing["edition"], "conduct_edition": visit["edition"],
        "number": visit["record_number"], "visit": visit["number"], "version": signing["version"],
        "previous_sha256": signing["previous_sha256"], "nonce": nonce,
        "company": {"name": ours["names"]["zh-hans"], "hotline": ours["hotline"], "fax": ours["fax"], "mailbox": ours["mailbox"]},
        "customer": bundle["customer"],
        "site": {name: site[name] for name in ("number", "name", "address", "time_zone")},
        "contact": {name: contact[name] for name in ("name", "telephone")},
        "identity": visit["identity"], "order": order, "equipment": bundle["equipment"],
        "planned": {"start": visit["planned_start"], "end": visit["planned_end"]},
        "arrived_at": facts["arrived_at"], "departed_at": facts["departed_at"], "pauses": [],
        "scope": [
            {**row, **{name: facts["results"][str(row["position"])][name] for name in ("result", "cause", "action", "prevention")},
             "confirmed": None}
            for row in bundle["scope"]
        ],
        "parts": [], "requests": [], "promises": [], "open_points": [], "notes": [], "photos": [], "checklist": [],
    })  # fmt: skip


def _normal(value):
    if isinstance(value, str):
        return normal(value)
    if isinstance(value, list):
        return [_normal(item) for item in value]
    return {key: _normal(item) for key, item in value.items()} if isinstance(value, dict) else value


def _iso(moment):
    return moment.isoformat(timespec="minutes")
