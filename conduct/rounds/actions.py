import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.company.queries import company
from conduct.notices.actions import tell
from conduct.people.access import Permission, Role
from conduct.people.queries import people_with_role
from conduct.repairs import actions as repairs
from conduct.repairs.states import Disturbance, Source
from conduct.trail import actions as trail
from conduct.workdays.arithmetic import shift_days
from conduct.workdays.queries import calendar_of

from .models import MaintenancePlan, MaintenanceRound, RoundItem
from .queries import due_plans, equipment_of, late_rounds
from .states import Finding, RoundState

MOST = 100


@transaction.atomic
def save_plan(*, plan, by, at):
    """Enter a plan or change it. Raises DomainError when it holds nothing, or more than one round can."""
    count = equipment_of(plan).count()
    if not count:
        raise DomainError(_("There is no such equipment at this site."), field="category")
    if count > MOST:
        message = _("%(count)d pieces are too many for one round; at most %(most)d. Make a plan for each category.")
        raise DomainError(message % {"count": count, "most": MOST}, field="category")
    if not plan.technician.may(Permission.TAKE_TICKETS):
        raise DomainError(_("%(name)s does not repair.") % {"name": plan.technician.name}, field="technician")
    verb = "maintenance_plan.changed" if plan.pk else "maintenance_plan.created"
    plan.save()
    trail.note(verb=verb, subject=plan, by=by, at=at, name=plan.name, technician=plan.technician.name)
    return plan


def make_due(*, at):
    """Make the rounds that are due by today and not made yet, and tell of late ones, once each. Returns how many were made."""
    made = sum(_make_if_due(plan, at) for plan in due_plans(day_of(at, "UTC") + datetime.timedelta(days=1)))
    for row in late_rounds(day_of(at, company().time_zone)):
        people = {row.technician, *people_with_role(Role.TRIAGER)}
        _tell(row, "round.late", people, at)
    return made


@transaction.atomic
def _make_if_due(plan, at):
    """One round of `plan` for its day, at its site. A plan that slept makes one round, not one for every day it missed."""
    today = day_of(at, plan.site.time_zone)
    if plan.next_on > today:
        return 0
    due_on = plan.next_on
    after = _next_day(plan, today)
    if not MaintenancePlan.objects.filter(pk=plan.pk, next_on=due_on, is_active=True).update(next_on=after):
        return 0
    row = MaintenanceRound.objects.create(
        number=next_number("MR", today.year), plan=plan, due_on=due_on, technician=plan.technician
    )
    RoundItem.objects.bulk_create(RoundItem(round=row, equipment=thing) for thing in equipment_of(plan)[:MOST])
    trail.note(verb="round.made", subject=row, by=None, at=at, name=plan.name)
    _tell(row, "round.due", [plan.technician], at)
    return 1


def _next_day(plan, today):
    """The plan's next day after today, on a working day: the one before it when nobody works then."""
    day = plan.next_on
    while day <= today:
        day += datetime.timedelta(days=plan.every_days)
    calendar = calendar_of("", customer=plan.site.customer, zone=plan.site.time_zone)
    worked = shift_days(day, 0, calendar)
    return worked if worked > today else day


@transaction.atomic
def record(*, round, findings, by, at):
    """Note what was found: {item's pk: (finding, note)}. What is broken becomes a ticket. Returns whether the round is done.

    Findings may come in several goes; one that was noted stays. Raises DomainError when a fault has no words, with the
    field of its note, and ForbiddenMove when the round is done.
    """
    if round.state != RoundState.OPEN:
        raise ForbiddenMove(_("This round is done."))
    items = (
        RoundItem.objects.select_for_update(of=("self",))
        .filter(round=round, finding="")
        .select_related("equipment__site__customer")
    )
    for item in items:
        finding, note = findings.get(item.pk, ("", ""))
        if finding:
            _note(item, finding, note, by, at)
    if RoundItem.objects.filter(round=round, finding="").exists():
        return False
    move(round, RoundState.DONE, done_at=at)
    trail.note(verb="round.done", subject=round, by=by, at=at)
    return True


def _note(item, finding, note, by, at):
    if finding == Finding.FAULT:
        if not note.strip():
            raise DomainError(_("Say what is wrong with it."), field=f"note_{item.pk}")
        item.ticket, _token = repairs.enter(
            equipment=item.equipment, fault=note, source=Source.ROUND, disturbance=Disturbance.HINDERS, reporter=by,
            reporter_name=by.name, reporter_contact=by.telephone, by=by, at=at,
        )  # fmt: skip
    item.finding, item.note, item.at, item.by = finding, note, at, by
    item.save(update_fields=["finding", "note", "at", "by", "ticket"])


def _tell(row, code, people, at):
    facts = {"name": row.plan.name, "day": str(row.due_on)}
    tell(to=people, code=code, about=row.number, url=row.get_absolute_url(), once=f"{code}/{row.number}", at=at, **facts)
