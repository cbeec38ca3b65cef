from django.db import transaction
from django.utils.translation import gettext as _

from conduct.approvals import actions as approvals
from conduct.approvals.states import ApprovalState
from conduct.base.apart import Failed
from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.company.queries import company
from conduct.files.actions import store_bytes
from conduct.files.models import StoredFile
from conduct.notices.actions import tell
from conduct.outbox import actions as outbox
from conduct.outbox.states import DeliveryState, RecipientKind
from conduct.people.access import Permission, Role
from conduct.trail import actions as trail
from visits.complaints import actions as complaints

from .checks import check
from .letter import body_of, pdf_of
from .models import Reply
from .queries import ORIGIN, addresses_of, open_question
from .states import Means, ReplyState

KIND = "reply"
WRITTEN = ("means", "recipient", "addressee", "subject", "text", "language")
S = ReplyState


@transaction.atomic
def draft(*, customer, order=None, visit=None, complaint=None, written, by, at):
    """A new draft; `written` holds the fields of WRITTEN. Raises DomainError for what the customer may not read."""
    number = next_number("RE", day_of(at, company().time_zone).year)
    about = {"order": order, "visit": visit, "complaint": complaint}
    reply = Reply(number=number, customer=customer, author=by, drafted_at=at, **about, **written)
    _check(reply)
    reply.save(force_insert=True)
    trail.note(
        verb="reply.drafted",
        subject=reply,
        by=by,
        at=at,
        customer=customer.number,
        **{name: str(thing) for name, thing in about.items() if thing},
    )
    return reply


@transaction.atomic
def change(*, reply, written, by, at):
    """Other words, or another address: a version more, and a review that was asked for or given counts no longer.

    Raises ForbiddenMove when it is on its way meanwhile, DomainError for what the customer may not read or another's reply.
    """
    _require_author(reply, by)
    _take_back(reply, by, at)
    for name in WRITTEN:
        setattr(reply, name, written[name])
    _check(reply)
    facts = {name: getattr(reply, name) for name in WRITTEN} | {"version": reply.version + 1}
    if not Reply.objects.filter(pk=reply.pk, state=S.DRAFT, version=reply.version).update(**facts):
        raise ForbiddenMove(_("This was changed meanwhile; please look at it again."))
    reply.version += 1
    trail.note(verb="reply.changed", subject=reply, by=by, at=at, version=reply.version)


def _take_back(reply, by, at):
    """To the draft again. The approval goes first, as in a review: who changes and who reviews wait for each other in one order."""
    asked = open_question(reply) if reply.state == S.ASKED else None
    if asked:
        approvals.withdraw(approval=asked, by=by, at=at)
        reply.refresh_from_db()
    if reply.state != S.DRAFT:
        nothing = {"reviewed_by": None, "reviewed_at": None, "reviewed_version": None}
        move(reply, S.DRAFT, **nothing, **({"delivery": None, "letter": None} if reply.state == S.FAILED else {}))


@transaction.atomic
def ask(*, reply, note="", by, at):
    """Give it to the line manager to review, or to the managers where the author has none."""
    _require_author(reply, by)
    _check(reply)
    if reply.state == S.SENT_BACK:
        move(reply, S.DRAFT)
    move(reply, S.ASKED, remark="", reviewed_by=None, reviewed_at=None, reviewed_version=None)
    above = by.line_manager if by.line_manager_id and by.line_manager_id != by.pk and by.line_manager.is_active else None
    subject = _("Reply %(number)s to %(customer)s: %(subject)s") % {
        "number": reply.number, "customer": reply.customer.name, "subject": reply.subject,
    }  # fmt: skip
    approval = approvals.ask(
        kind=KIND, origin=ORIGIN, reference=reply.number, subject=subject, url=reply.get_absolute_url(),
        reason=note.strip() or _("To be reviewed before it goes to the customer."),
        asked_of=above, asked_of_role="" if above else Role.MANAGER, by=by, at=at,
    )  # fmt: skip
    trail.note(verb="reply.asked", subject=reply, by=by, at=at, version=reply.version, asked_of=approval.asked_of_words)
    return approval


def review(*, reply, good, version, reason="", by, at):
    """A superior's word on the `version` that was read.

    Raises ForbiddenMove when it was changed or decided meanwhile or is asked of somebody else, DomainError without a reason for
    returning it.
    """
    asked = open_question(reply)
    if asked is None:
        raise ForbiddenMove(_("This does not wait for a review any more."))
    if reply.version != version:
        raise ForbiddenMove(_("This was changed meanwhile; please look at it again."))
    if good:
        approvals.approve(approval=asked, reason=reason, by=by, at=at)
    else:
        approvals.refuse(approval=asked, reason=reason, by=by, at=at)


@transaction.atomic
def settle_review(*, approval, by, at):
    """What became of the question put to the superior, wherever it was answered."""
    reply = Reply.objects.select_for_update().get(number=approval.reference)
    seen = {"reviewed_by": by, "reviewed_at": at, "remark": approval.decision}
    if approval.state == ApprovalState.APPROVED:
        move(reply, S.APPROVED, reviewed_version=reply.version, **seen)
        trail.note(verb="reply.approved", subject=reply, by=by, at=at, version=reply.version)
    elif approval.state == ApprovalState.REFUSED:
        move(reply, S.SENT_BACK, **seen)
        trail.note(verb="reply.returned", subject=reply, by=by, at=at, version=reply.version, reason=approval.decision)
    else:
        move(reply, S.DRAFT)
        trail.note(verb="reply.taken_back", subject=reply, by=by, at=at, version=reply.version)


