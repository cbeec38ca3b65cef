"""Where two statements differ, in words of the active language: "what was done 1 · result: partly done → done"."""

import re

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.checklists.gates import AnswerCode
from visits.records.kinds import Assessed, Result

NAMES = {
    "company": _("company"), "customer": _("customer"), "site": _("site"), "contact": _("contact"), "identity": _("engineer"),
    "order": _("work order"), "equipment": _("equipment"), "planned": pgettext_lazy("times", "planned"),
    "arrived_at": _("arrived"), "departed_at": _("departed"), "pauses": _("pauses"), "scope": _("scope item"), "parts": _("part"),
    "requests": _("request"), "promises": _("promise"), "open_points": _("open point"), "notes": _("note"), "photos": _("photo"),
    "checklist": _("rule"), "wording_edition": _("consent wording"), "conduct_edition": _("edition"),
    "result": _("result"), "cause": _("cause"), "action": _("what was done"), "prevention": _("how to prevent it"),
    "confirmed": _("confirmed by headquarters"), "name": pgettext_lazy("thing", "name"), "address": _("address"),
    "telephone": _("telephone"), "capacity": _("capacity"), "reported_fault": _("reported fault"),
    "old_serial": _("old serial number"), "new_serial": _("new serial number"), "quantity": _("quantity"),
    "stock_left": _("stock left"), "text": _("wording"), "due": _("due on"), "answer": _("answer"), "note": _("note"),
    "reason": _("reason"), "caption": _("caption"), "from": pgettext_lazy("time", "from"), "to": pgettext_lazy("time", "to"),
    "start": pgettext_lazy("time", "from"), "end": pgettext_lazy("time", "to"), "at": _("at what time"), "how": _("by what means"),
    "stated_cause": _("cause"), "hotline": _("hotline"), "fax": _("fax"), "mailbox": _("mailbox"), "sha256": _("check code"),
    "number": _("number"), "position": _("number"), "model": _("model"), "serial": _("serial number"), "time_zone": _("time zone"),
    "training": _("training"), "sessions": _("what was taught"), "attendees": _("attendee"), "content": _("what was taught"),
    "started_at": pgettext_lazy("time", "from"), "ended_at": pgettext_lazy("time", "to"), "minutes": _("minutes"),
    "unit": _("department or unit"), "signature": _("own signature"), "score": _("score"), "remark": _("remark"),
    "code": _("clause"), "visit": _("visit"), "format": _("format"),
}  # fmt: skip
ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d")
DIGEST = re.compile(r"[0-9a-f]{64}")


def in_words(changes):
    """The rows of `statement.changes` for a reader: no key, code or ISO time is left."""
    return [
        {
            "field": _field(row["field"]),
            "before": _value(row["field"], row["before"]),
            "after": _value(row["field"], row["after"]),
        }
        for row in changes
    ]


def _field(path):
    first, *rest = path.split(".")
    place = f" {rest.pop(0)}" if rest and rest[0].isdigit() else ""
    return " · ".join([f"{NAMES.get(first, first)}{place}", *(str(NAMES.get(key, key)) for key in rest)])


def _value(path, value):
    if path.endswith(".result"):
        return str(dict([*Result.choices, *Assessed.choices]).get(value, value))
    if path.endswith(".signature"):
        return "✓" if value else ""
    if path.endswith(".answer"):
        return str(dict(AnswerCode.choices).get(value, value))
    if ISO.fullmatch(value):
        return value[:16].replace("T", " ")
    return value[:12].upper() if DIGEST.fullmatch(value) else value
