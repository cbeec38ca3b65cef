"""What the board shows: a fixed number of queries at any size, plain rows."""

import datetime
from collections import defaultdict

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Greatest

from conduct.base.days import in_reach
from conduct.base.lookups import first_of
from conduct.people.models import Engineer
from visits.informing.queries import with_untold
from visits.orders.models import WorkOrder
from visits.orders.queries import orders_for
from visits.schedule.models import LONGEST, Capacity, Visit
from visits.schedule.queries import left_of, visits_for, without_visit
from visits.schedule.states import VisitState

HIDDEN = (VisitState.CANCELLED, VisitState.DECLINED)
WAITING = 60
READ = WAITING + 20  # of which those are left out whose items were done one by one
PUBLISHED = 200  # at once
SAID = ("number", "order__number", "order__customer__name", "order__customer__short_name", "order__site__name", "order__reported_fault")
COLUMNS = (
    "number", "engineer_id", "state", "plan_version", "planned_start", "planned_end", "order__number", "order__customer__number",
    "order__customer__name", "order__customer__short_name", "order__site__name", "order__site__city", "order__site__time_zone", "order__reported_fault",
    "record__arrived_at", "record__departed_at", "counter_start", "counter_end",
)  # fmt: skip


def rows_of_visits(user, start, end):
    """Dicts of the visits in [start, end) by start, with the arrival and departure that the record holds."""
    # Every end is after its start, so that this only asks for ends after `start`. Asked for like that, PostgreSQL takes start and end for
    # independent of each other, expects one visit where there are 1,500, and looks each customer and site up by reading them all.
    over = Greatest("planned_start", Value(start))
    shown = with_untold(visits_for(user)).filter(planned_start__lt=end, planned_start__gt=start - LONGEST, planned_end__gt=over)
    return list(shown.exclude(state__in=HIDDEN).order_by("planned_start", "id").values("is_untold", *COLUMNS))


def engineers(filters, visits):
    """Who can be sent and who has one of `visits` although gone, in the order of the names, narrowed by city and skill."""
    busy = {visit["engineer_id"] for visit in visits}
    people = Engineer.objects.filter(Q(staff__is_active=True) | Q(pk__in=busy)).select_related("staff").order_by("staff__name", "pk")
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

    `left` of an order are the items that it asks another visit for, empty for one that had no visit yet; `declined` is the visit that
    an engineer said no to last, or None.
    """
    orders = without_visit(orders_for(user))
    if filters.get("city"):
        orders = orders.filter(site__city=filters["city"])
    if filters.get("skill"):
        orders = orders.filter(Q(skills__code=filters["skill"]) | Q(certified__code=filters["skill"])).distinct()
    if asked := filters.get("customer"):
        orders = orders.filter(Q(customer__number__iexact=asked) | Q(customer__name__icontains=asked) | Q(customer__short_name__icontains=asked))
    if text := filters.get("q"):
        orders = orders.filter(
            Q(number__icontains=text) | Q(customer__name__icontains=text) | Q(customer__short_name__icontains=text)
            | Q(site__name__icontains=text) | Q(reported_fault__icontains=text)
        )  # fmt: skip
    rank = Case(When(priority="high", then=Value(0)), When(priority="normal", then=Value(1)), default=Value(2))
    found = orders.annotate(rank=rank).order_by("rank", F("wanted_to").asc(nulls_last=True), "created_at", "id").select_related("customer", "site")
    rows = list(found[:READ])
    left = left_of(rows)
    closed = Visit.objects.filter(order=OuterRef("pk"), state__in=VisitState.CLOSED)
    begun = set(orders.model.objects.filter(Exists(closed), pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    waiting = [row for row in rows if left[row.pk]]
    shown, more = waiting[:WAITING], len(waiting) > WAITING or len(rows) == READ
    declined = _declines(shown)
    for row in shown:
        row.left, row.declined = left[row.pk] if row.pk in begun else [], declined.get(row.pk)
    return shown, more


def _declines(orders):
    """{order's pk: the visit that an engineer declined last}, unless another one took place since."""
    of_order = Visit.objects.filter(order=OuterRef("pk"), state=VisitState.DECLINED, declined_at__isnull=False).order_by("-planned_start")
    last = WorkOrder.objects.filter(pk__in=[order.pk for order in orders]).annotate(declined=Subquery(of_order.values("pk")[:1]))
    after = Visit.objects.filter(order=OuterRef("order"), state__in=VisitState.CLOSED, planned_start__gt=OuterRef("planned_start"))
    rows = Visit.objects.filter(pk__in=last.values("declined")).alias(after=first_of(after)).filter(after=None)
    return {visit.order_id: visit for visit in rows.select_related("engineer__staff")}


def matches(row, engineer, filters):
    """Whether a visit is one that was asked for; the others are shown as taken time."""
    return filters.get("state") in (None, "", row["state"]) and _is_of(row, filters.get("customer")) and _says(row, engineer, filters.get("q"))


def _is_of(row, customer):
    """By number, or by a part of the name."""
    names = (row["order__customer__name"], row["order__customer__short_name"])
    return not customer or row["order__customer__number"].lower() == customer.lower() or any(customer.lower() in name.lower() for name in names)


def _says(row, engineer, text):
    return not text or any(text.lower() in said.lower() for said in (str(engineer), *(row[name] for name in SAID)))


def today_of(at, zone):
    return at.astimezone(zone).date()


def day_of_request(text, today):
    """The day that the address names; today when it names none."""
    try:
        day = datetime.date.fromisoformat(text or "")
    except ValueError:
        return today
    return day if in_reach(day) else today


def untold(user):
    """Planned visits, soonest first."""
    rows = visits_for(user).filter(state=VisitState.PLANNED).order_by("planned_start", "id")
    return rows.select_related("order__customer", "order__site", "engineer__staff")