def send(*, reply, mail_channels, fax_channels, by, at):
    """Put the reviewed reply on its way, as a letter. It is drawn first, outside of the transaction.

    Raises ForbiddenMove when it is not reviewed as it stands, DomainError when its letter cannot be drawn.
    """
    if reply.state != S.APPROVED:
        raise ForbiddenMove(_("It goes out only after a superior has reviewed it as it stands."))
    ours = company()
    try:
        pdf = pdf_of(reply, ours, day_of(at, ours.time_zone))
    except Failed as error:
        raise DomainError(_("The letter could not be made: %(why)s") % {"why": str(error)[:200]}) from error
    _put_on_its_way(reply, pdf, ours, mail_channels, fax_channels, by, at)


@transaction.atomic
def _put_on_its_way(reply, pdf, ours, mail_channels, fax_channels, by, at):
    by_fax = reply.means == Means.FAX
    version = reply.version
    move(reply, S.SENT, sent_at=at)
    if not Reply.objects.filter(pk=reply.pk, version=version, reviewed_version=version).exists():
        raise ForbiddenMove(_("It goes out only after a superior has reviewed it as it stands."))
    letter = store_bytes(
        data=pdf, name=f"{reply.number}.pdf", content_type="application/pdf", kind=StoredFile.Kind.LETTER, by=by, at=at
    )
    reply.letter = letter
    reply.delivery = outbox.queue(
        origin=ORIGIN, reference=reply.number, recipient=reply.recipient,
        recipient_kind=RecipientKind.CUSTOMER_FAX if by_fax else RecipientKind.CUSTOMER_MAIL,
        channels=fax_channels if by_fax else mail_channels, files=[letter], subject=reply.subject,
        body=body_of(reply, ours), by=by, at=at,
    )  # fmt: skip
    reply.save(update_fields=["delivery", "letter"])
    trail.note(verb="reply.sent", subject=reply, by=by, at=at, version=version, about=reply.delivery.number)


@transaction.atomic
def discard(*, reply, reason, by, at):
    """Throw a reply away that never went out. Its number stays."""
    _require_author(reply, by)
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    if reply.state == S.ASKED:
        _take_back(reply, by, at)
    move(reply, S.DISCARDED)
    trail.note(verb="reply.discarded", subject=reply, by=by, at=at, reason=reason.strip())


@transaction.atomic
def take_over(*, reply, by, at):
    """Go on with a reply whose author has left. Nobody reviews one's own: what `by` has reviewed, or somebody is to, is a draft again.

    Raises DomainError while its author works here.
    """
    if reply.author.is_active or not by.may(Permission.WRITE_REPLIES) or not reply.is_changeable:
        raise DomainError(_("%(who)s writes this reply.") % {"who": reply.author.name})
    if reply.state == S.ASKED or reply.reviewed_by_id == by.pk:
        _take_back(reply, by, at)
    before = reply.author.name
    if not Reply.objects.filter(pk=reply.pk, author=reply.author, state__in=S.CHANGEABLE).update(author=by):
        raise ForbiddenMove(_("This was changed meanwhile; please look at it again."))
    reply.author = by
    trail.note(verb="reply.taken_over", subject=reply, by=by, at=at, before=before)


@transaction.atomic
def settle_delivery(*, delivery, at):
    """It arrived, or it did not: the author is told of the latter. A delivery of older words changes nothing."""
    reply = Reply.objects.select_for_update().filter(number=delivery.reference).first()
    if reply is None or not _continues(delivery, reply.delivery_id):
        return
    if delivery.state == DeliveryState.CONFIRMED and reply.state in (S.SENT, S.FAILED):
        move(reply, S.DELIVERED, delivered_at=at)
        trail.note(verb="reply.delivered", subject=reply, by=None, at=at, about=delivery.number)
        if reply.complaint_id:
            complaints.answer_by_reply(complaint=reply.complaint, reply=reply.number, by=reply.author, at=at)
    elif delivery.state == DeliveryState.FAILED and reply.state in (S.SENT, S.DELIVERED):
        move(reply, S.FAILED, delivered_at=None)
        trail.note(verb="reply.failed", subject=reply, by=None, at=at, about=delivery.number, reason=delivery.reason)
        facts = {"customer": reply.customer.name}
        tell(to=reply.author, code="reply.failed", about=reply.number, url=reply.get_absolute_url(), at=at, **facts)


def _continues(delivery, first):
    """Is this the reply's delivery, or one by the next channel that continues it?"""
    while delivery:
        if delivery.pk == first:
            return True
        delivery = delivery.previous
    return False


def _require_author(reply, by):
    if reply.author_id != by.pk:
        raise DomainError(_("%(who)s writes this reply.") % {"who": reply.author.name})


def _check(reply):
    if (reply.means, reply.recipient) not in addresses_of(reply.customer):
        raise DomainError(_("Send it to an address that is known for this customer."), field="to")
    check(reply)
