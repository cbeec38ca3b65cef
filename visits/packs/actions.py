import logging
import tempfile
from pathlib import Path

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.doorbell import ring
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.leases import claim, fenced
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.company.queries import company
from conduct.files.actions import store_bytes
from conduct.files.models import StoredFile
from conduct.files.queries import read
from conduct.outbox import actions as outbox
from conduct.outbox.states import DeliveryState, RecipientKind
from conduct.trail import actions as trail

from . import sheet
from .backup import LARGEST, zips
from .gather import contents_of
from .models import Pack, PackFile
from .naming import stem
from .pdf import pdf_of
from .queries import due_months, policy, without_pack
from .states import PackState

logger = logging.getLogger(__name__)
ORIGIN = "pack"
LEASE = 600
MOST_IN_MAIL = 20
TYPES = {
    PackFile.Role.SHEET: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PackFile.Role.PAPER: "application/pdf",
    PackFile.Role.BACKUP: "application/zip",
}


@transaction.atomic
def save_policy(*, policy, by, at):
    """Change when packs are due and where they go. Packs that exist keep the day they were due on."""
    policy.pk = 1
    policy.save()
    facts = {"reading": policy.reading, "recipient": policy.mailbox, "first_month": policy.first_month}
    trail.note(verb="pack_policy.changed", subject=policy, by=by, at=at, **facts)
    return policy


def open_due(*, at):
    """Open a pack for everybody and every department whose day has come and who has none. Returns how many."""
    today, rule, opened = day_of(at, company().time_zone), policy(), 0
    for month, day in due_months(today, rule):
        people, departments = without_pack(month)
        for person in people:
            opened += _open(month, day, at, staff=person, department=person.department)
        for department in departments:
            opened += _open(month, day, at, staff=None, department=department)
    return opened


@transaction.atomic
def _open(month, day, at, *, staff, department):
    """One pack; another beat may have been faster, which the constraint tells."""
    number = next_number("MP", int(month[:4]))
    facts = {"number": number, "month": month, "staff": staff, "department": department, "due_on": day}
    made = Pack.objects.bulk_create([Pack(**facts)], ignore_conflicts=True)
    pack = Pack.objects.filter(number=number).first()
    if pack is None:
        transaction.set_rollback(True)  # gives the number back
        return 0
    trail.note(verb="pack.due", subject=pack, by=None, at=at, month=month)
    ring("packs.make", pack.pk)
    return len(made)


def make(*, pack, channels, at):
    """Make a pack's files and put them on their way. Returns the new state, or None when somebody else makes it.

    Reading, drawing and packing happen outside of a transaction; only what is whole is written.
    """
    fence = claim(pack, at=at, seconds=LEASE, state=PackState.DUE)
    if fence is None:
        return None
    rule, ours = policy(), company()
    try:
        with translation.override(rule.language), timezone.override(ours.time_zone):
            contents = contents_of(pack, ours.time_zone, at)
            parts = [*_sheet(contents), (PackFile.Role.PAPER, ".pdf", pdf_of(contents, ours)), *_backup(contents)]
            return _keep(pack, fence, contents, parts, rule, channels, at)
    except Exception as error:  # whatever it was, the pack must not wait for its lease; the reason stands on its page
        logger.exception("pack failed", extra={"number": pack.number})
        _fail(pack, fence, f"{type(error).__name__}: {error}", at)
        return PackState.FAILED


def _sheet(contents):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.xlsx"
        sheet.write(str(path), contents)
        yield PackFile.Role.SHEET, ".xlsx", path.read_bytes()


def _backup(contents):
    for place, data in enumerate(zips(contents.files, read), 1):
        yield PackFile.Role.BACKUP, f"-{place}.zip", data


