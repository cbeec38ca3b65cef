import datetime
import hashlib
import json

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, OuterRef, Q

from conduct.base.days import day_of
from conduct.company.queries import company
from conduct.devices.models import Device
from conduct.devices.states import DeviceState
from conduct.files import pieces
from visits.records.bundle import bundle_of
from visits.records.intake import quarantine_receipt, receipt_of
from visits.records.models import Entry, EntryFile, Quarantined
from visits.records.queries import visits_of_engineer
from visits.schedule.states import VisitState
from visits.signoff.models import SignOff
from visits.signoff.queries import last_valid, unused_nonces

from .models import Announcement, Blob, Readiness

TO_HOLD = (VisitState.CONFIRMED, VisitState.ON_SITE, VisitState.FINISHED)
EARLIER = 30
FIRST = 50
OVERDUE = datetime.timedelta(hours=24)
SILENT = datetime.timedelta(hours=48)


def app_version():
    """What tells one release's static files from another's."""
    return getattr(staticfiles_storage, "manifest_hash", "") or "unhashed"


def visits_to_hold(user):
    """The visits that an engineer's laptop should have with it: accepted, under way, or waiting for the signature."""
    return visits_of_engineer(user).filter(state__in=TO_HOLD).order_by("planned_start")


def offline_bundle(visit, *, device, at):
    """The record page's bundle and what signing without a network needs besides."""
    bundle, ours, before = bundle_of(visit, at=at), company(), last_valid(visit)
    bundle["signing"] = {
        "nonces": unused_nonces(visit, device) if device else [],
        "consent": {language: ours.consent_in(language) for language in ("zh-hans", "en")},
        "edition": str(ours.consent_edition),
        "version": before.version + 1 if before else 1,
        "previous_sha256": before.sha256 if before else None,
        "before": before.statement if before else None,
    }
    files = EntryFile.objects.filter(visit=visit).select_related("file")
    bundle["blobs"] = {str(row.pk): row.signed_sha256 for row in files}
    bundle["earlier"] = _earlier(visit)
    return bundle


