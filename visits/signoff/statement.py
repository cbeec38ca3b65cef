"""The statement: the plain data that a customer signs, its canonical bytes and its hash. Pure.

Strings are NFC with LF, trimmed, without lone surrogates; numbers are whole; times are ISO minutes with offset.
The browser computes the same bytes (RFC 8785) and the same SHA-256.
"""

import hashlib
import unicodedata

import rfc8785

from visits.records.projection import minutes_between
from visits.records.schema import EDGE, normal

FORMAT = "fieldservice.statement.1"
VOLATILE = ("nonce", "version", "previous_sha256", "language")
# What headquarters says of the visit; everything else is the engineer's.
OF_HEADQUARTERS = {
    "wording_edition", "conduct_edition", "company", "customer", "site", "contact", "identity", "order", "equipment", "planned",
}  # fmt: skip

# What the statement takes over of the record's lists.
ROWS = {
    "pauses": ("from", "to", "reason"), "parts": ("name", "old_serial", "new_serial", "quantity", "stock_left"),
    "requests": ("text",), "promises": ("text", "due"), "open_points": ("text",),
}  # fmt: skip


def compose(head, *, facts, scope, hashes, checklist, change=""):
    """The statement of what headquarters says (`head`) and what the record adds up to (`facts`, of projection.project).

    `scope` are (position, text), `hashes` {file id: hash} of photos, `checklist` the short answers, `change` what is changed in production. The browser does the
    same in static/js/rules/statement.js.
    """
    rows = {name: [{key: row[key] for key in keys} for row in facts[name]] for name, keys in ROWS.items()}
    return _normal({
        **head,
        "arrived_at": facts["arrived_at"],
        "departed_at": facts["departed_at"],
        "scope": [_item(position, text, facts) for position, text in scope],
        **rows,
        "notes": [{"text": note["text"]} for note in facts["notes"] if note["for_customer"]],
        "photos": [{"caption": photo["caption"], "sha256": hashes.get(photo["file"], "")} for photo in facts["photos"]],
        "checklist": checklist,
        **change_in_short(facts.get("change", []), change),
        **training_sheet(facts),
    })  # fmt: skip


def change_in_short(log, title):
    """{"change": …} once a change in production was begun: what, from when to when, and how it ended."""
    begun = next((row for row in log if row["what"] == "change_start"), None)
    if begun is None:
        return {}
    ended = next((row for row in log if row["what"] == "change_end"), None)
    steps = len({row["runbook_step"] for row in log if row["what"] == "change_step" and row["result"] == "done"})
    end = {"ended_at": ended["at"], "outcome": ended["outcome"]} if ended else {"ended_at": None, "outcome": ""}
    return {"change": {"title": title, "started_at": begun["at"], **end, "steps": steps}}


def training_sheet(facts):
    """{"training": …} once something was taught or somebody was there: content and hours, who attended and signed, with what result."""
    sessions, people = facts.get("sessions", []), facts.get("attendees", [])
    if not sessions and not people:
        return {}
    return {
        "training": {
            "sessions": [{name: row[name] for name in ("content", "started_at", "ended_at")} for row in sessions],
            "minutes": sum(minutes_between(row["started_at"], row["ended_at"]) for row in sessions),
            "attendees": [_attendee(row, facts["assessments"].get(row["key"], {})) for row in people],
        }
    }


def _attendee(row, assessed):
    said = {"result": assessed.get("result", ""), "score": assessed.get("score"), "remark": assessed.get("remark", "")}
    return {name: row[name] for name in ("name", "unit", "signature")} | said


def _item(position, text, facts):
    result = facts["results"].get(str(position), {})
    confirmed = facts["confirmations"].get(str(position))
    return {
        "position": position,
        "text": text,
        **{name: result.get(name, "") for name in ("result", "cause", "action", "prevention")},
        "confirmed": confirmed
        and {"name": confirmed["confirmed_name"], "at": confirmed["confirmed_at"], "how": confirmed["confirmed_how"]},
    }


def _normal(value):
    if isinstance(value, str):
        return normal(value)
    if isinstance(value, list):
        return [_normal(item) for item in value]
    if isinstance(value, dict):
        return {key: _normal(item) for key, item in value.items()}
    return value


def canonical(statement):
    """The canonical JSON (RFC 8785) of a statement, as bytes. Raises ValueError when it holds what it may not."""
    check(statement)
    return rfc8785.dumps(statement)


def digest(statement):
    """Hex SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical(statement)).hexdigest()


def short(sha256):
    """The short form of a hash that people compare: the first 12 digits in threes."""
    return " ".join(sha256[place : place + 3] for place in range(0, 12, 3)).upper()


def check(value, where="statement"):
    """Raises ValueError, naming the place, unless `value` is made of what a statement may hold."""
    if value is None or isinstance(value, bool | int):
        return
    if isinstance(value, str):
        if value != unicodedata.normalize("NFC", value) or "\r" in value or value != value.strip(EDGE):
            raise ValueError(f"{where} is not NFC, LF and trimmed")
        value.encode("utf-8")  # a lone surrogate raises UnicodeEncodeError, which is a ValueError
    elif isinstance(value, list):
        for place, item in enumerate(value):
            check(item, f"{where}[{place}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            check(key, f"{where} key")
            check(item, f"{where}.{key}")
    else:
        raise ValueError(f"{where} is a {type(value).__name__}")


def changes(before, after):
    """[{field, before, after}, …]: where two statements differ, without what differs in any case."""
    old, new = _flat(before), _flat(after)
    return [
        {"field": key, "before": old.get(key, ""), "after": new.get(key, "")}
        for key in [*old, *(key for key in new if key not in old)]
        if old.get(key, "") != new.get(key, "") and key.split(".")[0] not in VOLATILE
    ]


def only_headquarters(differences):
    """Do these `changes` lie in nothing but what headquarters says? Then the customer signed what the engineer did."""
    return all(row["field"].split(".")[0] in OF_HEADQUARTERS for row in differences)


def _flat(value, prefix=""):
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = ((str(place), item) for place, item in enumerate(value, 1))
    else:
        return {prefix: "" if value is None else str(value)}
    flat = {}
    for key, item in items:
        flat |= _flat(item, f"{prefix}.{key}" if prefix else key)
    return flat
