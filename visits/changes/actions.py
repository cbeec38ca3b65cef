import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.approvals import actions as approvals
from conduct.approvals.models import Approval
from conduct.approvals.states import ApprovalState
from conduct.base.days import day_of, iso_minutes
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.company.queries import company
from conduct.files.actions import store_upload
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role
from conduct.privacy.queries import colleagues_contacts
from conduct.privacy.words import refusal
from conduct.rules.states import Trait
from conduct.trail import actions as trail
from visits.schedule.traits import add_trait

from .models import ChangeApproval
from .queries import ORIGIN, approvers, change_of, frozen_at, hash_of, may_approve, missing
from .states import ChangeState

TOLERANCE = datetime.timedelta(minutes=2)


class Lacking(DomainError):
    """The form is not complete. `fields` are the names of what is missing."""

    def __init__(self, fields):
        super().__init__(_("Complete the form first."))
        self.fields = fields


@transaction.atomic
def save(*, change, by, at):
    """Raise a form, or change one that nobody was asked to approve yet; `change` comes with what was typed.

    A visit that gets one is a production change from then on, whatever its order said: its gates are asked.
    Raises DomainError for a private contact in what the customer reads and for work that does not fit into its window,
    ForbiddenMove when somebody raised another form, or had this one approved, meanwhile.
    """
    if found := colleagues_contacts(change.title):
        raise DomainError(refusal(change.title, found, company().hotline), field="title")
    _check_fits(change)
    if is_new := change.pk is None:
        _begin(change, by, at)
    else:
        _take_up(change)
    change.save()
    trail.note(verb="change.raised" if is_new else "change.changed", subject=change, by=by, at=at, visit=change.visit.number)
    return change