def version_of(bundle):
    """What tells one state of a bundle from another: a hash of all but the time at which it was asked for."""
    facts = {name: value for name, value in bundle.items() if name != "server_time"}
    return hashlib.sha256(json.dumps(facts, sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()


def earlier_files(visit):
    """Photos of earlier visits at the same site, newest first."""
    kept = EntryFile.objects.filter(
        visit__order__site=visit.order.site_id, visit__planned_start__lt=visit.planned_start, file__content_type__startswith="image/"
    )
    return kept.exclude(visit=visit).select_related("visit__order__site", "file").order_by("-visit__planned_start", "pk")


def _earlier(visit):
    files = list(earlier_files(visit)[:EARLIER])
    photos = Entry.objects.filter(visit__in={row.visit_id for row in files}, kind="photo", state=Entry.State.ACCEPTED)
    captions = {payload["file"]: payload["caption"] for payload in photos.values_list("payload", flat=True)}
    shown = {}
    for row in files:
        if str(row.pk) in captions:
            url = f"/api/v1/visits/{visit.number}/earlier/{row.pk}/"
            shown.setdefault(row.visit, []).append({"id": str(row.pk), "caption": captions[str(row.pk)], "url": url})
    return [
        {
            "visit": seen.number,
            "record_number": seen.record_number,
            "date": day_of(seen.planned_start, seen.order.site.time_zone).isoformat(),
            "photos": rows,
        }
        for seen, rows in shown.items()
    ]


def receipts(ids, user):
    """What has arrived of these ids, for whoever sent it: [{id, type, sha256, received_at, state, reason}, …]."""
    found = [
        *({"type": "entry", **receipt_of(row)} for row in Entry.objects.filter(pk__in=ids, author=user)),
        *({"type": row.type, **quarantine_receipt(row)} for row in Quarantined.objects.filter(item_id__in=ids, author=user)),
        *({"type": "blob", **blob_receipt(row)} for row in Blob.objects.filter(pk__in=ids, by=user).exclude(completed_at=None)),
        *({"type": "package", **package_receipt(row)} for row in SignOff.objects.filter(pk__in=ids, by=user)),
    ]
    return found


def blob_receipt(blob):
    return {
        "id": str(blob.pk),
        "sha256": blob.sha256,
        "received": blob.received,
        "complete": blob.completed_at is not None,
        "received_at": (blob.completed_at or blob.started_at).isoformat(),
        "state": "accepted" if blob.completed_at else "partly",
        "reason": "",
    }


def package_receipt(sign_off):
    return {
        "id": str(sign_off.pk),
        "sha256": sign_off.sha256,
        "package_sha256": sign_off.package_sha256,
        "version": sign_off.version,
        "received_at": sign_off.received_at.isoformat(),
        "state": "marked" if sign_off.marks else sign_off.kind,
        "marks": [str(words) for words in sign_off.mark_words],
        "reason": "; ".join(str(words) for words in sign_off.mark_words),
    }


def arrived(held, user):
    """The ids among `held` ({"id", "sha256"}) for which headquarters has a receipt of those very bytes."""
    sent = {str(item["id"]): item["sha256"] for item in held}
    known = receipts(list(sent), user) if sent else []
    return sorted(row["id"] for row in known if sent[row["id"]] in ("", row["sha256"], row.get("package_sha256")))


def pieces_here(blob_id):
    """How many bytes of a photo or file are safely here."""
    blob = Blob.objects.filter(pk=blob_id).first()
    return min(blob.received, pieces.length(blob_id)) if blob and not blob.completed_at else 0


def announced_by(device):
    """What this laptop announced and headquarters neither received nor settled."""
    return Announcement.objects.filter(device=device, arrived_at=None, settled_at=None).select_related("visit")


def open_announcements():
    """What some laptop announced and headquarters neither received nor settled, oldest first."""
    return Announcement.objects.filter(arrived_at=None, settled_at=None).select_related("device__staff", "visit")


def missing_at(at):
    """What should be here by now: announced a day ago, or held no more by its laptop although it never arrived."""
    return open_announcements().filter(Q(first_at__lte=at - OVERDUE) | Q(gone_at__isnull=False))


def vanished_at(at):
    """Laptops in use that have not called for two days, although they hold something or should be under way with a visit."""
    silent = Device.objects.filter(state=DeviceState.ACTIVE, last_contact_at__lte=at - SILENT).select_related("staff")
    holds = Announcement.objects.filter(device=OuterRef("pk"), arrived_at=None, settled_at=None)
    under_way = Readiness.objects.filter(
        device=OuterRef("pk"), visit__planned_start__lte=at, visit__state__in=(VisitState.CONFIRMED, VisitState.ON_SITE)
    )
    return silent.filter(Exists(holds) | Exists(under_way)).order_by("last_contact_at", "id")


def entries_undecided():
    """Entries that do not count and that nobody has decided on, oldest first. Some may only wait for what comes before them."""
    rows = Entry.objects.filter(state__in=(Entry.State.SET_ASIDE, Entry.State.WAITING), settlement=None)
    return rows.select_related("author", "visit__order__customer", "device").order_by("received_at", "id")


def entries_to_settle(at):
    """Those that were set aside, and those that have waited for a day."""
    return entries_undecided().filter(Q(state=Entry.State.SET_ASIDE) | Q(received_at__lte=at - OVERDUE))


def quarantined_to_settle():
    return Quarantined.objects.filter(settled_at=None).select_related("author", "visit__order__customer").order_by("received_at", "id")


def packages_to_settle():
    return SignOff.objects.waiting().select_related("visit__order__customer", "by").defer("strokes").order_by("received_at", "id")


def to_settle(at):
    """{name: rows} of what waits for a named person; of each at most FIRST and one more, which says that there are more."""
    return {
        "missing": missing_at(at)[: FIRST + 1],
        "vanished": vanished_at(at)[: FIRST + 1],
        "packages": packages_to_settle()[: FIRST + 1],
        "entries": entries_to_settle(at)[: FIRST + 1],
        "quarantined": quarantined_to_settle()[: FIRST + 1],
    }
