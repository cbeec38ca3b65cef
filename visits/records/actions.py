import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.base.ids import uuid7
from conduct.base.signals import question_asked, send_to_one
from conduct.checklists import actions as checklists
from conduct.checklists.queries import blocking
from conduct.files.actions import store_upload
from conduct.trail import actions as trail
from visits.schedule.models import Visit
from visits.schedule.moving import advance
from visits.schedule.states import VisitState

from . import checks, schema
from .hashing import entry_sha256
from .models import Entry, EntryFile, Record, VisitChecklist
from .projection import minutes_on_site, moment, project
from .queries import positions_of


class Refused(DomainError):
    """The entry was not stored. `fields` is {field: [sentence]}, `rules` are those that stop the step."""

    def __init__(self, message, fields=None, rules=()):
        super().__init__(message)
        self.fields, self.rules = fields or {}, list(rules)


@transaction.atomic
def add_entry(*, visit, entry_id, kind, payload, corrects=None, device_at, clock=None, live=True, by, at):
    """Store one entry and bring the record up to date. Returns (entry, whether it is new).

    `device_at` is the laptop's wall clock as ISO text with offset; `clock` may hold device_offset_minutes,
    clock_offset_ms and monotonic_ms. A `live` entry that something speaks against is not stored: Refused. One that was
    made without network is stored in any case, set aside when something speaks against it. The same id with another
    content comes back under an id of its own, set aside: both are kept.
    """
    cleaned, errors = schema.clean(kind, payload)
    if errors:
        raise Refused(_("Please look at the marked fields."), errors)
    sha256 = entry_sha256(
        entry_id=entry_id, visit=visit.number, kind=kind, payload=cleaned, corrects=corrects, device_at=device_at
    )
    visit = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("engineer__staff", "order__site", "order__customer")
        .get(pk=visit.pk)
    )
    if known := Entry.objects.filter(pk=entry_id).first():
        same = known.sha256 == sha256 and known.visit_id == visit.pk
        return (known, False) if same else (_keep_other(visit, entry_id, kind, cleaned, sha256, device_at, clock, by, at), True)
    record, _new = Record.objects.get_or_create(visit=visit)
    fields, rules = _against(visit, record, kind, cleaned, corrects, by, moment(device_at) if not live else at)
    if (fields or rules) and live:
        raise Refused(_summary(fields, rules), {name: [text] for name, text in fields.items()}, rules)
    entry = Entry(
        id=entry_id,
        visit=visit,
        kind=kind,
        payload=cleaned,
        corrects_id=corrects,
        author=by,
        device_at=moment(device_at),
        received_at=at,
        plan_version=visit.plan_version,
        sha256=sha256,
        **(clock or {}),
    )
    if fields or rules:
        entry.state, entry.set_aside_reason = Entry.State.SET_ASIDE, _summary(fields, rules)[:300]
        entry.save(force_insert=True)
        trail.note(verb="entry.set_aside", subject=visit, by=by, at=at, entry=str(entry_id), kind=kind)
        return entry, True
    entry.save(force_insert=True)
    _have_effect(visit, entry, by, at)
    _bring_up_to_date(record, visit)
    return entry, True


def _against(visit, record, kind, payload, corrects, by, at):
    """({field: sentence}, [rule, …]) that speak against the entry."""
    fields = checks.against(
        kind,
        payload,
        facts=record.facts,
        state=visit.state,
        planned_start=visit.planned_start,
        positions=positions_of(visit) if "scope_item" in payload else (),
        entry_count=record.entry_count,
        at=at,
    )
    if corrects and not Entry.objects.filter(pk=corrects, visit=visit).exclude(kind__in=["step", "answer"]).exists():
        fields[""] = _("The entry that this one corrects is not part of this record.")
    if kind == "withdraw" and not corrects:
        fields[""] = _("Say which entry is withdrawn.")
    if payload.get("file") and not EntryFile.objects.filter(pk=payload["file"], visit=visit).exists():
        fields["file"] = _("The file was not received yet.")
    step = checks.step_before(kind, payload)
    rules = blocking(checklist_of(visit, at=at), step) if step and not fields and visit.edition_id else []
    return fields, rules


def _summary(fields, rules):
    if rules:
        return _("First answer: %(rules)s") % {"rules": _("; ").join(rule.text for rule in rules)}
    return next(iter(fields.values()))


