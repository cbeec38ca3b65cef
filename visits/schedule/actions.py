from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.numbers import next_number
from conduct.company.queries import company
from conduct.privacy.queries import private_contacts
from conduct.privacy.words import refusal
from conduct.rules.queries import current_edition, to_read
from conduct.trail import actions as trail
from visits.orders.models import WorkOrder

from . import telling
from .booking import refuse_barred, taking_time_of
from .decision import decide, decide_again, look, overrule, refuse_planned
from .models import LONGEST, Visit
from .moving import advance, enter
from .plans import keep_version, replan, traits_of, year_at
from .queries import hold_order, open_scope, usual_identity
from .states import VisitState


@transaction.atomic
def plan(*, order, engineer, identity_name, identity_capacity, planned_start, planned_end, scope, previous=None, by, at):
    """Note an appointment without telling anybody. It takes nobody's time yet.

    `scope` are items of the order, at least one. Raises DomainError when the order is not open, a time is past, or the identity holds a private contact.
    """
    _check_plan(order, engineer, planned_start, planned_end, scope, at)
    _check_identity(identity_name=identity_name, identity_capacity=identity_capacity)
    visit = Visit.objects.create(
        number=next_number("V", year_at(order.site, at)),
        order=order,
        engineer=engineer,
        identity_name=identity_name,
        identity_capacity=identity_capacity,
        planned_start=planned_start,
        planned_end=planned_end,
        traits=traits_of(order, engineer),
        edition=current_edition(at),
        previous=previous,
        created_at=at,
    )
    visit.scope.set(scope)
    enter(visit)
    keep_version(visit, by, at)
    trail.note(verb="visit.planned", subject=visit, by=by, at=at, order=order.number, engineer=engineer.number)
    return visit


def place(*, order, engineer, planned_start, planned_end, reason="", known=None, **facts):
    """Plan from the board: checked against everything that stands in the plan, without telling anybody.

    Scope and identity, when not given, are what is still to be done and how the engineer usually appears. `known` are the numbers
    of the order's visits that the board showed. Raises Conflicted, and ForbiddenMove when the board was stale: before the
    transaction, so that many who want the same place do not queue for it, and again in it.
    """
    check_times(planned_start, planned_end, facts["at"])
    refuse_planned(order, known)
    look(order=order, engineer=engineer, start=planned_start, end=planned_end, reason=reason, at=facts["at"])
    where = {"engineer": engineer, "planned_start": planned_start, "planned_end": planned_end}
    return _place(order=order, reason=reason, known=known, **where, **facts)


@transaction.atomic
def _place(*, order, engineer, planned_start, planned_end, scope=None, reason, known, by, at, **facts):
    hold_order(order)
    refuse_planned(order, known)
    found = decide(order=order, engineer=engineer, start=planned_start, end=planned_end, reason=reason, at=at)
    scope = list(open_scope(order)) if scope is None else scope
    identity = usual_identity(engineer, order)
    visit = plan(
        order=order, engineer=engineer, planned_start=planned_start, planned_end=planned_end, scope=scope, by=by, at=at,
        **(identity | facts),
    )  # fmt: skip
    overrule(visit, found, reason, by, at)
    return visit


@transaction.atomic
def plan_and_propose(*, by, at, **facts):
    """What the dispatcher does on the order's page: plan a visit and ask its engineer in one go. Raises Conflicted."""
    visit = place(by=by, at=at, **facts)
    propose(visit=visit, by=by, at=at)
    return visit


@transaction.atomic
def propose(*, visit, by, at):
    """Ask the engineer. From here on the time is taken.

    Raises AlreadyBooked, ForbiddenMove, or DomainError for who is barred by now and for an order that is not open any more.
    """
    refuse_unless_open(visit.order)
    with taking_time_of(visit.engineer, visit.planned_start, visit.planned_end, besides=visit):
        refuse_barred(visit.engineer, visit.planned_start, visit.order.site)
        advance(visit, VisitState.PROPOSED, edition=current_edition(at), told_version=visit.plan_version)
    trail.note(verb="visit.proposed", subject=visit, by=by, at=at, plan_version=visit.plan_version)
    telling.asked(visit, at)


@transaction.atomic
def confirm(*, visit, plan_version=None, by, at):
    """The engineer accepts the proposed time. Issues the record number, so this is when the visit becomes real.

    `plan_version` is the one the engineer saw. Raises ForbiddenMove if headquarters changed or withdrew it meanwhile, and
    DomainError while the engineer has not read the code of conduct that holds for the visit, or is barred by now.
    """
    _refuse_stale(visit, plan_version)
    if visit.state == VisitState.COUNTERED:
        raise ForbiddenMove(_("You asked for another time; headquarters answers first."))
    refuse_barred(visit.engineer, visit.planned_start, visit.order.site)
    _refuse_unread(visit)
    _become_real(visit, at)
    telling.answered(visit, "visit.accepted", at)
    trail.note(verb="visit.confirmed", subject=visit, by=by, at=at, record_number=visit.record_number)


@transaction.atomic
def decline(*, visit, plan_version=None, decline_code, decline_note="", by, at):
    """The engineer says no, with a coded reason. The visit ends; another may follow it."""
    _refuse_stale(visit, plan_version)
    advance(visit, VisitState.DECLINED, decline_code=decline_code, decline_note=decline_note, declined_at=at)
    telling.answered(visit, "visit.declined", at)
    trail.note(verb="visit.declined", subject=visit, by=by, at=at, reason=decline_code, note=decline_note)


