"""The visit as its record page needs it: plain data, the same online and on the laptop."""

from django.db.models import Max

from conduct.base.days import iso_minutes
from conduct.checklists.queries import all_questions
from conduct.company.queries import company
from conduct.privacy.queries import company_numbers
from visits.changes.queries import change_of, for_the_laptop
from visits.permits.queries import pack_of

from .kinds import LABELS
from .models import EntryFile
from .moments import rules_here
from .privacy import customers_own, secret_name
from .projection import unsettled_items
from .queries import asked_of, positions_of, record_of, shown_by_product


def bundle_of(visit, *, at):
    order, zone, ours = visit.order, visit.order.site.time_zone, company()
    record = record_of(visit)
    scope = list(visit.scope.order_by("position").values("position", "text"))
    return {
        "visit": {
            "number": visit.number,
            "record_number": visit.record_number,
            "state": visit.state,
            "state_label": visit.get_state_display(),
            "planned_start": iso_minutes(visit.planned_start, zone),
            "planned_end": iso_minutes(visit.planned_end, zone),
            "plan_version": visit.plan_version,
            "identity": {"name": visit.identity_name, "capacity": visit.identity_capacity},
            "traits": visit.traits,
            "engineer": visit.engineer.staff.username,
            "edition": visit.edition.code if visit.edition_id else "",
        },
        "company": {
            "name": ours.name,
            "names": {language: ours.name_in(language) for language in ("zh-hans", "en")},
            "hotline": ours.hotline,
            "fax": ours.fax,
            "mailbox": ours.mailbox,
        },
        "order": {"number": order.number, "reported_fault": order.reported_fault, "stated_cause": order.stated_cause},
        "customer": {"number": order.customer.number, "name": order.customer.name},
        "site": {
            "number": order.site.number,
            "name": order.site.name,
            "address": order.site.address,
            "time_zone": zone,
            "access_hours": order.site.access_hours,
            "supervisor": order.site.supervisor_name,
        },
        "contact": _contact(order.contact),
        "contacts_allowed": [value for value in [*company_numbers(), *customers_own(visit.order)] if value],
        "secret_name": secret_name(visit),
        "equipment": list(order.equipment.order_by("number").values("number", "name", "model", "serial")),
        "scope": scope,
        "checklist": _questions(visit, record.facts),
        "rules_here": rules_here(visit),
        "entries": [_entry(entry) for entry in visit.entries.select_related("author")],
        "files": {str(row.pk): row.file.name for row in EntryFile.objects.filter(visit=visit).select_related("file")},
        "record": record.facts,
        "unsettled": unsettled_items(record.facts, positions_of(visit)),
        "closed": record.closed_at is not None,
        "questions": _site_questions(visit),
        "scope_changes": _scope_changes(visit),
        "waivers": _waivers(visit),
        "remote_cases": _remote_cases(visit),
        "change": for_the_laptop(change_of(visit)),
        "entry_pack": _entry_pack(pack_of(order)),
        "next_position": (order.scope.aggregate(last=Max("position"))["last"] or 0) + 1,
        "server_time": at.isoformat(),
    }


def _contact(contact):
    if contact is None:
        return None
    return {"name": contact.name, "position": contact.position, "telephone": contact.telephone}


def _entry_pack(pack):
    """What the keeper at the door asks for, where nobody has a network; None while nobody wrote it."""
    if not pack.pk:
        return None
    escort = " ".join(part for part in (pack.escort_name, pack.escort_telephone) if part)
    days = [day.isoformat() if day else "…" for day in (pack.permit_from, pack.permit_until)]
    permit = " · ".join(part for part in (pack.permit_number, "–".join(days) if pack.permit_from or pack.permit_until else "") if part)
    return {"permit": permit, "escort": escort, "people": pack.people, "tools": pack.tools, "house_rules": pack.house_rules}


def _questions(visit, facts):
    """The questions of every step; before the first answer nothing is stored, so that reading changes nothing."""
    checklist = asked_of(visit)
    if checklist is None:
        return {}
    asked = all_questions(checklist, None if checklist.pk else {})
    found = shown_by_product(visit, facts, [question for rows in asked.values() for question in rows])
    return {step: [_question(question, found) for question in rows] for step, rows in asked.items()}


def _question(question, found):
    rule, answer = question.rule, question.answer
    is_shown = answer is None and rule.code in found
    return {
        "code": rule.code,
        "text": rule.text,
        "texts": {language: rule.text_in(language) for language in ("zh-hans", "en")},
        "enforce": rule.enforce,
        "evidence": rule.evidence,
        "answer": answer.answer if answer else None,
        "note": answer.note if answer else found.get(rule.code, ""),
        "is_shown": is_shown,
        "passes": is_shown or question.lets_pass,
    }


def _entry(entry):
    return {
        "id": str(entry.pk),
        "kind": entry.kind,
        "label": str(LABELS.get(entry.kind, entry.kind)),
        "payload": entry.payload,
        "corrects": str(entry.corrects_id) if entry.corrects_id else None,
        "device_at": entry.device_at.isoformat(),
        "received_at": entry.received_at.isoformat(),
        "state": entry.state,
        "reason": entry.why,
        "plan_version": entry.plan_version,
        "author": entry.author.name,
    }


def _site_questions(visit):
    """Questions to headquarters; the escalations above hang them on the visit."""
    return [
        {
            "entry": str(row.entry_id),
            "number": row.number,
            "text": row.text,
            "asked_at": row.asked_at.isoformat(),
            "due_at": row.due_at.isoformat() if row.due_at else None,
            "answer": row.answer,
            "answered": row.answered_at is not None,
            "answered_at": row.answered_at.isoformat() if row.answered_at else None,
            "answered_by": row.answered_by.name if row.answered_by_id else "",
            "told": row.told.payload if row.told_id else None,
        }
        for row in visit.site_questions.select_related("answered_by", "told").order_by("asked_at")
    ]


def _remote_cases(visit):
    """What was handed over to the online engineers; the cases above hang on the visit."""
    rows = visit.remote_cases.select_related("owner").order_by("handed_over_at", "pk")
    return [{"number": row.number, "wanted": row.wanted, "state": row.state, "owner": row.owner.name if row.owner_id else ""} for row in rows]


def _scope_changes(visit):
    """New needs and what headquarters decided, or is said to have decided; the escalations above hang them on the visit."""
    rows = visit.scope_changes.select_related("decided_by", "order", "entry").order_by("asked_at")
    return [
        {
            "entry": str(row.entry_id),
            "text": row.text,
            "state": row.state,
            "claimed": row.claimed,
            "told_by": row.entry.payload.get("decided_name", ""),
            "decided_by": row.decided_by.name if row.decided_by_id else "",
            "decided_at": row.decided_at.isoformat() if row.decided_at else None,
            "called": row.called,
            "reason": row.reason,
            "order": row.order.number if row.order_id else "",
        }
        for row in rows
    ]


def _waivers(visit):
    """{scope position: the technical manager's word on what is said to have been agreed}; the waivers above hang on the visit."""
    rows = visit.waivers.select_related("decided_by")
    return {
        str(row.position): {"state": row.state, "decision": row.decision, "decided_by": row.decided_by.name if row.decided_by_id else ""}
        for row in rows
    }
