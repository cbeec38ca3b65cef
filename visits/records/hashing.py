import hashlib

import rfc8785


def entry_sha256(*, entry_id, visit, kind, payload, corrects, device_at):
    """Hex SHA-256 over the canonical JSON (RFC 8785) of what the laptop made; `device_at` is ISO text as it was sent."""
    facts = {
        "id": str(entry_id),
        "visit": visit,
        "kind": kind,
        "payload": payload,
        "corrects": str(corrects) if corrects else None,
        "device_at": device_at,
    }
    return hashlib.sha256(rfc8785.dumps(facts)).hexdigest()
