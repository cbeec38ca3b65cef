import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base import strokes as pen
from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.notices.actions import tell
from conduct.trail import actions as trail
from visits.records.privacy import against_text
from visits.schedule import actions as schedule
from visits.schedule.states import VisitState
from visits.signoff.statement import digest

from .models import Postponement
from .queries import LIVE, statement_of, unanswered
from .states import PostponementState

REMIND_EVERY = datetime.timedelta(days=2)
SIGNER = ("signer_name", "signer_position", "signer_telephone", "comment", "refusal_reason", "typed_name", "strokes", "signed_at")


@transaction.atomic
def postpone(*, order, visit=None, new_from, new_until, reason, by, at):
    """Put an order off, and the visit that was to do it, with the reason that the customer will read and accept in writing.

    The visit is cancelled, its engineer is told, and the order waits for another one in the new window. An older postponement that
    nobody answered is replaced. Raises DomainError, also for a visit that has begun.
    """
    _check(order, visit, new_from, new_until, reason, at)
    if older := unanswered(order):
        withdraw(postponement=older, by=by, at=at)
    if visit:
        schedule.cancel(visit=visit, cancel_reason=reason[:300], by=by, at=at)
    was = (visit.planned_start, visit.planned_end) if visit and visit.told_version else (order.wanted_from, order.wanted_to)
    postponement = Postponement.objects.create(
        number=next_number("PP", day_of(at, order.site.time_zone).year), order=order, visit=visit, was_from=was[0], was_until=was[1],
        new_from=new_from, new_until=new_until, reason=reason, asked_at=at, asked_by=by,
    )  # fmt: skip
    order.wanted_from, order.wanted_to = new_from, new_until
    order.save(update_fields=["wanted_from", "wanted_to"])
    for subject, verb in ((order, "order.postponed"), (visit, "visit.postponed")):
        if subject:
            trail.note(verb=verb, subject=subject, by=by, at=at, about=postponement.number, reason=reason)
    return postponement


def _check(order, visit, new_from, new_until, reason, at):
    if order.state != "open":
        raise DomainError(_("Only an open order can be put off."))
    if visit and VisitState.CANCELLED not in visit.TRANSITIONS[visit.state]:
        raise DomainError(_("This visit has begun or ended and cannot be put off."), field="visit")
    if new_from < at:
        raise DomainError(_("This time is past."), field="new_from")
    if new_until <= new_from:
        raise DomainError(_("The new window ends before it begins."), field="new_until")
    if problem := against_text(reason, order=order, visit=visit):
        raise DomainError(problem, field="reason")


@transaction.atomic
def withdraw(*, postponement, by, at):
    """It is dropped, or another one takes its place: nobody has to answer it any more. The order's window stays."""
    move(postponement, PostponementState.WITHDRAWN)
    trail.note(verb="order.postponement_withdrawn", subject=postponement.order, by=by, at=at, about=postponement.number)


@transaction.atomic
def answer(*, postponement, answer_id, package, nonce, by, at):
    """The customer's word, signed. Returns (postponement, whether it is new).

    `package` holds what forms.AnswerForm cleaned, `nonce` is what was issued for this page. Raises DomainError for other words than
    headquarters has, ForbiddenMove when it was answered or withdrawn meanwhile.
    """
    held = Postponement.objects.select_for_update(of=("self",)).select_related("order__site", "order__customer", "visit", "asked_by").get(pk=postponement.pk)
    if held.answer_id and str(held.answer_id) == str(answer_id):
        return held, False
    if held.state != PostponementState.ASKED:
        raise ForbiddenMove(_("This was answered or withdrawn meanwhile."))
    ours = statement_of(held, language=package["statement"].get("language", ""), nonce=nonce)
    if digest(ours) != package["sha256"] or package["statement"] != ours:
        raise DomainError(_("This page computed another check code than headquarters. Please do not sign; call us."))
    facts = {name: package[name] for name in SIGNER}
    strokes_sha256 = pen.digest(package["strokes"]) if package["strokes"] else None
    if strokes_sha256 and Postponement.objects.filter(strokes_sha256=strokes_sha256).exists():
        raise DomainError(_("This very signature was received before. Please sign anew."), field="strokes")
    state = PostponementState.REFUSED if package["kind"] == "refused" else PostponementState.ACCEPTED
    bound = {"statement": ours, "sha256": package["sha256"], "strokes_sha256": strokes_sha256, "answer_id": answer_id}
    move(held, state, **facts, **bound, answered_at=at, answered_by=by)
    trail.note(verb=f"order.postponement_{state}", subject=held.order, by=by, at=at, about=held.number, sha256=held.sha256)
    tell(to=held.asked_by, code=f"postponement.{state}", about=held.number, url=held.get_absolute_url(), at=at)
    return held, True


@transaction.atomic
def remind(*, at):
    """Whoever put an order off hears every two days that the customer's written word is still missing. Returns how many are."""
    rows = Postponement.objects.filter(LIVE, state=PostponementState.ASKED, asked_at__lte=at - REMIND_EVERY).select_related("asked_by", "order__customer")
    for row in rows:
        once = f"postponement-{row.number}-{(at - row.asked_at) // REMIND_EVERY}"
        facts = {"order": row.order.number, "customer": str(row.order.customer)}
        tell(to=row.asked_by, code="postponement.waiting", about=row.number, url=row.get_absolute_url(), once=once, at=at, **facts)
    return len(rows)
