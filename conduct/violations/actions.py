import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.company.queries import company
from conduct.files.actions import store_upload
from conduct.people.access import Role
from conduct.people.actions import bar
from conduct.people.models import Engineer
from conduct.people.queries import hold
from conduct.trail import actions as trail

from .frame import points_of, wrong_with
from .models import Evidence, Ruling, Violation
from .queries import barred_until as last_day_barred
from .queries import frame_of, ruling_of
from .states import ANSWER_DAYS, APPEAL_DAYS, Outcome, ViolationState
from .telling import point_out_visits, tell_engineer, tell_rulers

# How long before its end the engineer hears once more of the time to answer, and for how long a reminder that slept is still given.
SOON, CATCH_UP = datetime.timedelta(days=1), datetime.timedelta(days=7)


@transaction.atomic
def raise_violation(*, engineer, rule, happened_on, text="", file=None, by, at, **about):
    """Register a breach and ask the engineer for an answer. `by` is None when the software saw it and nothing is to be judged.

    `about` is origin, reference, url and has_fee of what it happened on, is_contractor when the engineer was another then than now; sight and
    facts of what the software saw. Raises DomainError when the same breach of the same thing stands already, for a day to come, against
    oneself, and for a file that cannot be kept.
    """
    if by and engineer.staff_id == by.pk:
        raise DomainError(_("Nobody raises a breach against oneself."), field="engineer")
    facts = {"state": ViolationState.RAISED, "raised_by": by, "raised_at": at, "answer_until": _days_later(at, ANSWER_DAYS)}
    violation = _register(engineer, rule, happened_on, text, at, **facts, **about)
    _keep_evidence(violation, file, by, at)
    _ask_for_an_answer(violation, by, at)
    return violation


@transaction.atomic
def propose_violation(*, engineer, rule, happened_on, text="", at, **about):
    """The software saw what may be a breach: a person looks at it before the engineer hears of it. Raises DomainError like above."""
    violation = _register(engineer, rule, happened_on, text, at, state=ViolationState.PROPOSED, **about)
    trail.note(
        verb="violation.proposed",
        subject=violation,
        by=None,
        at=at,
        engineer=engineer.number,
        rule=rule.code,
        about=violation.reference,
    )
    tell_rulers(violation, "violation.proposed", at, roles=[Role.TECHNICAL_MANAGER])
    return violation


@transaction.atomic
def confirm(*, violation, by, at):
    """A person stands behind what the software saw; the engineer is asked for an answer."""
    _refuse_own(violation, by)
    move(violation, ViolationState.RAISED, raised_by=by, raised_at=at, answer_until=_days_later(at, ANSWER_DAYS))
    _ask_for_an_answer(violation, by, at)


@transaction.atomic
def withdraw(*, violation, reason, by, at):
    """It was no breach. The line stays and counts for nothing; an engineer who knew of it is told."""
    _refuse_own(violation, by)
    move(violation, ViolationState.WITHDRAWN, withdrawn_reason=reason)
    trail.note(verb="violation.withdrawn", subject=violation, by=by, at=at, reason=reason)
    if violation.raised_at:
        tell_engineer(violation, "violation.withdrawn", at)


@transaction.atomic
def answer(*, violation, answer, file=None, by, at):
    """The engineer's side of it, once. Raises ForbiddenMove when it is ruled already."""
    move(violation, ViolationState.ANSWERED, answer=answer, answered_at=at)
    _keep_evidence(violation, file, by, at)
    trail.note(verb="violation.answered", subject=violation, by=by, at=at)
    tell_rulers(violation, "violation.answered", at)


@transaction.atomic
def add_evidence(*, violation, file, by, at):
    """One more picture or document from either side, as long as nobody has ruled; the other side hears of it. Raises ForbiddenMove afterwards."""
    if not Violation.objects.select_for_update().filter(pk=violation.pk, state__in=ViolationState.UNDER_WAY).exists():
        raise ForbiddenMove(_("It is ruled on or dropped by now; nothing can be added."))
    _keep_evidence(violation, file, by, at)
    trail.note(verb="violation.evidence_added", subject=violation, by=by, at=at)
    if violation.is_of(by):
        tell_rulers(violation, "violation.evidence", at)
    elif violation.raised_at:
        tell_engineer(violation, "violation.more_evidence", at)


@transaction.atomic
def rule_on(*, violation, outcome, fee_cut=0, barred_until=None, reason, by, at):
    """Rule within the frame that severity and history give, after the answer or when its time is over. Of two people at once one wins.

    Raises ForbiddenMove, or DomainError beside the field that lies outside of the frame.
    """
    _refuse_ruled(violation, 1)
    if violation.state == ViolationState.RAISED and at <= violation.answer_until:
        raise DomainError(
            _("The engineer may answer until %(time)s; it is ruled on afterwards.") % {"time": _clock(violation.answer_until)}
        )
    ruled = _check(violation, outcome, fee_cut, barred_until, by, at)
    move(violation, ViolationState.RULED, appeal_until=_days_later(at, APPEAL_DAYS))
    return _keep(violation, 1, ruled, reason, by, at)


@transaction.atomic
def appeal(*, violation, appeal, file=None, by, at):
    """The engineer asks another person to look at it again. Raises DomainError after the deadline."""
    if violation.state == ViolationState.RULED and at > violation.appeal_until:
        raise DomainError(_("The time to appeal ended on %(time)s.") % {"time": _clock(violation.appeal_until)})
    move(violation, ViolationState.APPEALED, appeal=appeal, appealed_at=at)
    _keep_evidence(violation, file, by, at)
    trail.note(verb="violation.appealed", subject=violation, by=by, at=at)
    tell_rulers(violation, "violation.appealed", at, but=ruling_of(violation).by)


