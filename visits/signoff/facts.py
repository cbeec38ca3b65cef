"""Gathers a visit's facts into the statement."""

from conduct.base.days import iso_minutes
from conduct.checklists.queries import short_answers
from conduct.company.queries import company
from visits.records.models import EntryFile
from visits.records.queries import record_of
from visits.records.schema import normal

from .statement import FORMAT

TEXTS = {"requests": ("text",), "promises": ("text", "due"), "open_points": ("text",)}


def statement_of(visit, *, language, nonce, version, previous_sha256):
    """The statement of a visit as its record stands now, in `language` ("zh-hans" or "en")."""
    ours, order = company(), visit.order
    site, facts = order.site, record_of(visit).facts
    statement = {
        "format": FORMAT,
        "language": language,
        "wording_edition": str(ours.consent_edition),
        "conduct_edition": visit.edition.code if visit.edition_id else "",
        "number": visit.record_number,
        "visit": visit.number,
        "version": version,
        "previous_sha256": previous_sha256,
        "nonce": nonce,
        "company": {"name": ours.name_in(language), "hotline": ours.hotline, "fax": ours.fax, "mailbox": ours.mailbox},
        "customer": {"number": order.customer.number, "name": order.customer.name},
        "site": {"number": site.number, "name": site.name, "address": site.address, "time_zone": site.time_zone},
        "contact": {
            "name": order.contact.name if order.contact else "",
            "telephone": order.contact.telephone if order.contact else "",
        },
        "identity": {"name": visit.identity_name, "capacity": visit.identity_capacity},
        "order": {"number": order.number, "reported_fault": order.reported_fault, "stated_cause": order.stated_cause},
        "equipment": list(order.equipment.order_by("number").values("number", "name", "model", "serial")),
        "planned": {
            "start": iso_minutes(visit.planned_start, site.time_zone),
            "end": iso_minutes(visit.planned_end, site.time_zone),
        },
        "arrived_at": facts["arrived_at"],
        "departed_at": facts["departed_at"],
        "pauses": [{name: pause[name] for name in ("from", "to", "reason")} for pause in facts["pauses"]],
        "scope": [
            _item(position, text, facts) for position, text in visit.scope.order_by("position").values_list("position", "text")
        ],
        "parts": [
            {name: part[name] for name in ("name", "old_serial", "new_serial", "quantity", "stock_left")}
            for part in facts["parts"]
        ],
        **{name: [{key: row[key] for key in keys} for row in facts[name]] for name, keys in TEXTS.items()},
        "notes": [{"text": note["text"]} for note in facts["notes"] if note["for_customer"]],
        "photos": _photos(visit, facts),
        "checklist": short_answers(visit.visit_checklist.checklist, language) if hasattr(visit, "visit_checklist") else [],
    }
    return _normal(statement)


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


def _photos(visit, facts):
    kept = {str(row.pk): row.signed_sha256 for row in EntryFile.objects.filter(visit=visit).select_related("file")}
    return [{"caption": photo["caption"], "sha256": kept.get(photo["file"], "")} for photo in facts["photos"]]


def _normal(value):
    if isinstance(value, str):
        return normal(value)
    if isinstance(value, list):
        return [_normal(item) for item in value]
    if isinstance(value, dict):
        return {key: _normal(item) for key, item in value.items()}
    return value
