import datetime
import hashlib
import json
from pathlib import PurePath

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.base.ids import uuid7
from conduct.base.signals import delivery_of_item_noted, question_asked, send_to_one
from conduct.checklists import actions as checklists
from conduct.checklists.queries import blocking
from conduct.files.actions import store_upload
from conduct.trail import actions as trail
from visits.schedule.models import Visit
from visits.schedule.moving import advance
from visits.schedule.states import VisitState

from . import checks, privacy, schema
from .clock import offset_between
from .hashing import entry_sha256
from .kinds import Result
from .models import Entry, EntryFile, EntrySettlement, Quarantined, Record, VisitChecklist
from .projection import minutes_on_site, moment, project
from .queries import positions_of

WITHDRAWN = {VisitState.CANCELLED, VisitState.DECLINED, VisitState.MISSED}


class Refused(DomainError):
    """The entry was not stored. `fields` is {field: [sentence]}, `rules` are those that stop the step."""

    def __init__(self, message, fields=None, rules=()):
        super().__init__(message)
        self.fields, self.rules = fields or {}, list(rules)


@transaction.atomic
def add_entry(
    *, visit, entry_id, kind, payload, corrects=None, device_at, plan_version=None, clock=None, device=None, live=True, by, at
):
    """Store one entry and bring the record up to date. Returns (entry, whether it is new).

    `device_at` is the laptop's wall clock as ISO text with offset; `clock` may hold device_offset_minutes, clock_offset_ms,
    monotonic_ms and anchor_at. A `live` entry that something speaks against is not stored: Refused. One that was made
    without network is stored in any case, set aside when something speaks against it. The same id with another content
    comes back under an id of its own, set aside: both are kept.
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
    entry = Entry(
        id=entry_id,
        visit=visit,
        kind=kind,
        payload=cleaned,
        corrects_id=corrects,
        author=by,
        device=device,
        device_at=moment(device_at),
        received_at=at,
        plan_version=min(plan_version or visit.plan_version, visit.plan_version),
        sha256=sha256,
        **(clock or {}),
    )
    if live and entry.clock_offset_ms is None:
        entry.clock_offset_ms = offset_between(at, entry.device_at)
    if known := Entry.objects.filter(pk=entry_id).first():
        same = known.sha256 == sha256 and known.visit_id == visit.pk
        return (known, False) if same else (_keep_other(entry), True)
    record, _new = Record.objects.get_or_create(visit=visit)
    fields, rules = _against(visit, record, kind, cleaned, corrects, by, entry.device_at if not live else at)
    if (fields or rules) and live:
        raise Refused(_summary(fields, rules), {name: [text] for name, text in fields.items()}, rules)
    if fields or rules:
        return _set_aside(entry, _summary(fields, rules)), True
    try:
        _accept(entry, record)
    except DomainError as error:
        if live:
            raise
        return _set_aside(entry, error.message), True
    return entry, True


@transaction.atomic
def _accept(entry, record):
    entry.save(force_insert=True)
    _have_effect(entry.visit, entry, entry.author, entry.received_at)
    _bring_up_to_date(record, entry.visit)


def _set_aside(entry, reason):
    entry.state, entry.set_aside_reason = Entry.State.SET_ASIDE, str(reason)[:300]
    if entry.corrects_id and not Entry.objects.filter(pk=entry.corrects_id).exists():
        entry.corrects_id = None
    entry.save(force_insert=True)
    trail.note(
        verb="entry.set_aside", subject=entry.visit, by=entry.author, at=entry.received_at, entry=str(entry.pk), kind=entry.kind
    )
    return entry


def _against(visit, record, kind, payload, corrects, by, at):
    """({field: sentence}, [rule, …]) that speak against the entry."""
    if visit.state in WITHDRAWN:
        return {"": _("Headquarters withdrew this visit meanwhile.")}, []
    if not visit.is_own(by):
        return {"": _("This visit was given to another engineer meanwhile.")}, []
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
    fields |= privacy.against(visit, kind, payload)
    step = checks.step_before(kind, payload)
    rules = blocking(checklist_of(visit, at=at), step) if step and not fields and visit.edition_id else []
    return fields, rules


def _summary(fields, rules):
    if rules:
        return _("First answer: %(rules)s") % {"rules": _("; ").join(rule.text for rule in rules)}
    return next(iter(fields.values()))


def _keep_other(entry):
    """The same id with another content: kept as well, set aside under an id of its own, once."""
    kept = Entry.objects.filter(sha256=entry.sha256, visit=entry.visit).first()
    if kept:
        return kept
    reason = _("Another entry of the same id was received before: %(id)s") % {"id": entry.pk}
    entry.pk = uuid7(entry.received_at)
    return _set_aside(entry, reason)


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


def _deliver(visit, entry, by, at):
    """Who at headquarters agreed that an item is not delivered, or that it is done after all."""
    if entry.kind == "hq_confirmation" or entry.payload["result"] == Result.DONE:
        send_to_one(delivery_of_item_noted, sender=Entry, entry=entry, by=by, at=at)


EFFECTS = {
    "question": _ask, "new_need": _ask, "arrived": _arrive, "departed": _depart, "step": _go_on, "answer": _answer,
    "hq_confirmation": _deliver, "result": _deliver,
}  # fmt: skip


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
def keep_file(*, visit, file_id, upload, live=True, by, at):
    """Keep a photo or file that entries may name. Sending the same id again stores it once.

    A name that gives a private contact away is refused while the person can still choose another (`live`), and dropped later.
    """
    known = EntryFile.objects.filter(pk=file_id, visit=visit).select_related("file").first()
    if known:
        return known
    if problem := privacy.against_file_name(visit, upload.name):
        if live:
            raise DomainError(problem, field="file")
        upload.name = "file" + PurePath(upload.name).suffix
    sent = hashlib.sha256()
    for piece in upload.chunks():
        sent.update(piece)
    try:
        with transaction.atomic():
            stored = store_upload(upload=upload, by=by, at=at)
            return EntryFile.objects.create(id=file_id, visit=visit, file=stored, sent_sha256=sent.hexdigest())
    except IntegrityError as error:
        raise DomainError(_("This file belongs to another visit."), field="file") from error


@transaction.atomic
def keep_whole(*, visit, item_id, type, body, sha256, reason, device=None, by, at):
    """Keep what cannot be read, as it came, for a named person. Returns (quarantined, whether it is new)."""
    facts = {
        "type": type, "visit": visit, "author": by, "device": device, "reason": schema.normal(str(reason))[:500], "received_at": at,
        "body": json.dumps(body, ensure_ascii=True, sort_keys=True),
    }  # fmt: skip
    kept, is_new = Quarantined.objects.get_or_create(item_id=item_id, sha256=sha256, defaults=facts)
    if is_new:
        trail.note(verb="item.quarantined", subject=visit, by=by, at=at, entry=str(item_id), kind=type, reason=kept.reason)
    return kept, is_new


@transaction.atomic
def settle_entry(*, entry, decision, reason, by, at):
    """A person at headquarters decides on an entry that was set aside: it counts after all, or it stays aside.

    It can only count while the record is open and nothing but its time of arrival spoke against it. Raises DomainError.
    """
    visit = Visit.objects.select_for_update(of=("self",)).select_related("order__site", "order__customer").get(pk=entry.visit_id)
    entry = Entry.objects.select_related("author").get(pk=entry.pk)
    if entry.state != Entry.State.SET_ASIDE or hasattr(entry, "settlement"):
        raise DomainError(_("Somebody else has decided on this entry already."))
    EntrySettlement.objects.create(entry=entry, decision=decision, reason=reason, by=by, at=at)
    if decision == EntrySettlement.Decision.COUNTS:
        _count_after_all(visit, entry, at)
    trail.note(verb=f"entry.{decision}", subject=visit, by=by, at=at, entry=str(entry.pk), kind=entry.kind, reason=reason)
    return entry


def _count_after_all(visit, entry, at):
    record, _new = Record.objects.get_or_create(visit=visit)
    fields, rules = _against(visit, record, entry.kind, entry.payload, entry.corrects_id, visit.engineer.staff, entry.device_at)
    if fields or rules:
        raise DomainError(_summary(fields, rules), field="decision")
    Entry.objects.filter(pk=entry.pk).update(state=Entry.State.ACCEPTED)
    entry.visit, entry.state = visit, Entry.State.ACCEPTED
    _have_effect(visit, entry, entry.author, at)
    _bring_up_to_date(record, visit)


@transaction.atomic
def settle_quarantined(*, kept, reason, by, at):
    """A person has dealt with what could not be read. Raises DomainError when somebody else was faster."""
    done = Quarantined.objects.filter(pk=kept.pk, settled_at=None).update(settled_at=at, settled_by=by, settled_reason=reason)
    if not done:
        raise DomainError(_("Somebody else has settled this already."))
    trail.note(verb="item.settled", subject=kept.visit, by=by, at=at, entry=str(kept.item_id), reason=reason)
    return kept
