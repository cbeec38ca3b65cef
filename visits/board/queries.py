"""What the board shows: a fixed number of queries at any size, plain rows."""

import datetime
from collections import defaultdict

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from conduct.people.models import Engineer
from conduct.people.queries import bookable_engineers
from visits.informing.queries import with_untold
from visits.orders.queries import orders_for
from visits.schedule.models import LONGEST, Capacity, Visit
from visits.schedule.queries import left_of, visits_for, without_visit
from visits.schedule.states import VisitState

HIDDEN = (VisitState.CANCELLED, VisitState.DECLINED)
WAITING = 60
COLUMNS = (
    "number", "engineer_id", "state", "plan_version", "planned_start", "planned_end", "order__number", "order__customer__number",
    "order__customer__name", "order__customer__short_name", "order__site__city", "order__site__time_zone", "order__reported_fault",
    "record__arrived_at", "record__departed_at", "counter_start", "counter_end",
)  # fmt: skip


def rows_of_visits(user, start, end):
    """Dicts of the visits in [start, end) by start, with the arrival and departure that the record holds."""
    shown = with_untold(visits_for(user)).filter(planned_start__lt=end, planned_start__gt=start - LONGEST, planned_end__gt=start)
    return list(shown.exclude(state__in=HIDDEN).order_by("planned_start", "id").values("is_untold", *COLUMNS))


def engineers(filters):
    """Who can be sent, in the order of the names, narrowed by city and skill."""
    people = bookable_engineers()
    if filters.get("city"):
        people = people.filter(home_city=filters["city"])
    if filters.get("skill"):
        people = people.filter(skills__code=filters["skill"])
    return list(people)


def skills_of(people):
    found = defaultdict(list)
    rows = Engineer.skills.through.objects.filter(engineer__in=[person.pk for person in people])
    for engineer, name in rows.order_by("skill__name").values_list("engineer_id", "skill__name"):
        found[engineer].append(name)
    return found


def capacities():
    return dict(Capacity.objects.values_list("engineer_id", "minutes"))


def waiting(user, filters):
    """Open orders that nobody is on the way for and that are not done, most urgent first: (orders, whether there are more).

    `left` of an order are the items that it asks another visit for, empty for one that had no visit yet.
    """
    orders = without_visit(orders_for(user))
    if filters.get("city"):
        orders = orders.filter(site__city=filters["city"])
    if filters.get("skill"):
        orders = orders.filter(Q(skills__code=filters["skill"]) | Q(certified__code=filters["skill"])).distinct()
    if filters.get("customer"):
        orders = orders.filter(customer__number=filters["customer"])
    if filters.get("q"):
        orders = orders.filter(Q(number__iexact=filters["q"]) | Q(customer__name__icontains=filters["q"]))
    rank = Case(When(priority="high", then=Value(0)), When(priority="normal", then=Value(1)), default=Value(2))
    found = orders.annotate(rank=rank).order_by("rank", F("wanted_to").asc(nulls_last=True), "created_at", "id").select_related("customer", "site")
    rows = list(found[: 2 * WAITING])
    left = left_of(rows)
    closed = Visit.objects.filter(order=OuterRef("pk"), state__in=VisitState.CLOSED)
    begun = set(orders.model.objects.filter(Exists(closed), pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    waiting = [row for row in rows if left[row.pk]]
    for row in waiting:
        row.left = left[row.pk] if row.pk in begun else []
    return waiting[:WAITING], len(waiting) > WAITING or len(rows) == 2 * WAITING


def matches(row, filters):
    """Whether a visit is one that was asked for; the others are shown as taken time."""
    text = filters.get("q", "").lower()
    return (
        filters.get("state") in (None, "", row["state"])
        and filters.get("customer") in (None, "", row["order__customer__number"])
        and (not text or any(text in row[name].lower() for name in ("number", "order__number", "order__customer__name")))
    )


def today_of(at, zone):
    return at.astimezone(zone).date()


def day_of_request(text, today):
    """The day that the address names; today when it names none."""
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return today


def to_publish(user, at):
    """Planned visits that have not begun, soonest first; the first two hundred."""
    rows = visits_for(user).filter(state=VisitState.PLANNED, planned_start__gt=at).order_by("planned_start", "id")
    return rows.select_related("order__customer", "order__site", "engineer__staff")[:200]
