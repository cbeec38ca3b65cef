import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from conduct.base.days import day_of
from conduct.base.errors import DomainError
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.base.sentences import in_each_language, in_words, kept
from conduct.company.queries import company
from conduct.customers.models import Site
from conduct.notices.actions import tell
from conduct.privacy.queries import colleagues_contacts
from conduct.privacy.words import refusal
from conduct.trail import actions as trail
from visits.orders.actions import change_order, raise_order
from visits.orders.models import WorkOrder
from visits.orders.states import Priority

from .models import PlanDay, RecurringPlan
from .queries import LATE, coming
from .states import Made, PlanState

MANY = ("equipment", "skills", "certified")


@transaction.atomic
def save_plan(*, plan, equipment, skills, certified, by, at):
    """Write a plan and raise at once what is due by it. Orders that were raised before stay as they are."""
    if found := colleagues_contacts(plan.reported_fault):
        raise DomainError(refusal(plan.reported_fault, found, company().hotline), field="reported_fault")
    today, is_new = day_of(at, plan.site.time_zone), not plan.number
    if is_new:
        plan.number = next_number("RP", width=4)
        plan.created_at, plan.created_by, plan.active_from = at, by, min(plan.first_on, today)
    plan.save()
    for name, rows in zip(MANY, (equipment, skills, certified), strict=True):
        getattr(plan, name).set(rows)
    trail.note(verb="recurring_plan.created" if is_new else "recurring_plan.changed", subject=plan, by=by, at=at, name=plan.name)
    if plan.state == PlanState.ACTIVE:
        make_due(plan=plan, by=by, at=at)
    return plan


@transaction.atomic
def pause(*, plan, by, at):
    move(plan, PlanState.PAUSED)
    trail.note(verb="recurring_plan.paused", subject=plan, by=by, at=at)


@transaction.atomic
def resume(*, plan, by, at):
    """Run again, from today on: the days of the pause are not made up for."""
    move(plan, PlanState.ACTIVE, active_from=day_of(at, plan.site.time_zone), looked_on=None)
    trail.note(verb="recurring_plan.resumed", subject=plan, by=by, at=at)
    make_due(plan=plan, by=by, at=at)


@transaction.atomic
def end(*, plan, by, at):
    move(plan, PlanState.ENDED)
    trail.note(verb="recurring_plan.ended", subject=plan, by=by, at=at)


@transaction.atomic
def make_due(*, plan, by=None, at):
    """Raise what is due by the plan and not raised yet. Returns the orders.

    Who looks through another plan of the same site waits, so that two that fall together meet in one order.
    """
    Site.objects.select_for_update(no_key=True).filter(pk=plan.site_id).values_list("pk").first()
    plan = RecurringPlan.objects.select_related("site__customer", "contact").get(pk=plan.pk)
    if plan.state != PlanState.ACTIVE:
        return []
    today, orders = day_of(at, plan.site.time_zone), []
    for row in coming(plan, today, today + datetime.timedelta(days=plan.lead_days)):
        made, order = _make(plan, row, today, by, at)
        PlanDay.objects.create(plan=plan, nominal=row.nominal, day=row.day, made=made, order=order)
        orders += [order] if order else []
    RecurringPlan.objects.filter(pk=plan.pk).update(looked_on=today)
    return orders


def make_due_or_tell(*, plan, at):
    """What the daily look does: a plan that cannot be made is told to whoever set it up, once a day, and holds up no other."""
    try:
        return make_due(plan=plan, at=at)
    except DomainError as error:
        _tell_stuck(plan, kept(error.message), at)
        return []


@transaction.atomic
def _tell_stuck(plan, why, at):
    """The reason is read in the reader's language. The plan was looked through for today, so that the others have their turn."""
    today = day_of(at, company().time_zone)
    RecurringPlan.objects.filter(pk=plan.pk).update(looked_on=today)
    about = {"about": plan.number, "url": plan.get_absolute_url(), "once": f"recurring.stuck {plan.number} {today.isoformat()}"}
    tell(to=plan.created_by, code="recurring.stuck", at=at, why=in_each_language(lambda: in_words(why)), **about)


def _make(plan, row, today, by, at):
    """(what became of it, its order or None)."""
    if row.day is None:
        return Made.NO_DAY, None
    if row.day < today - LATE:
        return Made.MISSED, None
    if other := _order_on(plan, row.day):
        return Made.TOGETHER, _add_to(other, plan, by, at)
    order = WorkOrder(
        site=plan.site, contact=plan.contact if plan.contact and plan.contact.is_active else None,
        reported_fault=plan.reported_fault or plan.name, traits=plan.traits, priority=plan.priority,
        duration_minutes=plan.duration_minutes, wanted_from=_moment(plan, row.day, plan.from_time),
        wanted_to=_moment(plan, row.day, plan.until_time),
    )  # fmt: skip
    return Made.RAISED, raise_order(order=order, scope=plan.scope.splitlines(), by=by, at=at, **_needs(plan))


def _needs(plan):
    needs = {name: list(getattr(plan, name).all()) for name in MANY}
    return needs | {"equipment": [item for item in needs["equipment"] if item.is_active and item.site_id == plan.site_id]}


def _moment(plan, day, time):
    return datetime.datetime.combine(day, time, ZoneInfo(plan.site.time_zone))


def _order_on(plan, day):
    """The order that another plan of the site has on that day and that can still take more."""
    rows = WorkOrder.objects.filter(site=plan.site, state__in=["draft", "open"], plan_days__day=day)
    return rows.exclude(plan_days__plan=plan).order_by("pk").first()


def _add_to(order, plan, by, at):
    """The scopes of both in one order; what both ask for stands there once, and the longer work takes both times together. It is as
    urgent as the more urgent of them, at a time that both want; where there is none, at any that one of them wants."""
    scope = list(order.scope.values_list("text", flat=True))
    more = [text for text in plan.scope.splitlines() if text not in scope]
    needs = _needs(plan)
    together = {name: list({*getattr(order, name).all(), *needs[name]}) for name in MANY}
    order.traits = list(dict.fromkeys([*order.traits, *plan.traits]))
    order.priority = max(order.priority, plan.priority, key=Priority.values.index)
    order.wanted_from, order.wanted_to = _both(order, plan)
    if order.duration_minutes and plan.duration_minutes and more:
        order.duration_minutes += plan.duration_minutes
    return change_order(order=order, scope=[*scope, *more], by=by, at=at, **together)


def _both(order, plan):
    if not (order.wanted_from and order.wanted_to):  # somebody took the time out of the order
        return order.wanted_from, order.wanted_to
    day = day_of(order.wanted_from, plan.site.time_zone)
    starts = order.wanted_from, _moment(plan, day, plan.from_time)
    ends = order.wanted_to, _moment(plan, day, plan.until_time)
    start, end = max(starts), min(ends)
    return (start, end) if start < end else (min(starts), max(ends))
