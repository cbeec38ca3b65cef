import datetime
import hashlib
import json

import rfc8785
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, IntegrityError, transaction

from conduct.base.errors import DomainError
from conduct.base.ids import nonce
from conduct.base.sentences import sentence as _
from conduct.base.sentences import whatever
from conduct.devices import actions as devices
from conduct.files import pieces
from conduct.files.actions import MAX_BYTES
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role
from conduct.trail import actions as trail
from visits.records import actions as records
from visits.records.clock import offset_between
from visits.records.intake import Taken, quarantine_receipt, said
from visits.records.models import Quarantined
from visits.records.queries import visits_ever_of
from visits.records.schema import normal
from visits.signoff import actions as signoff
from visits.signoff.forms import PackageForm
from visits.signoff.models import SignOff
from visits.signoff.queries import ahead_of_entries

from .models import Announcement, Blob, Readiness
from .queries import (
    announced_by,
    arrived,
    missing_at,
    open_announcements,
    package_receipt,
    pieces_here,
    vanished_at,
    visits_to_hold,
)

LATE = datetime.timedelta(minutes=30)


class BlobRefused(DomainError):
    """The piece does not follow what is here, or the whole is not what was announced. `received` bytes are here by now."""

    def __init__(self, message, *, status, received):
        super().__init__(message)
        self.status, self.received = status, received


@transaction.atomic
def contact(*, staff, device_id, name, device_time, app_version, storage, held, ready, session_key="", new_nonce=nonce, at):
    """A laptop calls: note what it holds and what it is ready for. Returns (device, visits to hold, ids that have arrived).

    `held` are {id, type, visit, since, sha256}, `ready` {visit, at, state, missing}; `visit` is a number.
    """
    device = devices.greet(
        device_id=device_id, staff=staff, session_key=session_key, at=at, name=name, app_version=app_version,
        clock_offset_ms=offset_between(at, device_time), **storage,
    )  # fmt: skip
    received = arrived(held, staff)
    visits = {visit.number: visit for visit in visits_ever_of(staff).filter(number__in={row["visit"] for row in [*held, *ready]})}
    _announce(device, held, set(received), visits, at)
    if not device.is_active:
        return device, [], received
    _note_ready(device, ready, visits, at)
    to_hold = list(visits_to_hold(staff))
    signoff.issue_nonces(visits=to_hold, device=device, new_nonce=new_nonce, at=at)
    return device, to_hold, received