@transaction.atomic
def _keep(pack, fence, contents, parts, rule, channels, at):
    if not fenced(pack, fence).update(lease_until=None, problem=""):
        return None
    name = stem(pack.due_on, contents.department, contents.person)
    pack.files.all().delete()
    kept = []
    for role, ending, data in parts:
        stored = store_bytes(data=data, name=name + ending, content_type=TYPES[role], kind=StoredFile.Kind.PACK, by=None, at=at)
        kept.append(PackFile.objects.create(pack=pack, role=role, file=stored))
    way = channels if rule.mailbox else []
    move(pack, PackState.MADE if way else PackState.KEPT, made_at=at, facts=contents.summary(), delivered_at=None)
    if way:
        _send(pack, kept, rule, way, name, contents.gaps(), at)
    trail.note(verb="pack.made", subject=pack, by=None, at=at, month=pack.month, count=len(kept))
    return pack.state


def _send(pack, kept, rule, channels, name, gaps, at):
    """Everything that fits one mail; a larger backup stays here and the mail says where. It names what is missing."""
    small = [row.file for row in kept if row.role != PackFile.Role.BACKUP]
    backup = [row.file for row in kept if row.role == PackFile.Role.BACKUP]
    fits = sum(stored.size for stored in [*small, *backup]) <= LARGEST
    body = _("Please find the monthly pack of %(month)s attached: %(name)s.") % {"month": pack.month, "name": name}
    if gaps:
        lines = [f"- {whose}: {words}" for whose, words in gaps[:MOST_IN_MAIL]] + (["…"] if len(gaps) > MOST_IN_MAIL else [])
        body += "\n\n" + "\n".join([_("Still missing in this month: %(count)d") % {"count": len(gaps)}, *lines])
    if backup and not fits:
        where = f"{company().public_address}{pack.get_absolute_url()}"
        body += "\n\n" + _("The files of the month are too large for a mail. They are kept at %(where)s") % {"where": where}
    pack.delivery = outbox.queue(
        origin=ORIGIN,
        reference=pack.number,
        recipient_kind=RecipientKind.OFFICE_MAIL,
        recipient=rule.mailbox,
        channels=channels,
        files=[*small, *(backup if fits else [])],
        subject=_("Monthly pack") + f" {pack.month} {name}",
        body=body + "\n\n" + company().name + "\n",
        by=None,
        at=at,
    )
    pack.save(update_fields=["delivery"])


@transaction.atomic
def _fail(pack, fence, words, at):
    if fenced(pack, fence).update(lease_until=None, problem=words[:300]):
        pack.refresh_from_db()
        move(pack, PackState.FAILED)
        trail.note(verb="pack.failed", subject=pack, by=None, at=at, problem=words[:300])


@transaction.atomic
def make_again(*, pack, reason, by, at):
    """A person wants a pack anew, such as after a late correction. Raises DomainError without a reason or while it is made."""
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    if pack.state == PackState.DUE:
        raise ForbiddenMove(_("This pack is about to be made."))
    move(pack, PackState.DUE, problem="", lease_until=None)
    trail.note(verb="pack.again", subject=pack, by=by, at=at, reason=reason)
    ring("packs.make", pack.pk)


@transaction.atomic
def settle(*, delivery, at):
    """The administration's mail server took the pack, or it could not be delivered. An older mail changes nothing."""
    pack = Pack.objects.select_for_update().filter(number=delivery.reference).first()
    if pack is None or not _is_of(pack, delivery):
        return
    if delivery.state == DeliveryState.CONFIRMED and pack.state in (PackState.MADE, PackState.FAILED):
        move(pack, PackState.DELIVERED, delivered_at=at, problem="", delivery=delivery)
        trail.note(verb="pack.delivered", subject=pack, by=None, at=at, month=pack.month)
    elif delivery.state == DeliveryState.FAILED and pack.state in (PackState.MADE, PackState.DELIVERED):
        move(pack, PackState.FAILED, problem="", delivery=delivery)
        trail.note(verb="pack.failed", subject=pack, by=None, at=at, reason=delivery.reason)


def _is_of(pack, delivery):
    """Is this the pack's mail, or one by the next channel that continues it?"""
    while delivery:
        if delivery.pk == pack.delivery_id:
            return True
        delivery = delivery.previous
    return False
