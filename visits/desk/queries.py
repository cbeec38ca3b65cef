"""What each role sees first. Every section costs a fixed number of queries."""

import datetime

from django.db.models import Exists, OuterRef

from conduct.base.days import day_bounds, day_of
from conduct.company.queries import company
from conduct.knowledge.queries import waiting_for as articles_waiting
from conduct.outbox.queries import deliveries_for, late_since
from conduct.people.access import Permission
from conduct.projects.queries import overdue_for
from conduct.repairs.models import TicketPhoto
from conduct.rules.models import Edition
from conduct.rules.queries import current_edition, to_read
from conduct.violations.models import Violation
from visits.changes.queries import to_review
from visits.complaints.models import Complaint
from visits.complaints.queries import waiting_for as complaints_waiting
from visits.delivery.queries import in_trouble
from visits.documents.models import HandedDocument
from visits.documents.queries import in_hands_of
from visits.escalations.models import ScopeChange, SiteQuestion
from visits.escalations.queries import timed, to_answer, to_decide
from visits.followup.queries import to_call
from visits.handwriting.models import Hint
from visits.informing.models import CustomerNotice
from visits.informing.queries import untold, with_untold
from visits.invitations.models import Invitation
from visits.orders.queries import orders_for
from visits.points.models import Point
from visits.points.queries import undone
from visits.postponements.models import Postponement
from visits.postponements.queries import waiting_for as postponements_waiting
from visits.promises.models import Promise
from visits.promises.queries import waiting_for as promises_waiting
from visits.records.models import Entry
from visits.remote.models import RemoteCase
from visits.remote.queries import waiting_for as remote_waiting
from visits.replies.models import Reply
from visits.replies.queries import waiting_for as replies_waiting
from visits.schedule.models import LONGEST, Visit
from visits.schedule.queries import asking_again, left_of, visit_page, visits_for
from visits.schedule.states import VisitState
from visits.signoff.queries import marked_for
from visits.trips.models import Trip
from visits.trips.queries import of_engineer, to_settle
from visits.waivers.models import Waiver
from visits.waivers.queries import waiting_for as waivers_waiting

SHOWN = 12
WHOLE = [
    *(field.name for field in Visit._meta.concrete_fields if field.name not in ("edition", "created_at")),
    "order__number", "order__customer__name", "order__site__name", "order__site__city", "order__site__address",
    "order__site__time_zone", "order__contact__name", "order__contact__telephone", "engineer__staff__name",
    "order__project_link__project__number", "order__project_link__project__name", "order__project_link__project__manager",
    "record__facts", "record__arrived_at", "record__departed_at", "record__minutes_on_site",
    "visit_checklist__checklist__traits", "visit_checklist__checklist__edition",
    "follow_up__state", "follow_up__at", "follow_up__comment", "follow_up__by__name",
    "readiness__state", "readiness__plan_version", "readiness__at", "readiness__device__name",
    "change_approval__number", "change_approval__title", "change_approval__state", "change_approval__window_from",
    "change_approval__window_to", "change_approval__is_emergency", "change_approval__reviewed_at",
]  # fmt: skip
VISIT, ORDER = OuterRef("pk"), OuterRef("order_id")
# What most visits have none of: asked for in the same query whether there is any, and read only then.
RARE = {
    "customer_notices": CustomerNotice.objects.filter(visit=VISIT),
    "questions": SiteQuestion.objects.filter(visit=VISIT),
    "points": Point.objects.filter(visit=VISIT),
    "promises": Promise.objects.filter(visit=VISIT),
    "scope_changes": ScopeChange.objects.filter(visit=VISIT),
    "waivers": Waiver.objects.filter(visit=VISIT),
    "documents": HandedDocument.objects.filter(visit=VISIT),
    "trips": Trip.objects.filter(visits=VISIT),
    "remote_cases": RemoteCase.objects.filter(visit=VISIT),
    "invitations": Invitation.objects.filter(visit=VISIT),
    "postponements": Postponement.objects.filter(order=ORDER),
    "ticket_photos": TicketPhoto.objects.filter(ticket__order_links__order=ORDER),
    "violations": Violation.objects.filter(visit_violation__visit=VISIT),
    "complaints": Complaint.objects.filter(visit=VISIT),
    "replies": Reply.objects.filter(visit=VISIT),
    "hints": Hint.objects.filter(sign_off__visit=VISIT),
}
ENTRY = [
    "kind", "payload", "state", "because", "set_aside_reason", "device_at", "received_at", "clock_offset_ms", "anchor_at", "monotonic_ms", "plan_version",
    "visit", "device__name", "point_ticket__entry", "point_ticket__ticket__number", "point_ticket__ticket__state",
]  # fmt: skip


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
        "untold": untold(user)[:SHOWN],
        "today": [*_lasting(visits, start), *_of_today(visits).filter(planned_start__gte=start, planned_start__lt=end).order_by("planned_start")[:50]],
        "questions": timed(to_answer(user, at)[:SHOWN], at),
        "deliveries": in_trouble(deliveries_for(user))[:SHOWN],
        "marked": marked_for(visits)[:SHOWN],
        "waiting_since": late_since(at),
        "postponements": postponements_waiting(user)[:SHOWN],
        "unfinished": _unfinished(user),
        "calls": to_call(user).order_by("planned_start")[:SHOWN],
    }