def _announce(device, held, received, visits, at):
    """What is held and has no receipt is announced; what was announced and is held no more has arrived, or is gone."""
    open_rows = {str(row.item_id): row for row in announced_by(device)}
    waiting = {str(item["id"]): item for item in held if str(item["id"]) not in received}
    Announcement.objects.bulk_create(
        (
            Announcement(
                device=device, item_id=key, type=item["type"], visit=visits.get(item["visit"]), sha256=item["sha256"],
                since=item["since"], first_at=at, last_at=at,
            )
            for key, item in waiting.items()
            if key not in open_rows
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    Announcement.objects.filter(device=device, item_id__in=waiting).update(last_at=at, gone_at=None)
    gone = [{"id": row.item_id, "sha256": row.sha256} for key, row in open_rows.items() if key not in waiting]
    here = set(arrived(gone, device.staff))
    Announcement.objects.filter(device=device, item_id__in=here, arrived_at=None).update(arrived_at=at, gone_at=None)
    lost = {str(row["id"]) for row in gone} - here
    Announcement.objects.filter(device=device, item_id__in=lost, gone_at=None).update(gone_at=at)


def _note_ready(device, ready, visits, at):
    for row in ready:
        visit = visits.get(row["visit"])
        known = Readiness.objects.filter(visit=visit).first() if visit else None
        overruled = known and known.device_id != device.pk and known.state == "ready" and row["state"] != "ready"
        if visit is None or overruled:
            continue
        facts = {"device": device, "state": row["state"], "missing": row["missing"], "at": at, "plan_version": visit.plan_version}
        Readiness.objects.update_or_create(visit=visit, defaults=facts)


@transaction.atomic
def take_piece(*, visit, blob_id, offset, total, sha256, name, content_type, data, by, at):
    """Keep one piece of a photo or file; the last one makes it a file of the visit. Returns the blob.

    Pieces come in order. Raises BlobRefused with 409 when `offset` is not where the last one ended or the id holds other
    bytes, with 422 when the whole has another hash than announced (its pieces are dropped then).
    """
    if total > MAX_BYTES:
        raise BlobRefused(_("The file is larger than 20 MB."), status=413, received=0)
    first = {"visit": visit, "by": by, "name": name, "content_type": content_type, "sha256": sha256, "total": total, "started_at": at}
    blob, _new = Blob.objects.select_for_update().get_or_create(pk=blob_id, defaults=first)
    if (blob.visit_id, blob.by_id, blob.sha256, blob.total) != (visit.pk, by.pk, sha256, total):
        raise BlobRefused(_("Another file of the same id was received before."), status=409, received=blob.received)
    if blob.completed_at:
        return blob
    here = pieces_here(blob.pk)
    if offset != here or offset + len(data) > total:
        raise BlobRefused(_("This piece does not follow the last one."), status=409, received=here)
    blob.received = pieces.append(blob.pk, offset=offset, data=data)
    if blob.received == total:
        _complete(blob, at)
    blob.save()
    return blob


def _complete(blob, at):
    if pieces.sha256(blob.pk) != blob.sha256:
        pieces.drop(blob.pk)
        raise BlobRefused(_("The file did not arrive as it was sent. It is sent again."), status=422, received=0)
    upload = SimpleUploadedFile(blob.name or "file", pieces.read(blob.pk), blob.content_type)
    records.keep_file(visit=blob.visit, file_id=blob.pk, upload=upload, live=False, by=blob.by, at=at)
    blob.completed_at = at
    transaction.on_commit(lambda: pieces.drop(blob.pk), robust=True)


@transaction.atomic
def take_package(*, visit, package_id, body, form, clock, covers, device, by, at):
    """Store what a customer signed without a network. Returns intake.Taken; it is never refused.

    `body` is the package as posted and `form` a signoff.forms.PackageForm over it. What can be no sign-off (a form that is not
    complete, a nonce or strokes that were used before) is kept whole for a named person.
    """
    sha256 = package_sha256(body)
    if known := SignOff.objects.filter(pk=package_id, by=by).first():
        if known.package_sha256 in ("", sha256):
            return Taken(200, package_receipt(known))
        return _keep_package(visit, package_id, body, _("Another package of the same id was received before."), device, by, at, 409)
    if not form.is_valid() or not isinstance(form.cleaned_data["statement"], dict):
        return _keep_package(visit, package_id, body, whatever(lambda: said(PackageForm(body).errors) or _("The statement is missing.")), device, by, at, 202)
    offline = {"covers": covers, "clock": clock, "device": device, "package_sha256": sha256, "consent": str(body.get("consent", ""))}
    try:
        kept, is_new = signoff.receive(
            visit=visit, package_id=package_id, package=form.cleaned_data, offline=offline, by=by, at=at
        )
    except (DomainError, IntegrityError, DataError, ValueError) as error:
        return _keep_package(visit, package_id, body, getattr(error, "message", _("It cannot be read.")), device, by, at, 202)
    if is_new and kept.waits and not kept.is_ahead:
        _tell_of_marks(kept, at)
    return Taken(201 if is_new else 200, package_receipt(kept))


def _tell_of_marks(kept, at):
    number = kept.visit.number
    _tell_headquarters("sync.marked", kept.visit, f"/visits/{number}/sign-offs/{kept.pk}/settle/", kept.pk, at)


def _tell_headquarters(code, visit, url, key, at):
    facts = {"customer": visit.order.customer.name}
    tell(to=people_with_role(Role.DISPATCHER), code=code, about=visit.number, url=url, once=f"{code}.{key}", at=at, **facts)


def _keep_package(visit, package_id, body, reason, device, by, at, status):
    facts = {"visit": visit, "item_id": package_id, "type": Quarantined.Type.PACKAGE, "sha256": package_sha256(body)}
    kept, is_new = records.keep_whole(body=body, reason=reason, device=device, by=by, at=at, **facts)
    if is_new:
        _tell_headquarters("sync.unreadable", visit, f"/sync/unreadable/{kept.pk}/", kept.pk, at)
    named = normal(str(body.get("sha256", "")))[:64]
    receipt = {**quarantine_receipt(kept), "sha256": named, "package_sha256": kept.sha256, "version": None, "marks": [kept.why]}
    return Taken(status if is_new or status == 409 else 200, receipt)


def package_sha256(body):
    """Hex SHA-256 of the canonical JSON (RFC 8785) of a package as posted."""
    try:
        return hashlib.sha256(rfc8785.dumps(body)).hexdigest()
    except ValueError:
        return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def reconcile(*, at):
    """Note the arrival of everything announced that headquarters has a receipt for by now. Returns how much arrived."""
    waiting = {}
    for row in open_announcements().select_related("device__staff"):
        waiting.setdefault(row.device.staff, []).append({"id": row.item_id, "sha256": row.sha256})
    done = 0
    for person, held in waiting.items():
        ids = arrived(held, person)
        rows = Announcement.objects.filter(device__staff=person, item_id__in=ids, arrived_at=None)
        done += rows.update(arrived_at=at, gone_at=None)
    return done


def look_again(*, at):
    """Signatures that a line delivered before the entries they stand on: those count by now, or headquarters is told."""
    for row in ahead_of_entries():
        kept = signoff.look_again(sign_off=row, at=at)
        if kept.waits and (not kept.is_ahead or kept.received_at <= at - LATE):
            _tell_of_marks(kept, at)


@transaction.atomic
def warn(*, at):
    """Tell headquarters, and the engineer, what has not arrived in a day, what a laptop lost, and which laptop vanished. Once."""
    headquarters = list(people_with_role(Role.DISPATCHER))
    news = {}
    for row in missing_at(at).filter(warned_at=None):
        news.setdefault((row.device, "sync.lost" if row.gone_at else "sync.overdue"), []).append(row)
    for (device, code), rows in news.items():
        visits = ", ".join(sorted({row.visit.number for row in rows if row.visit})) or "–"
        facts = {"who": device.staff.name, "laptop": str(device), "count": len(rows), "visits": visits}
        tell(to=headquarters, code=code, url=f"/sync/laptops/{device.pk}/", at=at, **facts)
        tell(to=device.staff, code=f"{code}_own", url="/me/devices/", at=at, **facts)
        Announcement.objects.filter(pk__in=[row.pk for row in rows]).update(warned_at=at)
    for device in vanished_at(at):
        once = f"vanished.{device.pk}.{device.last_contact_at:%Y%m%dT%H%M%S}"
        facts = {"who": device.staff.name, "laptop": str(device), "day": f"{device.last_contact_at:%Y-%m-%d}"}
        tell(to=headquarters, code="sync.vanished", url=f"/sync/laptops/{device.pk}/", once=once, at=at, **facts)


@transaction.atomic
def settle_missing(*, device, reason, by, at):
    """A person has found out what became of what this laptop announced and never delivered. Returns how much it was.

    What waited for it at headquarters waits no more. Should it arrive after all, it is stored like anything else. Raises
    DomainError when nothing is open.
    """
    rows = list(missing_at(at).filter(device=device))
    keys = [row.pk for row in rows]
    done = Announcement.objects.filter(pk__in=keys, settled_at=None).update(settled_at=at, settled_by=by, settled_reason=reason)
    if not done:
        raise DomainError(_("Somebody else has settled this already."))
    given_up = {row.item_id for row in rows}
    for visit in {row.visit for row in rows if row.visit}:
        records.release(visit=visit, given_up=given_up, at=at)
    trail.note(verb="sync.settled", subject=device, by=by, at=at, name=str(device), count=done, reason=reason)
    return done


@transaction.atomic
def note_import(*, device, rows, by, at):
    """A file that a laptop saved was brought to headquarters."""
    taken = [row for row in rows if row["taken"]]
    new = sum(row["taken"].status in (201, 202) for row in taken)
    counts = {"count": len(rows), "new": new, "failed": len(rows) - len(taken)}
    trail.note(verb="sync.imported", subject=device or by, by=by, at=at, **counts)
    reconcile(at=at)
