import hashlib
import json
from pathlib import PurePath

from django.db import IntegrityError, transaction

from conduct.base.errors import DomainError
from conduct.base.ids import uuid7
from conduct.base.sentences import kept as kept_sentence
from conduct.base.sentences import sentence as _
from conduct.files.actions import store_upload
from conduct.trail import actions as trail

from . import privacy, schema
from .clock import offset_between
from .hashing import entry_sha256
from .judging import Refused, against, summary
from .models import Entry, EntryFile, EntrySettlement, Quarantined, Record
from .projection import moment
from .taking import accept, locked, release, release_locked, set_aside, take


@transaction.atomic
def add_entry(
    *, visit, entry_id, kind, payload, corrects=None, after=None, device_at, plan_version=None, clock=None, device=None, live=True, by, at
):
    """Store one entry and bring the record up to date. Returns (entry, whether it is new).

    `device_at` is the laptop's wall clock as ISO text with offset; `clock` may hold device_offset_minutes, clock_offset_ms,
    monotonic_ms and anchor_at. A `live` entry that something speaks against is not stored: Refused. One that was made
    without network is stored in any case: it waits while the entry `after` which it was made is not here, and is set aside when
    something speaks against it. The same id with another content comes back under an id of its own, set aside: both are kept.
    """
    cleaned, errors = schema.clean(kind, payload)
    if errors:
        raise Refused(_("Please look at the marked fields."), errors)
    sha256 = entry_sha256(
        entry_id=entry_id, visit=visit.number, kind=kind, payload=cleaned, corrects=corrects, device_at=device_at
    )
    visit = locked(visit)
    entry = Entry(
        id=entry_id,
        visit=visit,
        kind=kind,
        payload=cleaned,
        corrects_id=corrects,
        after=after,
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
    if live:
        _add_live(entry, record, at)
    else:
        take(entry, record, at)
    release_locked(visit, at)
    return entry, True


def _add_live(entry, record, at):
    fields, rules = against(entry, record, state=entry.visit.state, at=at)
    if fields or rules:
        raise Refused(summary(fields, rules), {name: [text] for name, text in fields.items()}, rules)
    accept(entry, record, at)


def _keep_other(entry):
    """The same id with another content: kept as well, set aside under an id of its own, once."""
    kept = Entry.objects.filter(sha256=entry.sha256, visit=entry.visit).first()
    if kept:
        return kept
    reason = _("Another entry of the same id was received before: %(id)s") % {"id": entry.pk}
    entry.pk = uuid7(entry.received_at)
    set_aside(entry, reason, entry.received_at)
    return entry


@transaction.atomic
def keep_file(*, visit, file_id, upload, live=True, by, at):
    """Keep a photo or file that entries may name. Sending the same id again stores it once.

    A name that gives a private contact or the engineer's own away is refused while the person can still choose another (`live`), and dropped later.
    """
    known = EntryFile.objects.filter(pk=file_id, visit=visit).select_related("file").first()
    if known:
        return known
    if problem := privacy.against_text(upload.name, order=visit.order, visit=visit):
        if live:
            raise DomainError(problem, field="file")
        upload.name = "file" + PurePath(upload.name).suffix
    sent = hashlib.sha256()
    for piece in upload.chunks():
        sent.update(piece)
    try:
        with transaction.atomic():
            stored = store_upload(upload=upload, by=by, at=at)
            kept = EntryFile.objects.create(id=file_id, visit=visit, file=stored, sent_sha256=sent.hexdigest())
    except IntegrityError as error:
        raise DomainError(_("This file belongs to another visit."), field="file") from error
    release(visit=visit, at=at)
    return kept


@transaction.atomic
def keep_whole(*, visit, item_id, type, body, sha256, reason, device=None, by, at):
    """Keep what cannot be read, as it came, for a named person. Returns (quarantined, whether it is new)."""
    facts = {
        "type": type, "visit": visit, "author": by, "device": device, "because": kept_sentence(reason), "received_at": at,
        "body": json.dumps(body, ensure_ascii=True, sort_keys=True),
    }  # fmt: skip
    kept, is_new = Quarantined.objects.get_or_create(item_id=item_id, sha256=sha256, defaults=facts)
    if is_new:
        trail.note(verb="item.quarantined", subject=visit, by=by, at=at, entry=str(item_id), kind=type, reason=kept.why[:500])
        release(visit=visit, at=at)
    return kept, is_new


@transaction.atomic
def settle_entry(*, entry, decision, reason, by, at):
    """A person at headquarters decides on an entry that was set aside or waits in vain: it counts after all, or it stays aside.

    It can only count while the record is open and nothing but its time of arrival spoke against it. Raises DomainError.
    """
    visit = locked(entry.visit)
    entry = Entry.objects.select_related("author").get(pk=entry.pk)
    if entry.state == Entry.State.ACCEPTED or hasattr(entry, "settlement"):
        raise DomainError(_("Somebody else has decided on this entry already."))
    EntrySettlement.objects.create(entry=entry, decision=decision, reason=reason, by=by, at=at)
    entry.visit = visit
    if decision == EntrySettlement.Decision.COUNTS:
        _count_after_all(entry, at)
    elif entry.state == Entry.State.WAITING:
        Entry.objects.filter(pk=entry.pk).update(state=Entry.State.SET_ASIDE)
    trail.note(verb=f"entry.{decision}", subject=visit, by=by, at=at, entry=str(entry.pk), kind=entry.kind, reason=reason)
    release_locked(visit, at)
    return entry


def _count_after_all(entry, at):
    record, _new = Record.objects.get_or_create(visit=entry.visit)
    fields, rules = against(entry, record, state=entry.visit.state, at=entry.device_at)
    if fields or rules:
        raise DomainError(summary(fields, rules), field="decision")
    accept(entry, record, at)


@transaction.atomic
def settle_quarantined(*, kept, reason, by, at):
    """A person has dealt with what could not be read. Raises DomainError when somebody else was faster."""
    done = Quarantined.objects.filter(pk=kept.pk, settled_at=None).update(settled_at=at, settled_by=by, settled_reason=reason)
    if not done:
        raise DomainError(_("Somebody else has settled this already."))
    trail.note(verb="item.settled", subject=kept.visit, by=by, at=at, entry=str(kept.item_id), reason=reason)
    return kept
