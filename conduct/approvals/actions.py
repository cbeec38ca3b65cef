from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.base.signals import approval_settled, send_to_one
from conduct.company.queries import company
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role
from conduct.trail import actions as trail

from .models import Approval
from .queries import may_decide
from .states import ApprovalState


@transaction.atomic
def ask(*, kind, origin, reference, subject, reason, url="", asked_of=None, asked_of_role="", by, at):
    """Ask a person (`asked_of`) or whoever holds `asked_of_role`, exactly one of the two.

    How it ends is told by `approval_settled` to the one listener of `origin`. Raises DomainError when it would be given to
    oneself, when nobody could decide, when the reason is missing, or when the same is asked already.
    """
    _check_who(asked_of, asked_of_role, by)
    if not reason.strip():
        raise DomainError(_("Say why it is needed."), field="reason")
    facts = {"kind": kind, "origin": origin, "reference": reference}
    if Approval.objects.filter(state=ApprovalState.ASKED, **facts).exists():
        raise DomainError(_("This was asked already and waits for a decision."))
    try:
        with transaction.atomic():
            approval = Approval.objects.create(
                number=next_number("AP", day_of(at, company().time_zone).year),
                subject=subject[:200], url=url, reason=reason.strip(), asked_of=asked_of, asked_of_role=asked_of_role,
                asked_by=by, asked_at=at, **facts,
            )  # fmt: skip
    except IntegrityError as error:
        raise DomainError(_("This was asked already and waits for a decision.")) from error
    trail.note(verb="approval.asked", subject=approval, by=by, at=at, about=reference, kind=kind, asked_of=approval.asked_of_words)
    _tell_who_decides(approval, at)
    return approval


@transaction.atomic
def approve(*, approval, reason="", by, at):
    """Say yes. Raises ForbiddenMove when somebody was faster or it is not this person's to decide."""
    _refuse_wrong_hands(approval, by)
    _settle(approval, ApprovalState.APPROVED, reason, by, at)


@transaction.atomic
def refuse(*, approval, reason, by, at):
    """Say no, and why."""
    _refuse_wrong_hands(approval, by)
    if not reason.strip():
        raise DomainError(_("Say why it is refused."), field="reason")
    _settle(approval, ApprovalState.REFUSED, reason, by, at)


@transaction.atomic
def withdraw(*, approval, reason="", by, at):
    """Take the question back, by who asked or by the room it came from."""
    _settle(approval, ApprovalState.WITHDRAWN, reason, by, at)


@transaction.atomic
def hand_on(*, approval, to, reason, by, at):
    """Ask somebody else instead, such as when the one who was asked is on leave. Raises ForbiddenMove when it is decided."""
    _check_who(to, "", approval.asked_by)
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    before = approval.asked_of_words
    still_open = Approval.objects.filter(pk=approval.pk, state=ApprovalState.ASKED)
    if not still_open.update(asked_of=to, asked_of_role=""):
        approval.refresh_from_db()
        raise ForbiddenMove(_("This is decided already; nothing was changed."))
    approval.refresh_from_db()
    trail.note(verb="approval.handed_on", subject=approval, by=by, at=at, asked_of=[before, to.name], reason=reason)
    _tell_who_decides(approval, at)


def _tell_who_decides(approval, at):
    """The person, or everybody who holds the role, but never who asked."""
    role = approval.asked_of_role
    people = [approval.asked_of] if approval.asked_of_id else people_with_role(role).exclude(pk=approval.asked_by_id)
    facts = {"who": approval.asked_by.name, "subject": approval.subject}
    tell(to=people, code="approval.asked", about=approval.number, url=approval.get_absolute_url(), at=at, **facts)


def _check_who(asked_of, asked_of_role, asker):
    if bool(asked_of) == bool(asked_of_role):
        raise ValueError("asked of a person or of a role, one of the two")
    if asked_of and asked_of == asker:
        raise DomainError(_("Nobody can give an approval to oneself."), field="asked_of")
    if asked_of and not asked_of.is_active:
        raise DomainError(_("%(who)s does not work here any more.") % {"who": asked_of}, field="asked_of")
    if asked_of_role and not people_with_role(asked_of_role).exclude(pk=asker.pk).exists():
        role = Role(asked_of_role).label
        raise DomainError(_("Nobody else is %(role)s here, so nobody could decide.") % {"role": role}, field="asked_of")


def _refuse_wrong_hands(approval, by):
    if approval.asked_by_id == by.pk:
        raise DomainError(_("Nobody can give an approval to oneself."))
    if not may_decide(by, approval):
        raise ForbiddenMove(_("This was asked of %(who)s.") % {"who": approval.asked_of_words})


def _settle(approval, to, reason, by, at):
    move(approval, to, decided_by=by, decided_at=at, decision=reason.strip())
    trail.note(verb=f"approval.{to}", subject=approval, by=by, at=at, about=approval.reference, kind=approval.kind, reason=reason)
    if to != ApprovalState.WITHDRAWN:
        facts = {"who": by.name, "subject": approval.subject}
        code, url = f"approval.{to}", approval.url or approval.get_absolute_url()
        tell(to=approval.asked_by, code=code, about=approval.number, url=url, at=at, **facts)
    send_to_one(approval_settled, sender=Approval, origin=approval.origin, approval=approval, by=by, at=at)