@transaction.atomic
def counter(*, visit, plan_version=None, counter_start, counter_end, counter_note="", by, at):
    """The engineer asks for another time. The proposed one is free again until headquarters answers."""
    _refuse_stale(visit, plan_version)
    _refuse_unread(visit)
    check_times(counter_start, counter_end, at, "counter_start", "counter_end")
    asked = {"counter_start": counter_start, "counter_end": counter_end, "counter_note": counter_note}
    advance(visit, VisitState.COUNTERED, **asked)
    telling.answered(visit, "visit.countered", at)
    trail.note(verb="visit.countered", subject=visit, by=by, at=at, start=counter_start.isoformat(), note=counter_note)


@transaction.atomic
def accept_counter(*, visit, by, at):
    """Headquarters agrees to the engineer's time, which confirms the visit. Raises AlreadyBooked."""
    if visit.state != VisitState.COUNTERED:
        raise ForbiddenMove(_("Nobody asked for another time, or it was answered already."))
    start, end = visit.counter_start, visit.counter_end
    # The engineer asked for it, so that only what is impossible speaks against it.
    decide_again(visit, visit.engineer, start, end, "…", at)
    with taking_time_of(visit.engineer, start, end, besides=visit):
        replan(visit, by, at, planned_start=start, planned_end=end)
        _become_real(visit, at)
    trail.note(verb="visit.counter_accepted", subject=visit, by=by, at=at, record_number=visit.record_number)
    overrule(visit, [], "", by, at)
    telling.told(visit, "visit.agreed", at)


@transaction.atomic
def repropose(*, visit, planned_start, planned_end, reason="", by, at):
    """Headquarters answers the engineer's wish with a third time. Raises Conflicted and AlreadyBooked."""
    check_times(planned_start, planned_end, at)
    found = decide_again(visit, visit.engineer, planned_start, planned_end, reason, at)
    with taking_time_of(visit.engineer, planned_start, planned_end, besides=visit):
        replan(visit, by, at, planned_start=planned_start, planned_end=planned_end)
        advance(visit, VisitState.PROPOSED)
    trail.note(verb="visit.proposed", subject=visit, by=by, at=at, plan_version=visit.plan_version)
    overrule(visit, found, reason, by, at)
    telling.asked(visit, at)


@transaction.atomic
def cancel(*, visit, cancel_reason, by, at):
    """End a visit that has not begun; its engineer hears of it if it was ever proposed."""
    was_told = visit.state != VisitState.PLANNED
    advance(visit, VisitState.CANCELLED, cancel_reason=cancel_reason)
    trail.note(verb="visit.cancelled", subject=visit, by=by, at=at, reason=cancel_reason)
    if was_told:
        telling.told(visit, "visit.cancelled", at)


@transaction.atomic
def mark_missed(*, visit, by, at):
    """Nobody came. Possible from the planned end on."""
    if at < visit.planned_end:
        raise DomainError(_("The planned time is not over yet."))
    advance(visit, VisitState.MISSED)
    trail.note(verb="visit.missed", subject=visit, by=by, at=at)


def _become_real(visit, at):
    number = visit.record_number or next_number("VR", year_at(visit.order.site, at))
    advance(visit, VisitState.CONFIRMED, record_number=number, confirmed_at=at)


def _check_plan(order, engineer, start, end, scope, at):
    refuse_unless_open(order)
    if not scope:
        raise DomainError(_("Choose at least one scope item."), field="scope")
    refuse_barred(engineer, start, order.site)
    check_times(start, end, at)


def refuse_unless_open(order):
    """Asked of the database. A lock is not needed: who closes or cancels holds the order, as `place` does, and a visit that is planned
    or under way stops both; taken after the engineer's lock it could block two for ever."""
    if WorkOrder.objects.filter(pk=order.pk).values_list("state", flat=True).get() != "open":
        raise DomainError(_("The work order is not open, so nobody can be sent."))


def _check_identity(**texts):
    """The agreed identity stands on everything that the customer gets."""
    for name, text in texts.items():
        if found := private_contacts(text):
            raise DomainError(refusal(text, found, company().hotline), field=name)


def check_times(start, end, at, start_field="planned_start", end_field="planned_end"):
    if start < at:
        raise DomainError(_("This time is past."), field=start_field)
    if end <= start:
        raise DomainError(_("The visit ends before it begins."), field=end_field)
    if end - start > LONGEST:
        raise DomainError(_("A visit lasts at most %(days)d days; plan several.") % {"days": LONGEST.days}, field=end_field)


def _refuse_stale(visit, plan_version):
    if plan_version is not None and plan_version != visit.plan_version:
        raise ForbiddenMove(_("Headquarters changed the plan meanwhile. Please look at the new times first."))


def _refuse_unread(visit):
    """Who goes to a customer has read the edition's principles: once an edition, before the first confirmation under it."""
    left = to_read(visit.edition, visit.engineer.staff).count() if visit.edition_id else 0
    if left:
        raise DomainError(
            _("Please read the code of conduct first: %(count)d principles of edition %(edition)s, under “Code of conduct”, “Briefing”.")
            % {"count": left, "edition": visit.edition.code}
        )