def _keep_other(visit, entry_id, kind, payload, sha256, device_at, clock, by, at):
    """The same id with another content: kept as well, set aside under an id of its own, once."""
    facts = {
        "kind": kind,
        "payload": payload,
        "author": by,
        "device_at": moment(device_at),
        "received_at": at,
        "plan_version": visit.plan_version,
        "state": Entry.State.SET_ASIDE,
        "set_aside_reason": _("Another entry of the same id was received before: %(id)s") % {"id": entry_id},
        "id": uuid7(at),
    }
    return Entry.objects.get_or_create(sha256=sha256, visit=visit, defaults={**facts, **(clock or {})})[0]


def checklist_of(visit, *, at):
    """The visit's checklist, opened when it is first asked for."""
    linked = VisitChecklist.objects.filter(visit=visit).select_related("checklist__edition").first()
    if linked is None:
        opened = checklists.open_checklist(edition=visit.edition, traits=visit.traits, subject=visit.number, at=at)
        linked = VisitChecklist.objects.create(visit=visit, checklist=opened)
    return linked.checklist


def _have_effect(visit, entry, by, at):
    effect = EFFECTS.get(entry.kind)
    if effect:
        effect(visit, entry, by, at)


def _arrive(visit, entry, by, at):
    if visit.state == VisitState.CONFIRMED:
        advance(visit, VisitState.ON_SITE)
        trail.note(verb="visit.arrived", subject=visit, by=by, at=at, arrived_at=entry.payload["arrived_at"])


def _depart(visit, entry, by, at):
    advance(visit, VisitState.FINISHED)
    trail.note(verb="visit.finished", subject=visit, by=by, at=at, departed_at=entry.payload["departed_at"])


def _go_on(visit, entry, by, at):
    if visit.state == VisitState.FINISHED and entry.payload["step"] == "work":
        advance(visit, VisitState.ON_SITE)
        trail.note(verb="visit.resumed", subject=visit, by=by, at=at, step=entry.payload["step"])


def _answer(visit, entry, by, at):
    payload = entry.payload
    if not visit.edition_id:
        raise Refused(_("No code of conduct was in force when this visit was planned."))
    allowed = {name: payload[name] for name in ("allowed_name", "allowed_at", "allowed_how", "allowed_why") if payload[name]}
    if "allowed_at" in allowed:
        allowed["allowed_at"] = moment(allowed["allowed_at"])
    files = [row.file for row in EntryFile.objects.filter(pk=payload["file"]).select_related("file")] if payload["file"] else []
    try:
        checklists.answer(
            checklist=checklist_of(visit, at=at),
            rule_code=payload["rule_code"],
            answer=payload["answer"],
            note=payload["note"],
            files=files,
            evidence_name=payload["evidence_name"],
            evidence_date=datetime.date.fromisoformat(payload["evidence_date"]) if payload["evidence_date"] else None,
            allowed=allowed,
            by=by,
            at=at,
        )
    except checklists.Incomplete as error:
        raise Refused(error.message, {name: [text] for name, text in error.fields.items()}) from error


def _ask(visit, entry, by, at):
    send_to_one(question_asked, sender=Entry, entry=entry, by=by, at=at)


EFFECTS = {"question": _ask, "arrived": _arrive, "departed": _depart, "step": _go_on, "answer": _answer}


def _bring_up_to_date(record, visit):
    """The projection, in the transaction of the entry."""
    entries = list(Entry.objects.filter(visit=visit, state=Entry.State.ACCEPTED))
    facts = project(entries)
    record.facts = facts
    record.entry_count = len(entries)
    record.arrived_at = moment(facts["arrived_at"]) if facts["arrived_at"] else None
    record.departed_at = moment(facts["departed_at"]) if facts["departed_at"] else None
    record.minutes_on_site = minutes_on_site(facts)
    record.all_done = bool(facts["results"]) and not [
        position for position in positions_of(visit) if facts["results"].get(str(position), {}).get("result") != "done"
    ]
    record.save()


@transaction.atomic
def keep_file(*, visit, file_id, upload, by, at):
    """Keep a photo or file that entries may name. Sending the same id again stores it once."""
    known = EntryFile.objects.filter(pk=file_id, visit=visit).select_related("file").first()
    if known:
        return known
    try:
        return EntryFile.objects.create(id=file_id, visit=visit, file=store_upload(upload=upload, by=by, at=at))
    except IntegrityError as error:
        raise DomainError(_("This file belongs to another visit."), field="file") from error