@transaction.atomic
def rule_upon_appeal(*, violation, outcome, fee_cut=0, barred_until=None, reason, by, at):
    """Another person rules anew; this ruling stands. Raises DomainError for the one who ruled first."""
    _refuse_ruled(violation, 2)
    first = ruling_of(violation)
    if first and first.by_id == by.pk:
        raise DomainError(_("You made the first ruling; an appeal goes to somebody else."))
    ruled = _check(violation, outcome, fee_cut, barred_until, by, at)
    move(violation, ViolationState.SETTLED)
    return _keep(violation, 2, ruled, reason, by, at)


@transaction.atomic
def remind(*, at):
    """The engineer hears on the last day that an answer is awaited, and who may rule that none came. Each once."""
    silent = Violation.objects.filter(state=ViolationState.RAISED, answer_until__gt=at - CATCH_UP, answer_until__lte=at + SOON)
    for violation in silent.select_related("engineer__staff"):
        if violation.answer_until < at:
            tell_rulers(violation, "violation.unanswered", at, once=f"{violation.number}-unanswered")
        else:
            until, once = violation.answer_until, f"{violation.number}-soon"
            tell_engineer(violation, "violation.soon", at, until=until, once=once)


def _register(engineer, rule, happened_on, text, at, **facts):
    today = day_of(at, company().time_zone)
    if happened_on > today:
        raise DomainError(_("This day is still to come."), field="happened_on")
    if not facts.get("origin"):
        _refuse_twice(engineer, rule=rule, happened_on=happened_on, text=text)
    then = {"is_contractor": engineer.standing == Engineer.Standing.OUTSTATION}
    try:
        with transaction.atomic():
            return Violation.objects.create(
                number=next_number("VL", today.year), engineer=engineer, rule=rule, happened_on=happened_on, text=text,
                registered_at=at, **then | facts,
            )  # fmt: skip
    except IntegrityError as error:
        raise DomainError(_("This breach is registered already."), field="rule") from error


def _refuse_twice(engineer, **same):
    """What happened on no thing has no key of its own; the same words of the same day are a second click."""
    hold(engineer.staff)
    if Violation.objects.filter(engineer=engineer, origin="", **same).exclude(state=ViolationState.WITHDRAWN).exists():
        raise DomainError(_("This breach is registered already."), field="rule")


def _keep_evidence(violation, upload, by, at):
    if upload:
        Evidence.objects.create(violation=violation, file=store_upload(upload=upload, by=by, at=at), by=by, at=at)


def _ask_for_an_answer(violation, by, at):
    facts = {"engineer": violation.engineer.number, "rule": violation.rule.code, "about": violation.reference}
    trail.note(verb="violation.raised", subject=violation, by=by, at=at, **facts)
    tell_engineer(violation, "violation.raised", at, until=violation.answer_until)


def _refuse_own(violation, by):
    if violation.is_of(by):
        raise ForbiddenMove(_("Nobody rules on oneself."))


def _refuse_ruled(violation, instance):
    """Who opened the page before somebody else ruled reads who did; of two at the very same moment `move` tells the second."""
    done = violation.rulings.filter(instance=instance).select_related("by").first()
    if done and violation.state not in ViolationState.UNDER_WAY:
        raise ForbiddenMove(_("%(who)s ruled on this at %(time)s. Nothing was changed.") % {"who": done.by.name, "time": _clock(done.at)})


def _check(violation, outcome, fee_cut, barred_until, by, at):
    _refuse_own(violation, by)
    ruled, day = frame_of(violation), day_of(at, company().time_zone)
    wrong = wrong_with(ruled, outcome=outcome, fee_cut=fee_cut, barred_until=barred_until, day=day)
    for field, code in wrong.items():
        raise DomainError(_words(code, ruled), field=field)
    return {"outcome": outcome, "fee_cut": fee_cut or 0, "barred_until": barred_until}


def _words(code, ruled):
    return {
        "outside": _("This ruling lies outside of what severity and history allow."),
        "range": _("The fee is cut by %(low)d to %(high)d percent here.") % {"low": ruled.cut[0], "high": ruled.cut[1]},
        "needed": _("Say until which day to come there are no visits."),
        "long": _("A bar ends after five years at the latest; who is not to come again at all is noted as having left."),
        "none": _("This does not belong to the ruling that you chose."),
    }[code]


def _keep(violation, instance, facts, reason, by, at):
    points = points_of(violation.rule.severity) if facts["outcome"] != Outcome.NO_BREACH else 0
    ruling = Ruling.objects.create(
        violation=violation,
        instance=instance,
        is_contractor=violation.is_contractor,
        points=points,
        reason=reason,
        by=by,
        at=at,
        **facts,
    )
    noted = {"outcome": str(ruling.outcome), "points": points} | ({"fee_cut": ruling.fee_cut} if ruling.fee_cut else {})
    trail.note(verb="violation.ruled", subject=violation, by=by, at=at, reason=reason, **noted)
    _bar(violation.engineer, by, at)
    if instance == 1:
        tell_engineer(violation, "violation.ruled", at, until=violation.appeal_until)
    else:
        tell_engineer(violation, "violation.settled", at)
    return ruling


def _bar(engineer, by, at):
    """The engineer is barred to the last day of every bar that stands; a ruling upon appeal may have lifted one."""
    until = last_day_barred(engineer)
    if until == engineer.barred_until:
        return
    bar(engineer=engineer, until=until, by=by, at=at)
    if until:
        point_out_visits(engineer, until, company().time_zone, at)


def _days_later(at, days):
    return at + datetime.timedelta(days=days)


def _clock(moment):
    """In the zone of who is being answered."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
