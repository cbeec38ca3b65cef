"""The arithmetic of the chain, without a database."""

import hashlib

import rfc8785

START = "0" * 64


def link(previous, facts):
    """SHA-256 (hex) over the link before and the canonical JSON (RFC 8785) of an event's `facts`."""
    return hashlib.sha256(previous.encode() + rfc8785.dumps(facts)).hexdigest()


def facts_of(event):
    """What of an event the chain protects: everything."""
    return {
        "id": event.pk,
        "at": event.at.timestamp().hex(),
        "by_id": event.by_id,
        "by_name": event.by_name,
        "verb": event.verb,
        "subject_kind": event.subject_kind,
        "subject": event.subject,
        "data": event.data,
    }
