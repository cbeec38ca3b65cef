"""Gathers a visit's facts into the statement."""

from conduct.base.days import iso_minutes
from conduct.checklists.queries import short_answers
from conduct.company.queries import company
from visits.records.models import EntryFile
from visits.records.queries import asked_of, record_of

from .statement import FORMAT, compose


def statement_of(visit, *, language, nonce, version, previous_sha256):
    """The statement of a visit as its record stands now, in `language` ("zh-hans" or "en")."""
    ours, order = company(), visit.order
    site, facts, asked = order.site, record_of(visit).facts, asked_of(visit)
    head = {
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
    }
    return compose(
        head,
        facts=facts,
        scope=list(visit.scope.order_by("position").values_list("position", "text")),
        hashes=_hashes(visit, facts),
        checklist=short_answers(asked, language) if asked and asked.pk else [],
        change=visit.change_approval.title if hasattr(visit, "change_approval") else "",
    )


def _hashes(visit, facts):
    """{file id: hash under which it is signed} of the photos on the record."""
    if not facts["photos"]:
        return {}
    return {str(row.pk): row.signed_sha256 for row in EntryFile.objects.filter(visit=visit).select_related("file")}
