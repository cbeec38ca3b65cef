"""What suggestions need, read once for any number of engineers and orders."""

import datetime
from collections import Counter, defaultdict
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.db.models import Count

from conduct.base.days import day_of
from conduct.people.queries import bookable_engineers
from conduct.tally.queries import by_key
from conduct.workdays.models import Freeze
from conduct.workdays.queries import standard_calendar
from visits.board.places import duration_of
from visits.orders.models import WorkOrder
from visits.orders.states import Priority
from visits.schedule.gathering import declines, freezes_of, job_of, persons, world
from visits.schedule.models import Visit
from visits.schedule.states import VisitState

from .scoring import Past, Task

DAY = datetime.timedelta(days=1)
AHEAD, FARTHEST = 7 * DAY, 21 * DAY
NOTICE = datetime.timedelta(hours=1)
RANKS = {Priority.HIGH: 0, Priority.NORMAL: 1, Priority.LOW: 2}
FAR_FUTURE = datetime.datetime.max.replace(tzinfo=datetime.UTC)


def tasks_of(orders, at):
    """A Task an order. Orders come with site and customer, and with skills, certified and entry_pack fetched."""
    zones = {order.site.time_zone for order in orders}
    farthest = max(window_of(order, at)[1] for order in orders)  # a wish may lie in another year, whose holidays are read as well
    calendars = {zone: standard_calendar(zone=zone, first=at.date(), last=(farthest + DAY).date()) for zone in zones}
    freezes = defaultdict(list)
    for freeze in Freeze.objects.filter(customer__in={order.customer_id for order in orders}):
        freezes[freeze.customer_id].append(freeze)
    bare = world(at, standard_calendar(first=at.date(), last=at.date()))
    return [_task(order, calendars[order.site.time_zone], freezes_of(freezes[order.customer_id]), bare, at) for order in orders]


def _task(order, calendar, freezes, bare, at):
    job = job_of(order, replace(calendar, freezes=freezes))
    rank = (RANKS.get(order.priority, 1), order.wanted_to or FAR_FUTURE, order.created_at)
    around = replace(bare, is_workday=calendar.works_on)
    return Task(order.number, job, duration_of(order), window_of(order, at), around, order.customer.number, rank)


def window_of(order, at):
    """Where a time is looked for: the customer's wish, else the week to come; at least a day, at most three weeks."""
    first = max(at + NOTICE, order.wanted_from or at)
    last = order.wanted_to if order.wanted_to and order.wanted_to > first else first + AHEAD
    for opens in (order.change_from, order.change_to):
        last = max(last, opens) if opens else last
    return first, min(max(last, first + DAY, first + duration_of(order) + DAY), first + FARTHEST)


def people_for(tasks, orders, city="", skill=""):
    """({engineer's pk: engineer}, {pk: Person}) for the windows of all these tasks."""
    rows = bookable_engineers()
    rows = rows.filter(home_city=city) if city else rows
    engineers = {row.pk: row for row in (rows.filter(skills__code=skill) if skill else rows)}
    start, end = min(task.window[0] for task in tasks), max(task.window[1] for task in tasks)
    return engineers, persons(list(engineers.values()), start, end, zone=ZoneInfo(tasks[0].job.zone))


def with_declines(tasks, orders, engineers):
    """The tasks, each with who declined its order and when last."""
    numbers = {order.pk: order.number for order in orders}
    found = defaultdict(dict)
    for (order, engineer), moment in declines(numbers, engineers).items():
        found[numbers[order]][engineer] = moment
    return [replace(task, declined=found[task.key]) for task in tasks]


def pasts_of(engineers, at, zone, customers=()):
    """{engineer's pk: Past} of this quarter, and {(pk, customer's number): Past} with the visits there in the last two years."""
    numbers = {engineer.number: pk for pk, engineer in engineers.items()}
    nights, weekends = defaultdict(int), defaultdict(int)
    for first in _quarter(day_of(at, zone)):
        found = by_key(first, "engineer", measures=["burden.nights", "burden.weekend"], keys=list(numbers))
        for number, measures in found.items():
            nights[numbers[number]] += measures.get("burden.nights", 0)
            weekends[numbers[number]] += measures.get("burden.weekend", 0)
    pasts = {pk: Past(0, nights[pk], weekends[pk]) for pk in engineers}
    for pk, customer, count in _visits_at(engineers, customers, at):
        pasts[pk, customer] = replace(pasts[pk], visits_here=count)
    return pasts


def _visits_at(engineers, customers, at):
    """(engineer's pk, customer's number, visits of two years), read order by order from an index that holds all of it."""
    orders = WorkOrder.objects.filter(customer__number__in=list(customers))
    customer_of = dict(orders.values_list("pk", "customer__number"))
    rows = Visit.objects.filter(order__in=orders.values("pk"), state__in=VisitState.CLOSED, planned_start__gte=at - 730 * DAY)
    found = Counter()
    for engineer, order, count in rows.values_list("engineer", "order").annotate(Count("engineer")).order_by():
        found[engineer, customer_of[order]] += count
    return [(*key, count) for key, count in found.items() if key[0] in engineers]


def _quarter(day):
    """The first days of the months of the quarter so far."""
    first = (day.month - 1) // 3 * 3 + 1
    return [day.replace(month=month, day=1) for month in range(first, day.month + 1)]
