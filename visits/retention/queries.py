from conduct.approvals.models import Approval
from conduct.attendance import erasing as attendance
from conduct.customers import erasing as customers
from conduct.customers.models import Contact
from conduct.notices import erasing as notices
from conduct.outbox import erasing as outbox
from conduct.people import erasing as people
from conduct.people.access import Permission
from conduct.people.models import Staff
from conduct.repairs import erasing as repairs
from conduct.violations import erasing as violations
from visits.complaints import erasing as complaints
from visits.complaints.models import Complaint
from visits.documents import erasing as documents
from visits.fees.queries import unpaid_of
from visits.imports import erasing as imports
from visits.orders.models import WorkOrder
from visits.permits import erasing as permits
from visits.postponements import erasing as postponements
from visits.replies import erasing as replies
from visits.schedule.models import Visit
from visits.schedule.states import VisitState
from visits.signoff import erasing as signoff
from visits.trips import erasing as trips

from .models import RetentionPolicy
from .terms import DEFAULT, KINDS, months_before

# Receipts of papers and packs belong to their records and end with them.
LETTERS = ("notice", "test", "trail_head", "invitation", "evaluation", "hook")
SHOWN = 1000
DUE = {
    "records": lambda moment: [signoff.signed_before(moment)],
    "postponements": lambda moment: [postponements.answered_before(moment)],
    "replies": lambda moment: [replies.written_before(moment)],
    "complaints": lambda moment: [complaints.closed_before(moment)],
    "contacts": lambda moment: [customers.left_before(moment)],
    "staff": lambda moment: [people.left_before(moment)],
    "hours": lambda moment: [attendance.hours_before(moment), attendance.leaves_before(moment)],
    "violations": lambda moment: [violations.violations_before(moment)],
    "reporters": lambda moment: [repairs.reporters_before(moment)],
    "permits": lambda moment: [permits.packs_before(moment)],
    "documents": lambda moment: [documents.documents_before(moment)],
    "trips": lambda moment: [trips.returned_before(moment)],
    "imports": lambda moment: [imports.sheets_before(moment)],
    "notices": lambda moment: [notices.notices_before(moment)],
    "letters": lambda moment: [outbox.letters_before(moment, LETTERS)],
}


def terms():
    """{code: months} in force."""
    newest = RetentionPolicy.objects.first()
    return DEFAULT | (newest.terms if newest else {})


def due_rows(code, at):
    """Querysets of the rows of one kind whose term has ended by `at`, oldest first."""
    return DUE[code](months_before(at, terms()[code]))


def listing(at):
    """[(kind, months, how many are due, whether there are more)] of the whole table."""
    months = terms()
    counts = {
        kind.code: [len(rows.values_list("pk", flat=True)[: SHOWN + 1]) for rows in due_rows(kind.code, at)] for kind in KINDS
    }
    return [
        (kind, months[kind.code], min(sum(counts[kind.code]), SHOWN), any(count > SHOWN for count in counts[kind.code]))
        for kind in KINDS
    ]


def staff_to_erase(user):
    return Staff.objects.filter(erased_at=None) if user.may(Permission.MANAGE_RETENTION) else Staff.objects.none()


def contacts_to_erase(user):
    rows = Contact.objects.filter(erased_at=None).select_related("site__customer")
    return rows if user.may(Permission.MANAGE_RETENTION) else rows.none()


def _first(rows):
    """Ten numbers, and an ellipsis where there are more."""
    numbers = list(rows.values_list("number", flat=True)[:11])
    return numbers if len(numbers) <= 10 else [*numbers[:10], "…"]


def visits_waiting_for(staff):
    """Numbers of an engineer's visits that are not closed yet."""
    rows = Visit.objects.filter(engineer__staff=staff, state__in=VisitState.OPEN)
    return _first(rows.order_by("planned_start"))


def approvals_waiting_for(staff):
    rows = Approval.objects.filter(asked_of=staff, state="asked")
    return _first(rows.order_by("number"))


def fees_waiting_for(staff):
    """Visits that a contractor was not paid for: without the agreed fee their list could never be closed."""
    numbers = unpaid_of(staff)
    return numbers if len(numbers) <= 10 else [*numbers[:10], "…"]


def complaints_waiting_for(staff):
    rows = Complaint.objects.filter(owner=staff).exclude(state="closed")
    return _first(rows.order_by("number"))


def in_the_way_of(staff):
    """Everything that still needs this person, by number: nobody is erased before."""
    waits = (visits_waiting_for, approvals_waiting_for, complaints_waiting_for, fees_waiting_for)
    return [number for waiting in waits for number in waiting(staff)]


def orders_waiting_for(contact):
    """Numbers of open orders that name a contact."""
    rows = WorkOrder.objects.filter(contact=contact, state__in=["draft", "open"])
    return _first(rows.order_by("number"))
