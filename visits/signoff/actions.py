import base64
import binascii
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from conduct.base import strokes as pen
from conduct.base.days import iso_minutes
from conduct.base.errors import DomainError
from conduct.base.ids import nonce, uuid7
from conduct.base.sentences import sentence as _
from conduct.base.signals import record_closed, send_to_one
from conduct.company.queries import company
from conduct.files.actions import store_photo, store_upload
from conduct.trail import actions as trail
from visits.records.checks import CLOCK_TOLERANCE
from visits.records.models import Record
from visits.schedule.models import Visit
from visits.schedule.moving import advance
from visits.schedule.states import VisitState

from . import counting
from .marks import clock_of, live_stamp, marks_of, offline_stamp
from .models import Kind, Mark, Settlement, SignNonce, SignOff
from .queries import (
    covered_entries,
    last_valid,
    next_statement,
    next_version,
    ready_to_sign,
    statement_like,
    unused_nonces,
)
from .statement import digest

NONCES = 2

SIGNER = (
    "signer_name", "signer_position", "signer_telephone", "satisfaction", "comment", "refusal_reason", "no_stamp_reason",
)  # fmt: skip


@transaction.atomic
def hand_over(*, visit, new_nonce=nonce, by, at):
    """Issue the nonce of one signing, made by `new_nonce()`. Raises DomainError while something is missing before the customer may sign."""
    if not ready_to_sign(visit):
        raise DomainError(_("Something is still missing before the customer can sign. The record page says what."))
    issued = issue_nonce(visit=visit, new_nonce=new_nonce, at=at)
    trail.note(verb="signing.handed_over", subject=visit, by=by, at=at)
    return issued


def issue_nonce(*, visit, new_nonce=nonce, at):
    """The nonce of one signing at this server."""
    return SignNonce.objects.create(visit=visit, nonce=new_nonce(), issued_at=at).nonce


@transaction.atomic
def issue_nonces(*, visits, device, new_nonce=nonce, at):
    """See that a laptop holds two unused nonces for each of `visits`, to sign without a network."""
    for visit in visits:
        lacking = NONCES - len(unused_nonces(visit, device))
        SignNonce.objects.bulk_create(
            SignNonce(visit=visit, device=device, nonce=new_nonce(), issued_at=at) for _place in range(lacking)
        )


@transaction.atomic
def receive(*, visit, package_id, package, offline=None, by_link=False, link_ended=False, by, at):
    """Store what the customer signed or refused to sign. Returns (sign-off, whether it is new).

    It is stored whatever changed meanwhile; what does not fit becomes a mark, and then the visit is not "signed".
    `package` holds what forms.PackageForm cleaned. `offline` is {covers, clock, device, consent, package_sha256} of a package
    that was signed without a network. With `by_link` the customer signed elsewhere, and `by` is who had sent the link; `link_ended`
    says that it ended while the customer was reading. Raises DomainError only for what no customer can have signed.
    """
    visit = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("order__site", "order__customer", "order__contact", "engineer", "edition")
        .get(pk=visit.pk)
    )
    if known := SignOff.objects.filter(pk=package_id, visit=visit).first():
        return known, False
    statement = package["statement"]
    _refuse_reuse(visit, package)
    ours = statement_like(visit, statement)
    covers = offline["covers"] if offline else covered_entries(visit)
    signed = package["signed_at"]
    clock = clock_of(visit, offline_stamp(signed, at, offline["clock"]) if offline else live_stamp(signed, at))
    strokes = package["strokes"]
    marks = marks_of(visit, package, ours, covers=covers, clock=clock if offline else {}, by=None if by_link else by)
    sign_off = SignOff.objects.create(
        id=package_id,
        visit=visit,
        version=next_version(visit),
        kind=package["kind"],
        marks=marks + [Mark.LINK_ENDED.value] * link_ended,
        by_link=by_link,
        statement=statement,
        sha256=package["sha256"],
        nonce=package["nonce"],
        covers=covers,
        clock=clock,
        device=offline["device"] if offline else None,
        package_sha256=offline["package_sha256"] if offline else "",
        language=ours["language"],
        strokes=strokes,
        strokes_sha256=pen.digest(strokes) if strokes else None,
        typed_name=package["typed_name"],
        stamp=_stamp(package["stamp"], by, at),
        **_wording(ours["language"], statement, offline["consent"] if offline else ""),
        signed_at=signed,
        received_at=at,
        by=by,
        **{name: package[name] for name in SIGNER},
    )
    _close(visit, sign_off, by, at)
    return sign_off, True


