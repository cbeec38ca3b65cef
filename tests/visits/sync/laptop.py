"""A laptop without network, as headquarters sees it: it makes items, and posts, announces or seals them."""

import hashlib
import json
import uuid

from conduct.base.ids import uuid7
from tests.factories import visits
from visits.records.hashing import entry_sha256
from visits.records.schema import clean
from visits.signoff.queries import statement_like, unused_nonces
from visits.signoff.statement import digest
from visits.sync.envelope import seal


class Laptop:
    def __init__(self, client, owner, *, name="ThinkPad 王磊"):
        self.client, self.owner, self.name, self.id = client, owner, name, str(uuid.uuid4())
        client.force_login(owner)
        self.hq_key = None

    def post(self, path, body):
        return self.client.post(path, json.dumps(body), content_type="application/json", headers={"X-Device": self.id})

    def get(self, path):
        return self.client.get(path, headers={"X-Device": self.id})

    def contact(self, at, *, held=(), ready=(), **facts):
        body = {
            "device": self.id, "name": self.name, "device_time": at.isoformat(), "app_version": "1", "held": list(held),
            "ready": list(ready), "storage": {"persisted": True, "free_bytes": 10**9, "quota_bytes": 10**10},
        }  # fmt: skip
        response = self.post("/api/v1/sync/contact/", body | facts)
        if response.status_code == 200:
            self.hq_key = response.json()["hq_key"]
        return response

    def entry(self, visit, kind, payload, at, **facts):
        return {
            "id": str(uuid7(at)), "kind": kind, "payload": payload, "corrects": None, "live": False, "clock_offset_ms": 0,
            "device_at": at.isoformat(timespec="milliseconds"), "plan_version": visit.plan_version, **facts,
        }  # fmt: skip

    def send(self, visit, entry):
        return self.post(f"/api/v1/visits/{visit.number}/entries/", entry)

    def held(self, item, *, type="entry", visit=None, at=None, sha256=""):
        since = at.isoformat() if at else None
        return {"id": item["id"], "type": type, "visit": visit.number if visit else "", "since": since, "sha256": sha256}

    def package(self, visit, at, *, nonce=None, width=400, **facts):
        """Signed without a network over the record as it stands, with a nonce that was issued in advance."""
        device = uuid.UUID(self.id)
        nonce = nonce or unused_nonces(visit, device)[0]
        base = {"language": "zh-hans", "nonce": nonce, "version": 1, "previous_sha256": None}
        statement = statement_like(visit, base) | facts.pop("changed", {})
        return {
            "id": str(uuid7(at)), "kind": "signed", "statement": statement, "sha256": digest(statement), "nonce": nonce,
            "signer_name": "李喆", "signer_position": "主任", "signer_telephone": "025-84421234", "satisfaction": 5,
            "strokes": {**visits.STROKES, "width": width}, "typed_name": "", "stamp": "", "no_stamp_reason": "公章外出",
            "comment": "", "signed_at": at.isoformat(timespec="seconds"), "device": self.id,
            "covers": [str(pk) for pk in visit.entries.filter(state="accepted").values_list("pk", flat=True)],
            "wording_edition": statement["wording_edition"], "clock": {"clock_offset_ms": 0}, **facts,
        }  # fmt: skip

    def sign(self, visit, package):
        return self.post(f"/api/v1/visits/{visit.number}/packages/", package)

    def piece(self, visit, blob_id, data, *, offset, total, sha256, name="photo.jpg"):
        query = f"offset={offset}&total={total}&sha256={sha256}&name={name}&type=image/jpeg"
        path = f"/api/v1/visits/{visit.number}/blobs/{blob_id}/?{query}"
        return self.client.post(path, data, content_type="application/octet-stream", headers={"X-Device": self.id})

    def sealed(self, type, visit, body):
        item = {
            "type": type, "id": body["id"], "visit": visit.number, "author": self.owner.username, "device": self.id, "body": body,
        }  # fmt: skip
        return seal(item, key_id=self.hq_key["id"], public_jwk=self.hq_key["jwk"])


def sha256_of(visit, entry):
    """The hash that the laptop computes of an entry, to compare with the receipt's."""
    payload = clean(entry["kind"], entry["payload"])[0]
    return entry_sha256(
        entry_id=entry["id"], visit=visit.number, kind=entry["kind"], payload=payload, corrects=entry["corrects"],
        device_at=entry["device_at"],
    )  # fmt: skip


def sha256_of_bytes(data):
    return hashlib.sha256(data).hexdigest()