def _check_fits(change):
    if not (change.duration_minutes and change.window_from and change.window_to):
        return
    minutes = int((change.window_to - change.window_from).total_seconds() // 60)
    if 0 < minutes < change.duration_minutes:
        raise DomainError(_("Its window has only %(minutes)d minutes.") % {"minutes": minutes}, field="duration_minutes")


def _begin(change, by, at):
    visit = change.visit
    add_trait(visit=visit, trait=Trait.PRODUCTION_CHANGE.value, by=by, at=at)  # holds the visit, so that one form is raised and not two
    if change_of(visit):
        raise ForbiddenMove(_("There is an approval form for this visit already."))
    change.number = next_number("CA", day_of(at, visit.order.site.time_zone).year)
    change.created_by, change.created_at = by, at


def _take_up(change):
    """Hold the row while it is changed; a withdrawn form becomes a draft again."""
    change.state = ChangeApproval.objects.select_for_update().only("state").get(pk=change.pk).state
    if change.state not in ChangeState.EDITABLE:
        raise ForbiddenMove(_("Somebody has asked for our approval meanwhile: nothing of the form changes any more."))
    if change.state == ChangeState.WITHDRAWN:
        move(change, ChangeState.DRAFT)


@transaction.atomic
def request(*, visit, text, requested_name, by, at):
    """Somebody on the customer's side asked for a change by word of mouth: that it was asked is noted, and nothing more."""
    change = change_of(visit) or ChangeApproval(visit=visit)
    change.title, change.requested_name = text, requested_name
    save(change=change, by=by, at=at)
    _tell_headquarters("change.requested", change, at)
    return change


@transaction.atomic
def ask(*, change, approver, by, at):
    """Put the complete form before who approves for us. From here on nothing of it changes.

    Raises Lacking, and DomainError for somebody who does not approve this one or a window that is past.
    """
    if lacks := missing(change):
        raise Lacking(lacks)
    if change.window_to <= at:
        raise DomainError(_("The change window is past; agree on another one first."))
    if not approvers(change.visit, by).filter(pk=approver.pk).exists():
        raise DomainError(_("%(name)s does not approve this change.") % {"name": approver.name}, field="approver")
    move(change, ChangeState.ASKED, sha256=hash_of(change))
    trail.note(verb="change.asked", subject=change, by=by, at=at, visit=change.visit.number, sha256=change.sha256)
    facts = {"subject": f"{change.number} {change.title}", "reason": change.title, "url": change.get_absolute_url()}
    approvals.ask(kind="change", origin=ORIGIN, reference=change.number, asked_of=approver, by=by, at=at, **facts)


@transaction.atomic
def settle_approval(*, approval, by, at):
    """What came of it: approved, or back to whoever prepares it. Raises DomainError for the yes of somebody who approves no changes."""
    change = ChangeApproval.objects.select_related("visit").get(number=approval.reference)
    if change.state != ChangeState.ASKED:
        return
    if approval.state == ApprovalState.APPROVED:
        if not may_approve(change.visit, by):  # it was handed on to the wrong person
            raise DomainError(_("%(name)s does not approve this change.") % {"name": by.name})
        move(change, ChangeState.APPROVED, approved_by=by, approved_at=at)
        trail.note(verb="change.approved", subject=change, by=by, at=at, visit=change.visit.number)
    else:
        move(change, ChangeState.DRAFT)
        trail.note(verb="change.sent_back", subject=change, by=by, at=at, visit=change.visit.number, reason=approval.decision)


@transaction.atomic
def customer_signed(*, change, signer_name, signer_position, signed_at, copy, by, at):
    """The customer signed the approved form; `copy` is the upload that shows it. Now the change can be begun in its window.

    Raises ForbiddenMove unless it is approved: only an emergency skips that. DomainError for a time before the form was frozen, which
    happened when our approval was asked for, or in the future; clocks may differ by two minutes.
    """
    if change.state != ChangeState.APPROVED:
        raise ForbiddenMove(_("The form is not approved, or was signed already."))
    frozen = frozen_at(change)
    if signed_at > at + TOLERANCE:
        raise DomainError(_("This time lies in the future."), field="signed_at")
    if signed_at < frozen - TOLERANCE:
        shown = iso_minutes(frozen, change.visit.order.site.time_zone)[:16].replace("T", " ")
        said = _("Its words were fixed at %(time)s, when our approval was asked for; nobody can have signed them before.")
        raise DomainError(said % {"time": shown}, field="signed_at")
    kept = store_upload(upload=copy, by=by, at=at, kind="scan")
    facts = {"signer_name": signer_name, "signer_position": signer_position, "signed_at": signed_at, "copy": kept}
    move(change, ChangeState.READY, **facts)
    trail.note(verb="change.signed", subject=change, by=by, at=at, visit=change.visit.number, name=signer_name)
    _tell_engineer("change.ready", change, at)


@transaction.atomic
def emergency(*, visit, said, copy, by, at):
    """Both sides approved in writing on site: `copy` shows it, `said` holds reason, ours_name, theirs_name, waived_name, waived_how
    and until (moment). The rehearsal is waived; the technical manager reviews it the next day."""
    change = change_of(visit) or ChangeApproval(visit=visit, title=said["reason"], requested_name=said["theirs_name"])
    if change.pk is None or change.state == ChangeState.WITHDRAWN:
        save(change=change, by=by, at=at)
    _withdraw_question(change, by, at)
    noted = {name: said[name] for name in ("reason", "ours_name", "theirs_name", "waived_name", "waived_how")}
    facts = {"is_emergency": True, "emergency": noted, "window_from": at, "window_to": said["until"], "signer_name": said["theirs_name"]}
    move(change, ChangeState.READY, signed_at=at, copy=copy, **facts)
    trail.note(verb="change.emergency", subject=change, by=by, at=at, visit=visit.number, reason=said["reason"], name=said["ours_name"])
    _tell_headquarters("change.emergency", change, at)
    return change


@transaction.atomic
def start(*, visit, started_at, by, at):
    """The engineer begins. Whether it may begin, lock.py has said."""
    change = change_of(visit)
    move(change, ChangeState.RUNNING, started_at=started_at)
    trail.note(verb="change.started", subject=change, by=by, at=at, visit=visit.number)


@transaction.atomic
def log(*, visit, step_at, by, at):
    """A step of the runbook was taken; the record keeps it. One after the window is kept as well, and reported."""
    change = change_of(visit)
    if step_at >= change.window_to:
        trail.note(verb="change.overran", subject=change, by=by, at=at, visit=visit.number)


@transaction.atomic
def end(*, visit, state, ended_at, note, consent=None, consent_copy=None, by, at):
    """It ended: with every test passed, rolled back, or accepted in writing although a test failed."""
    change = change_of(visit)
    move(change, state, ended_at=ended_at, end_note=note, consent=consent or {}, consent_copy=consent_copy)
    trail.note(verb=f"change.{state}", subject=change, by=by, at=at, visit=visit.number, note=note)
    if ended_at > change.window_to:
        trail.note(verb="change.overran", subject=change, by=by, at=at, visit=visit.number)
    _tell_headquarters(f"change.{state}", change, at)


@transaction.atomic
def withdraw(*, change, reason, by, at):
    """Nobody begins it any more. Raises ForbiddenMove when it has begun."""
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    _withdraw_question(change, by, at)
    move(change, ChangeState.WITHDRAWN)
    trail.note(verb="change.withdrawn", subject=change, by=by, at=at, visit=change.visit.number, reason=reason.strip())
    _tell_engineer("change.withdrawn", change, at)


def _withdraw_question(change, by, at):
    for approval in Approval.objects.filter(origin=ORIGIN, reference=change.number, state=ApprovalState.ASKED):
        approvals.withdraw(approval=approval, by=by, at=at)
    change.refresh_from_db()


@transaction.atomic
def review(*, change, review, by, at):
    """The technical manager has looked at an emergency or an accepted failure. Raises DomainError when somebody else has."""
    waits = change.needs_review and ChangeApproval.objects.filter(pk=change.pk, reviewed_at=None)
    if not waits or not waits.update(review=review, reviewed_by=by, reviewed_at=at):
        raise DomainError(_("Nothing is left to review here."))
    trail.note(verb="change.reviewed", subject=change, by=by, at=at, visit=change.visit.number)


def _tell_headquarters(code, change, at):
    people = people_with_role(Role.TECHNICAL_MANAGER) | people_with_role(Role.DISPATCHER)
    facts = {"customer": change.visit.order.customer.name, "what": change.title, "url": change.get_absolute_url()}
    tell(to=people.distinct(), code=code, about=change.visit.number, at=at, **facts)


def _tell_engineer(code, change, at):
    facts = {"customer": change.visit.order.customer.name, "what": change.title, "url": change.get_absolute_url()}
    tell(to=change.visit.engineer.staff, code=code, about=change.visit.number, at=at, **facts)
