"""What waits for a person besides visits, as one line each: how many there are, and where they stand."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.approvals.queries import waiting_for as approvals_waiting
from conduct.base.days import day_of
from conduct.people.access import Permission
from conduct.preparations import queries as preparations
from conduct.preparations.states import JobState
from conduct.purchases.queries import purchases_for
from conduct.purchases.states import PurchaseState
from conduct.repairs import queries as repairs
from conduct.repairs.states import TicketState
from conduct.spares.queries import late as late_loans
from conduct.stock.queries import items_in_use, too_few, with_levels
from conduct.violations.queries import waiting_for as violations_waiting
from visits.fees.queries import last_month_to_close
from visits.handwriting.queries import to_confirm


@dataclass(frozen=True)
class Line:
    words: str
    count: int
    url: str
    is_late: bool = False


def waiting_for(user, at):
    """[Line, …] of what this person can see to now; lines of which there is none are left out. One query a line."""
    today = day_of(at, user.time_zone)
    lines = [*_repairs(user, at), *_rooms(user, today), *_things(user, today)]
    lines.append(Line(_("Approvals for you to decide"), approvals_waiting(user).count(), reverse("approvals:list")))
    lines += _conduct(user, at)
    return [line for line in lines if line.count]


def _repairs(user, at):
    if user.may(Permission.TRIAGE):
        board, rows = reverse("repairs:board"), repairs.tickets_for(user)
        yield Line(_("Reports to be sorted"), rows.filter(state=TicketState.REPORTED).count(), board)
        yield Line(_("Repair tickets past their deadline"), repairs.overdue(rows, at).count(), board, is_late=True)
    if user.may(Permission.TAKE_TICKETS):
        yield Line(_("My repairs"), repairs.queue_of(user).count(), reverse("repairs:queue"))
    if user.may(Permission.TRIAGE) or user.may(Permission.TAKE_TICKETS):
        url = reverse("repairs:queue") if user.may(Permission.TAKE_TICKETS) else f"{reverse('repairs:list')}?state=to_tell"
        yield Line(_("Reporters to be told of the result"), repairs.to_tell_for(user).count(), url)
    elif user.may(Permission.REPORT_FAULT):
        own = repairs.tickets_for(user).filter(reporter=user, state__in=TicketState.OPEN | TicketState.TO_TELL)
        yield Line(_("What I reported, not finished yet"), own.count(), reverse("repairs:list"))


def _rooms(user, today):
    jobs, url = preparations.jobs_for(user), reverse("preparations:list")
    if user.may(Permission.PLAN_PREPARATIONS):
        yield Line(_("Courses and exams that are late"), jobs.filter(preparations.late(today)).count(), f"{url}?show=late", is_late=True)
    if user.may(Permission.PREPARE):
        own = jobs.filter(assigned_to=user, state__in=JobState.TO_DO)
        yield Line(_("Rooms for me to prepare"), own.count(), f"{url}?show=mine")
    if user.may(Permission.HAND_IN_STANDARDS):
        own = jobs.filter(teacher=user, state=JobState.AWAITING)
        yield Line(_("Software standards for me to hand in"), own.count(), url)


def _conduct(user, at):
    if user.may(Permission.SEE_VIOLATIONS):
        yield Line(_("Breaches of the code of conduct for you to see to"), violations_waiting(user, at).count(), reverse("violations:list"))
    if user.may(Permission.FOLLOW_UP):
        yield Line(_("Signatures to ask the customer about"), to_confirm(user).count(), reverse("handwriting:list"))
    if user.may(Permission.CLOSE_FEES):
        month, waits = last_month_to_close(at)
        yield Line(_("Contractors' fees of last month to be closed"), int(waits), reverse("fees:month", args=[month]))


def _things(user, today):
    if user.may(Permission.KEEP_STOCK):
        yield Line(_("Spares that should be back"), late_loans(today).count(), reverse("spares:loans"), is_late=True)
        yield Line(_("Items that run short"), too_few(with_levels(items_in_use())).count(), f"{reverse('stock:items')}?show=low")
    if user.may(Permission.ORDER_PURCHASES):
        rows, url = purchases_for(user), reverse("purchases:list")
        yield Line(_("Purchases to be ordered"), rows.filter(state=PurchaseState.APPROVED).count(), f"{url}?state=approved")
        late = rows.filter(state=PurchaseState.ORDERED, expected_on__lt=today)
        yield Line(_("Deliveries that should be here"), late.count(), f"{url}?state=ordered", is_late=True)