def _refuse_reuse(visit, package):
    """One nonce is good for one signature, and the strokes of one signature for one package: nobody signs by copying."""
    if SignOff.objects.filter(visit=visit, nonce=package["nonce"]).exists():
        raise DomainError(_("This page was used for a signature already. Hand the laptop over anew from the record page."))
    if package["strokes"] and SignOff.objects.filter(strokes_sha256=pen.digest(package["strokes"])).exists():
        raise DomainError(_("This very signature was received before. Please sign anew."), field="strokes")


def _wording(language, statement=None, consent=""):
    """The consent wording that was shown. Of an older edition only the laptop still knows the words."""
    ours = company()
    older = statement and statement.get("wording_edition") != str(ours.consent_edition) and consent
    return {"consent": consent if older else ours.consent_in(language), "consent_edition": ours.consent_edition}


def _stamp(data_url, by, at):
    """The stamp's picture comes as a data URL within the package, so that it cannot be parted from the signature."""
    if not data_url:
        return None
    try:
        data = base64.b64decode(data_url.partition(",")[2], validate=True)
    except binascii.Error as error:
        raise DomainError(_("The stamp's picture did not arrive whole."), field="stamp") from error
    return store_photo(upload=SimpleUploadedFile("stamp.png", io.BytesIO(data).getvalue()), by=by, at=at, kind="stamp")


def _close(visit, sign_off, by, at):
    if not sign_off.counts:
        trail.note(verb="signing.marked", subject=visit, by=by, at=at, marks=sign_off.marks, sha256=sign_off.sha256)
        return
    advance(visit, VisitState.REFUSED if sign_off.is_refusal else VisitState.SIGNED)
    Record.objects.filter(visit=visit).update(closed_at=at)
    counting.closed(visit=visit)
    verb = "visit.refused" if sign_off.is_refusal else "visit.signed"
    trail.note(verb=verb, subject=visit, by=by, at=at, version=sign_off.version, sha256=sign_off.sha256, kind=sign_off.kind)
    send_to_one(record_closed, sender=SignOff, signoff=sign_off, by=by, at=at)


@transaction.atomic
def look_again(*, sign_off, at):
    """Read a sign-off's marks anew when all the entries that it covers have arrived after it. Returns it.

    What a line delivered in another order than it was made is no doubt: without any other mark it counts as if nothing had
    happened. Marks that are left wait for a person as before.
    """
    visit = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("order__site", "order__customer", "order__contact", "engineer", "edition")
        .get(pk=sign_off.visit_id)
    )
    sign_off = SignOff.objects.select_related("visit", "by").get(pk=sign_off.pk)
    if not sign_off.waits or set(sign_off.covers) - set(covered_entries(visit)):
        return sign_off
    package = {"statement": sign_off.statement, "sha256": sign_off.sha256, "nonce": sign_off.nonce}
    clock = clock_of(visit) | {"signed": sign_off.clock["signed"]}
    doubted = clock if sign_off.package_sha256 else {}
    ours = statement_like(visit, sign_off.statement)
    marks = marks_of(visit, package, ours, covers=sign_off.covers, clock=doubted, by=sign_off.by)
    sign_off.marks, sign_off.clock, sign_off.version = marks, clock, next_version(visit)
    sign_off.save(update_fields=["marks", "clock", "version"])
    _close(visit, sign_off, sign_off.by, at)
    return sign_off


