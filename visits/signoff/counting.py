"""What a closed record adds to the month, and takes back when it is opened again.

A visit that repairs the same fault again changes what the earlier one adds: both are worked out anew, under a lock on
their order and equipment, so that two that close at once see each other.
"""

from django.db.models import Q

from conduct.customers.models import Equipment
from conduct.rules.states import Trait
from conduct.tally.actions import held
from visits.orders.models import WorkOrder
from visits.records.queries import record_of
from visits.schedule.models import Visit
from visits.schedule.moving import contribute
from visits.yardsticks.models import LONGEST_REPEAT
from visits.yardsticks.queries import lookup

from .measures import DAY, comes_back, measures_of
from .models import Served
from .queries import last_valid

PART = "record"


def closed(*, visit):
    _hold(visit)
    _remember(visit)
    _count_anew({visit.pk, *_neighbours(visit)})


def opened_again(*, visit):
    _hold(visit)
    others = _neighbours(visit)
    Served.objects.filter(visit=visit).delete()
    _lock([visit.pk, *others])
    contribute(visit, PART, {})
    _count_anew(others)


def _hold(visit):
    """Wait for whoever closes another visit to the same order or equipment."""
    list(WorkOrder.objects.select_for_update(no_key=True, of=("self",)).filter(pk=visit.order_id))
    pieces = visit.order.equipment.values("pk")
    list(Equipment.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=pieces).order_by("pk"))


def _remember(visit):
    record, order = record_of(visit), visit.order
    if not (record.arrived_at and record.departed_at) or visit.served.exists():
        return
    things = [order.number]
    if order.symptom:
        things += [f"{number} {order.symptom}" for number in order.equipment.values_list("number", flat=True)]
    rows = [Served(visit=visit, thing=thing, arrived_at=record.arrived_at, departed_at=record.departed_at) for thing in things]
    Served.objects.bulk_create(rows)


def _neighbours(visit):
    """Ids of the other closed visits to the same thing that one of the two may be a repeat of."""
    mine = list(Served.objects.filter(visit=visit))
    if not mine:
        return set()
    arrived, departed, longest = mine[0].arrived_at, mine[0].departed_at, LONGEST_REPEAT * DAY
    before = Q(departed_at__gte=arrived - longest, departed_at__lte=arrived)
    after = Q(arrived_at__gte=departed, arrived_at__lte=departed + longest)
    near = Served.objects.filter(before | after, thing__in=[row.thing for row in mine]).exclude(visit=visit)
    return set(near.values_list("visit_id", flat=True))


def _lock(ids):
    numbers = list(Visit.objects.filter(pk__in=ids).values_list("number", flat=True))
    held(kind="visit", numbers=numbers, part=PART)


def _count_anew(ids):
    _lock(ids)
    visits = Visit.objects.filter(pk__in=ids).select_related("order__site", "order__customer", "engineer", "record")
    in_force = lookup()
    for visit in visits.order_by("number"):
        contribute(visit, PART, _measures(visit, in_force))


def _measures(visit, in_force):
    record = visit.record
    repeat, came_back = _repeats(visit, in_force)
    return measures_of(
        planned=(visit.planned_start, visit.planned_end),
        actual=(record.arrived_at, record.departed_at),
        minutes=record.minutes_on_site,
        all_done=record.all_done,
        refused=last_valid(visit).is_refusal,
        away=Trait.TRIP.value in visit.traits,
        zone=visit.order.site.time_zone,
        yardstick=in_force(record.closed_at),
        repeat=repeat,
        came_back=came_back,
    )


def _repeats(visit, in_force):
    """(is this visit a repeat, did it need one): each by the edition in force when the earlier of the two was closed."""
    ids = _neighbours(visit)
    if not ids:
        return False, False
    own = visit.record
    others = Visit.objects.filter(pk__in=ids).values_list("record__arrived_at", "record__departed_at", "record__closed_at")
    repeat = came_back = False
    for arrived_at, departed_at, closed_at in others:
        repeat = repeat or comes_back(departed_at, own.arrived_at, in_force(closed_at).repeat_days)
        came_back = came_back or comes_back(own.departed_at, arrived_at, in_force(own.closed_at).repeat_days)
    return repeat, came_back
