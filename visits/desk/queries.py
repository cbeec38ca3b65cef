"""What each role sees first. Every section costs a fixed number of queries."""

import datetime

from conduct.base.days import day_bounds, day_of
from conduct.company.queries import company
from conduct.outbox.queries import deliveries_for, late_since
from conduct.people.access import Permission
from conduct.rules.queries import current_edition, to_read
from visits.delivery.queries import in_trouble
from visits.escalations.queries import questions_for
from visits.followup.queries import to_call
from visits.remote.queries import waiting_for as remote_waiting
from visits.schedule.queries import visit_page
from visits.schedule.states import VisitState
from visits.signoff.queries import marked_for
from visits.waivers.queries import waiting_for as waivers_waiting

SHOWN = 12


def dispatcher_sections(user, at):
    """{name: rows} of what waits for a dispatcher."""
    visits = visit_page(user)
    start, end = day_bounds(day_of(at, company().time_zone), company().time_zone)
    return {
        "countered": visits.filter(state=VisitState.COUNTERED).order_by("planned_start")[:SHOWN],
        "proposed": visits.filter(state=VisitState.PROPOSED).order_by("planned_start")[:SHOWN],
        "declined": visits.filter(
            state=VisitState.DECLINED, following=None, planned_start__gte=at - datetime.timedelta(days=7)
        ).order_by("-planned_start")[:SHOWN],
        "today": visits.select_related("readiness").filter(planned_start__gte=start, planned_start__lt=end).order_by("planned_start")[:50],
        "questions": questions_for(user).filter(answered_at=None).order_by("asked_at")[:SHOWN],
        "deliveries": in_trouble(deliveries_for(user))[:SHOWN],
        "marked": marked_for(visits)[:SHOWN],
        "waiting_since": late_since(at),
        "calls": to_call(user).order_by("planned_start")[:SHOWN],
    }


def engineer_sections(user, at):
    """{name: rows} of an engineer's day."""
    own = visit_page(user).select_related("readiness").filter(engineer__staff=user)
    return {
        "to_answer": own.filter(state=VisitState.PROPOSED).order_by("planned_start")[:SHOWN],
        "under_way": own.filter(state__in=[VisitState.ON_SITE, VisitState.FINISHED]).order_by("planned_start")[:SHOWN],
        "next": own.filter(state=VisitState.CONFIRMED).order_by("planned_start")[:SHOWN],
    }


def whole_visit(user):
    """Visits with what a visit's own page shows of each in one row."""
    return visit_page(user).select_related("record", "visit_checklist__checklist", "follow_up", "readiness__device")


def still_to_read(user, at):
    """How many principles of the code of conduct in force this person has not read yet."""
    held = current_edition(at)
    return to_read(held, user).count() if held else 0


def sections_for(user, at):
    """The sections of every role that this person holds."""
    sections = {}
    if user.may(Permission.PLAN_VISITS):
        sections["dispatcher"] = dispatcher_sections(user, at)
    if user.may(Permission.WRITE_RECORD):
        sections["engineer"] = engineer_sections(user, at)
    if user.may(Permission.ANSWER_QUESTIONS) and "dispatcher" not in sections:
        sections["questions"] = questions_for(user).filter(answered_at=None).order_by("asked_at")[:SHOWN]
    if user.may(Permission.DECIDE_WAIVERS):
        sections["waivers"] = waivers_waiting(user).order_by("raised_at")[:SHOWN]
    if user.may(Permission.HELP_REMOTELY):
        sections["remote_cases"] = remote_waiting(user).order_by("handed_over_at")[:SHOWN]
    if user.may(Permission.MANAGE_COMPANY):
        ours = company()
        sections["company"] = {"fax": not ours.fax, "mailbox": not ours.mailbox, "hotline": not ours.hotline}
    return sections
