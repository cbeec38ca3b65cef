from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.base.sentences import in_each_language
from conduct.company.queries import company
from conduct.notices.actions import tell
from conduct.people.access import Permission, Role
from conduct.people.queries import people_with_role
from conduct.trail import actions as trail

from .models import Complaint, ComplaintStep
from .queries import improvement_of, policy
from .states import ComplaintState, StepKind
from .timing import after_hours, end_of, in_words

S = ComplaintState
A_RUN = 200


@transaction.atomic
def register(*, customer, order=None, visit=None, told, owner, by, at):
    """Take a complaint down; `told` has said_by, way, received_at, matter and text. Its owner is told until when to answer.

    Raises DomainError for a time to come.
    """
    if told["received_at"] > at:
        raise DomainError(_("This time is still to come."), field="received_at")
    complaint = Complaint.objects.create(
        number=next_number("CP", day_of(at, company().time_zone).year), customer=customer, order=order, visit=visit,
        owner=owner, registered_at=at, registered_by=by, due_at=after_hours(told["received_at"], policy().answer_hours), **told,
    )  # fmt: skip
    about = {"visit": visit.number} if visit else {}
    trail.note(verb="complaint.registered", subject=complaint, by=by, at=at, customer=customer.number, owner=owner.name, **about)
    _tell(complaint, {owner} - {by}, "complaint.yours", at, time=in_words(complaint.due_at))
    return complaint


@transaction.atomic
def investigate(*, complaint, text, justified, by, at):
    """What had happened, and whether the customer is right. Raises DomainError for anybody but the owner."""
    _require_owner(complaint, by)
    move(complaint, S.INVESTIGATED)
    _step(complaint, StepKind.INVESTIGATED, by, at, text=text, justified=justified)


@transaction.atomic
def answer_by_call(*, complaint, said_to, text, by, at):
    """The customer was told on the telephone: whom, and what."""
    _require_owner(complaint, by)
    _answered(complaint, by, at, text=text, said_to=said_to)


@transaction.atomic
def answer_by_reply(*, complaint, reply, by, at):
    """A reviewed reply, of that number, has reached the customer. Before the cause is found it answers nothing yet."""
    held = Complaint.objects.select_for_update(of=("self",)).select_related("customer", "owner").get(pk=complaint.pk)
    if held.state == S.INVESTIGATED:
        _answered(held, by, at, reply=reply)


def _answered(complaint, by, at, **facts):
    move(complaint, S.ANSWERED, due_at=after_hours(at, policy().improve_hours))
    _step(complaint, StepKind.ANSWERED, by, at, **facts)


@transaction.atomic
def improve(*, complaint, text, who, until, by, at):
    """What is to become better, by whom and until which day. The managers are told that it waits to be closed."""
    _require_owner(complaint, by)
    if until < day_of(at, company().time_zone):
        raise DomainError(_("This day is past."), field="until")
    move(complaint, S.IMPROVING, due_at=end_of(until))
    _step(complaint, StepKind.IMPROVEMENT, by, at, text=text, who=who, until=until)
    _tell(complaint, {who} - {by}, "complaint.improvement", at, day=f"{until:%Y-%m-%d}", what=text[:200])
    _tell(complaint, set(people_with_role(Role.MANAGER)) - {by, complaint.owner}, "complaint.to_close", at)


@transaction.atomic
def close(*, complaint, text, by, at):
    """A manager who is not its owner has seen that it became better. Raises DomainError for anybody else."""
    if not by.may(Permission.CLOSE_COMPLAINTS) or by.pk == complaint.owner_id:
        raise DomainError(_("A manager who is not its owner closes a complaint."))
    move(complaint, S.CLOSED, closed_at=at, closed_by=by)
    _step(complaint, StepKind.CLOSED, by, at, text=text)
    _tell(complaint, {complaint.owner, complaint.registered_by} - {by}, "complaint.closed", at)


@transaction.atomic
def reopen(*, complaint, reason, by, at):
    """The customer is not content, or it happened again: the procedure begins anew, what was done before stays."""
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    again = {"round": complaint.round + 1, "closed_at": None, "closed_by": None}
    move(complaint, S.REGISTERED, due_at=after_hours(at, policy().answer_hours), **again)
    _step(complaint, StepKind.REOPENED, by, at, text=reason.strip())
    _tell(complaint, {complaint.owner} - {by}, "complaint.reopened", at, reason=reason.strip()[:200])


@transaction.atomic
def hand_on(*, complaint, to, reason, by, at):
    """Somebody else sees to it from now on. Raises DomainError for a closed one, and for the one who has it."""
    if not complaint.is_open:
        raise DomainError(_("This complaint is closed."))
    if to.pk == complaint.owner_id:
        raise DomainError(_("%(who)s sees to it already.") % {"who": to.name}, field="to")
    if not Complaint.objects.filter(pk=complaint.pk).exclude(state=S.CLOSED).update(owner=to):
        raise DomainError(_("This complaint is closed."))
    complaint.owner = to
    _step(complaint, StepKind.HANDED_ON, by, at, text=reason, who=to)
    _tell(complaint, {to} - {by}, "complaint.yours", at, time=in_words(complaint.due_at))


@transaction.atomic
def save_policy(*, policy, by, at):
    """Other hours, for complaints from now on."""
    policy.pk = 1
    policy.save()
    facts = {"answer_hours": policy.answer_hours, "improve_hours": policy.improve_hours}
    trail.note(verb="complaint_policy.changed", subject=policy, by=by, at=at, **facts)


@transaction.atomic
def remind(*, at):
    """Say of each step that is due and not done, once: to who sees to it or was named to make it better, and to the managers.

    Returns how many were told of.
    """
    untold = Q(reminded_for=None) | ~Q(reminded_for=F("due_at"))
    due = Complaint.objects.select_for_update(of=("self",)).exclude(state=S.CLOSED).filter(untold, due_at__lte=at)
    rows = list(due.select_related("customer", "owner").order_by("due_at")[:A_RUN])
    managers = set(people_with_role(Role.MANAGER)) if rows else set()
    for row in rows:
        named = improvement_of(row) if row.state == S.IMPROVING else None
        people = {row.owner, *managers, *([named.who] if named else [])}
        _tell(row, people, "complaint.due", at, time=in_words(row.due_at), state=in_each_language(row.get_state_display))
        Complaint.objects.filter(pk=row.pk).update(reminded_for=row.due_at)
    return len(rows)


def _step(complaint, kind, by, at, **facts):
    ComplaintStep.objects.create(complaint=complaint, round=complaint.round, kind=kind, by=by, at=at, **facts)
    said = {name: str(value) for name, value in facts.items() if name in ("who", "until", "reply") and value != ""}
    trail.note(verb=f"complaint.{kind}", subject=complaint, by=by, at=at, **said)


def _require_owner(complaint, by):
    if complaint.owner_id != by.pk:
        raise DomainError(_("%(who)s sees to this complaint.") % {"who": complaint.owner.name})


def _tell(complaint, people, code, at, **facts):
    facts |= {"customer": complaint.customer.name}
    tell(to=people, code=code, about=complaint.number, url=complaint.get_absolute_url(), at=at, **facts)
