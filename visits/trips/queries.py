import datetime
from decimal import Decimal

from django.db.models import Prefetch, Q, Sum

from conduct.approvals.models import Approval
from conduct.approvals.queries import approvals_about
from conduct.approvals.states import ApprovalState
from conduct.base.days import month_days
from conduct.company.queries import company
from conduct.people.access import Permission, sees_all
from conduct.workdays.arithmetic import shift_days
from conduct.workdays.queries import standard_calendar
from visits.schedule.models import Visit
from visits.schedule.queries import visit_page
from visits.schedule.states import VisitState

from .models import Expense, Trip
from .states import Consent, TripState

ORIGIN = "trip"
DAY = datetime.timedelta(days=1)
WAY = Prefetch("visits", Visit.objects.select_related("order__site").order_by("planned_start", "id"))


def trips_for(user):
    """All for headquarters; one's own, those of whom one leads, and those that one was asked about, for everybody else."""
    rows = Trip.objects.select_related("engineer__staff")
    if sees_all(user, Permission.SEE_TRIPS):
        return rows
    if not user.may(Permission.SEE_TRIPS):
        return rows.none()
    asked = Approval.objects.filter(origin=ORIGIN, asked_of=user).values("reference")
    led = Q(engineer__staff__line_manager=user) | Q(engineer__staff__executive=user)
    return rows.filter(Q(engineer__staff=user) | led | Q(number__in=asked))


def trip_page(user):
    led = ("line_manager", "executive", "department__head")
    return trips_for(user).select_related("paid_by", *(f"engineer__staff__{one}" for one in led))


def trip_list(user):
    return trips_for(user).prefetch_related(WAY)


def trips_of(visit, user):
    """The trips on which this visit was, for whoever may know."""
    return trips_for(user).filter(visits=visit).prefetch_related("lodgings")


def visits_to_set_out_for(user):
    """An engineer's own visits that a trip can begin with."""
    if not user.may(Permission.KEEP_TRIPS):
        return Visit.objects.none()
    rows = visit_page(user).filter(engineer__staff=user, state__in=[VisitState.CONFIRMED, VisitState.ON_SITE, VisitState.FINISHED])
    return rows.filter(trips=None)


def visits_of(trip):
    return trip.visits.select_related("order__customer", "order__site").order_by("planned_start", "id")


def next_visit(trip):
    """Where the engineer could go on to instead of returning: the next visit that is agreed and on no trip yet, or None."""
    last = trip.visits.order_by("-planned_start").first()
    rows = Visit.objects.filter(engineer=trip.engineer, state=VisitState.CONFIRMED, trips=None, planned_start__gt=last.planned_start)
    return rows.select_related("order__customer", "order__site").order_by("planned_start").first()


def questions_of(trip):
    """What was asked about the return and not taken back, oldest first."""
    return list(approvals_about(origin=ORIGIN, reference=trip.number).exclude(state=ApprovalState.WITHDRAWN))


def consent_of(trip, questions):
    """The Consent as it stands: of `questions` those count that were put last."""
    last = {row.state for row in questions if row.asked_at == questions[-1].asked_at}
    if trip.consented_at:
        return Consent.GIVEN
    if ApprovalState.REFUSED in last:
        return Consent.REFUSED
    return Consent.ASKED if ApprovalState.ASKED in last else Consent.NONE


def due_after(day):
    """The last day for report and expenses of somebody who is back on `day`, by the company's policy and calendar."""
    days = company().trip_report_days
    return shift_days(day, days, standard_calendar(first=day, last=day + (2 * days + 30) * DAY))


def day_before(day):
    """The working day before `day`."""
    return shift_days(day - DAY, 0, standard_calendar(first=day - 30 * DAY, last=day))


def total_of(trip):
    return trip.expenses.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def late_before(day):
    """Trips whose report was due before that day and is not here."""
    return Trip.objects.filter(state=TripState.RETURNED, due_on__lt=day)


def of_engineer(user):
    """What an engineer has not settled yet."""
    rows = Trip.objects.filter(engineer__staff=user, state__in=TripState.OPEN)
    return rows.prefetch_related(WAY).order_by("set_out_at")


def to_settle(day):
    """What waits for a manager: handed in, or late."""
    rows = Trip.objects.filter(Q(state=TripState.HANDED_IN) | Q(state=TripState.RETURNED, due_on__lt=day))
    return rows.select_related("engineer__staff").order_by("due_on", "id")


def expenses_of_month(month):
    """Expenses of "2026-11" that were handed in, by engineer and day. Raises ValueError for what is no month."""
    first, after = month_days(month)
    rows = Expense.objects.filter(spent_on__gte=first, spent_on__lt=after, trip__handed_in_at__isnull=False)
    return rows.select_related("trip__engineer__staff").order_by("trip__engineer__number", "spent_on", "id")