def _of_today(visits):
    return with_untold(visits).select_related("readiness")


def _lasting(visits, start):
    """Visits of several days that began before `start` and go on; agreed ones of the past are few, so that their index answers."""
    going_on = {"state__in": [VisitState.CONFIRMED, VisitState.ON_SITE], "planned_start__lt": start, "planned_end__gt": start}
    return _of_today(visits).filter(planned_start__gt=start - LONGEST, **going_on).order_by("planned_start")


def _unfinished(user):
    """Orders whose visits ended with something left: each with the items that it asks another visit for."""
    orders = list(asking_again(orders_for(user)).select_related("customer", "site").order_by("wanted_to", "created_at")[:SHOWN])
    left = left_of(orders)
    for order in orders:
        order.left = left[order.pk]
    return [order for order in orders if order.left]


def engineer_sections(user, at):
    """{name: rows} of an engineer's day."""
    own = visit_page(user).select_related("readiness").filter(engineer__staff=user)
    return {
        "to_answer": own.filter(state=VisitState.PROPOSED).order_by("planned_start")[:SHOWN],
        "under_way": own.filter(state__in=[VisitState.ON_SITE, VisitState.FINISHED]).order_by("planned_start")[:SHOWN],
        "next": own.filter(state=VisitState.CONFIRMED).order_by("planned_start")[:SHOWN],
        "documents": in_hands_of(user)[:SHOWN],
        "trips": of_engineer(user)[:SHOWN],
    }


def whole_visit(user):
    """Visits with what a visit's own page shows of each in one row, and no column more: reading a hundred cost more than the rest.

    `has_<name>` of each name in RARE says whether a section has rows.
    """
    related = ("record", "visit_checklist__checklist", "follow_up__by", "readiness__device", "change_approval", "order__project_link__project")
    rows = visits_for(user).select_related("order__customer", "order__site", "order__contact", "engineer__staff", *related).only(*WHOLE)
    return rows.annotate(**{f"has_{name}": Exists(some) for name, some in RARE.items()})


def entries_of(visit):
    """What was entered on site, with the columns that a page shows."""
    return Entry.objects.filter(visit=visit).select_related("device", "point_ticket__ticket").only(*ENTRY)


def still_to_read(user, at):
    """[(edition, how many of its principles this person has not read yet), …]: of the one in force, and of those of visits to accept."""
    proposed = Visit.objects.filter(engineer__staff=user, state=VisitState.PROPOSED).exclude(edition=None)
    editions = {current_edition(at)} | set(Edition.objects.filter(pk__in=proposed.values("edition")))
    counts = [(edition, to_read(edition, user).count()) for edition in sorted(editions - {None}, key=lambda one: one.valid_from)]
    return [(edition, count) for edition, count in counts if count]


def sections_for(user, at):
    """The sections of every role that this person holds."""
    sections = {}
    if user.may(Permission.PLAN_VISITS):
        sections["dispatcher"] = dispatcher_sections(user, at)
    if user.may(Permission.WRITE_RECORD):
        sections["engineer"] = engineer_sections(user, at)
    if user.may(Permission.ANSWER_QUESTIONS) and "dispatcher" not in sections:
        sections["questions"] = timed(to_answer(user, at)[:SHOWN], at)
    if user.may(Permission.KEEP_PROMISES):
        sections["points"] = undone(user, at)[:SHOWN]
        sections["promises"] = promises_waiting(user, day_of(at, user.time_zone))[:SHOWN]
    if user.may(Permission.DECIDE_SCOPE_CHANGES):
        sections["scope_changes"] = to_decide(user).order_by("asked_at")[:SHOWN]
    if user.may(Permission.REVIEW_CHANGES):
        sections["changes"] = to_review(user).order_by("ended_at")[:SHOWN]
    if user.may(Permission.DECIDE_WAIVERS):
        sections["waivers"] = waivers_waiting(user).order_by("raised_at")[:SHOWN]
    if user.may(Permission.HELP_REMOTELY):
        sections["remote_cases"] = remote_waiting(user).order_by("handed_over_at")[:SHOWN]
    if user.may(Permission.RUN_PROJECTS) and (late := list(overdue_for(user, day_of(at, user.time_zone))[:SHOWN])):
        sections["milestones"] = late
    if user.may(Permission.WRITE_ARTICLES) and (rows := list(articles_waiting(user)[:SHOWN])):
        sections["articles"] = rows
    if user.may(Permission.SEE_COMPLAINTS) and (rows := list(complaints_waiting(user)[:SHOWN])):
        sections["complaints"] = rows
    if user.may(Permission.SEE_REPLIES) and (rows := list(replies_waiting(user)[:SHOWN])):
        sections["replies"] = rows
    if user.may(Permission.PAY_TRIPS) and (rows := list(to_settle(day_of(at, user.time_zone))[:SHOWN])):
        sections["trips"] = rows
    if user.may(Permission.MANAGE_COMPANY):
        ours = company()
        sections["company"] = {"fax": not ours.fax, "mailbox": not ours.mailbox, "hotline": not ours.hotline}
    return sections