@transaction.atomic
def transcribe(*, visit, scan, signer, signed_at, language, new_nonce=nonce, new_id=uuid7, by, at):
    """Enter a record that was signed and stamped by hand on the printed sheet; `scan` is its photo or PDF.

    `signer` holds the fields of SIGNER. Raises DomainError while the record is not complete, and for a time at which nobody can have
    signed it.
    """
    visit = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("order__site", "order__customer", "order__contact", "engineer", "edition")
        .get(pk=visit.pk)
    )
    issued = hand_over(visit=visit, new_nonce=new_nonce, by=by, at=at)
    _check_signed_at(visit, signed_at, at)
    statement, _changes = next_statement(visit, language=language, nonce=issued)
    sign_off = SignOff.objects.create(
        id=new_id(at),
        visit=visit,
        version=statement["version"],
        kind=Kind.TRANSCRIBED,
        statement=statement,
        sha256=digest(statement),
        nonce=issued,
        language=language,
        covers=covered_entries(visit),
        clock=clock_of(visit),
        scan=store_upload(upload=scan, by=by, at=at, kind="scan"),
        **_wording(language),
        signed_at=signed_at,
        received_at=at,
        by=by,
        **signer,
    )
    _close(visit, sign_off, by, at)
    return sign_off


def _check_signed_at(visit, signed_at, at):
    """A sheet that is filled in by hand says what happened on site: it is signed after the arrival, and a corrected one after the one before."""
    if signed_at > at + CLOCK_TOLERANCE:
        raise DomainError(_("This time lies in the future."), field="signed_at")
    before = last_valid(visit)
    since = before.signed_at if before else Record.objects.get(visit=visit).arrived_at
    if signed_at < since - CLOCK_TOLERANCE:
        shown = {"time": iso_minutes(since, visit.order.site.time_zone)[:16].replace("T", " ")}
        arrival, version = _("The engineer arrived at %(time)s; nobody can have signed before."), _("The version before was signed at %(time)s, this one later.")
        raise DomainError((version if before else arrival) % shown, field="signed_at")


@transaction.atomic
def settle(*, sign_off, settlement, reason, by, at):
    """A person at headquarters decides on a sign-off with marks: it counts as it is, or it is set aside and signed again.

    What the customer did not sign can never count: raises DomainError for a hash that differs, for a visit that does not wait
    for a signature, and when somebody else was faster.
    """
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=sign_off.visit_id)
    sign_off = SignOff.objects.select_related("visit").get(pk=sign_off.pk)
    if not sign_off.waits:
        raise DomainError(_("Somebody else has decided on this signature already."))
    if settlement == Settlement.ACCEPTED:
        _check_acceptable(visit, sign_off)
    sign_off.settlement, sign_off.settled_reason, sign_off.settled_by, sign_off.settled_at = settlement, reason, by, at
    sign_off.save(update_fields=["settlement", "settled_reason", "settled_by", "settled_at"])
    trail.note(verb=f"signing.{settlement}", subject=visit, by=by, at=at, sha256=sign_off.sha256, reason=reason)
    if settlement == Settlement.ACCEPTED:
        _close(visit, sign_off, by, at)
    return sign_off


def _check_acceptable(visit, sign_off):
    if Mark.HASH_DIFFERS in sign_off.marks:
        raise DomainError(
            _("The customer signed other words than headquarters has on record. Set it aside; the record needs a new signature."),
            field="settlement",
        )
    if Mark.SUPERSEDED in sign_off.marks:
        raise DomainError(
            _("Another signature of this version stands. Set this one aside; a correction needs a signature of its own."),
            field="settlement",
        )
    if visit.state != VisitState.FINISHED:
        raise DomainError(
            _("The visit is %(state)s and does not wait for a signature.") % {"state": visit.get_state_display()},
            field="settlement",
        )


@transaction.atomic
def add_stamped_copy(*, visit, upload, by, at):
    """Keep the stamped copy that followed a signature without a stamp."""
    sign_off = last_valid(visit)
    if sign_off is None:
        raise DomainError(_("Nothing is signed yet."))
    sign_off.stamped_copy = store_upload(upload=upload, by=by, at=at, kind="scan")
    sign_off.save(update_fields=["stamped_copy"])
    trail.note(verb="signing.stamped_copy", subject=visit, by=by, at=at, version=sign_off.version)
    return sign_off


@transaction.atomic
def correct(*, visit, reason, by, at):
    """Open a closed record again. The next version shows what differs and needs a new signature."""
    advance(visit, VisitState.FINISHED)
    counting.opened_again(visit=visit)
    Record.objects.filter(visit=visit).update(closed_at=None)
    trail.note(verb="visit.corrected", subject=visit, by=by, at=at, reason=reason)
