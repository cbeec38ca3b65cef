"""Who could go for one order, and why not; places for many. Reads everything, writes nothing, sends nothing anywhere."""

import random
import time
from dataclasses import replace
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from visits.schedule.conflict_words import words

from .optimising import chooser
from .planning import greedy, improved
from .queries import pasts_of, people_for, tasks_of, with_declines
from .scoring import WEIGHTS, Past, best, travel_minutes

PARTS = {
    "skills": _("skills"), "certificate": _("certificates"), "travel": _("travel"), "load": _("load of the day"),
    "customer": _("knows the customer"), "fairness": _("fairness this quarter"),
}  # fmt: skip
SECONDS = 3


def who_could_go(order, at):
    """([row of who could, best first], [row of who could not and why])."""
    tasks = tasks_of([order], at)
    engineers, people = people_for(tasks, [order])
    (task,) = with_declines(tasks, [order], engineers)
    pasts = pasts_of(engineers, at, order.site.time_zone, [task.customer])
    most = max((past.burden for past in pasts.values()), default=0)
    able, unable = [], []
    for pk, person in people.items():
        past = pasts.get((pk, task.customer)) or pasts.get(pk, Past())
        place = best(task, replace(person, declined_at=task.declined.get(pk)), past, most)
        row = {"engineer": engineers[pk], "place": place, "past": past, "words": [words(found) for found in place.found] if place else []}
        (able if place and place.possible else unable).append(row)
    for row in able:
        row["road"] = travel_minutes(task, people[row["engineer"].pk], row["place"].start, row["place"].end)
        row["parts"] = [(PARTS[part], points, WEIGHTS[part]) for part, points in row["place"].parts.items()]
    return sorted(able, key=lambda row: (-row["place"].total, row["engineer"].number)), unable


def plan_for(orders, at, *, city="", skill="", seconds, seed=1, solver=chooser):
    """Improved for so many seconds, by the extra where there is one: (the plan, its greedy beginning, {number: order}, {pk: engineer})."""
    tasks = tasks_of(orders, at)
    engineers, people = people_for(tasks, orders, city, skill)
    tasks = with_declines(tasks, orders, engineers)
    pasts = pasts_of(engineers, at, tasks[0].job.zone, {task.customer for task in tasks})
    first, choose = greedy(tasks, people, pasts), solver()
    end = time.monotonic() + seconds
    plan = improved(first, tasks, people, pasts, random.Random(seed), lambda: time.monotonic() < end, choose=choose)
    return plan, first, {order.number: order for order in orders}, engineers


def beside_today(plan, orders, engineers, today):
    """[(engineer, [visit of today's plan, …], [new place, …]), …] of everybody who gets something new; `today` is {pk: visits}."""
    placed = sorted(plan.places.items(), key=lambda item: (str(item[1][0]), item[1][1].start))
    found = []
    for pk, rows in groupby(placed, key=lambda item: item[1][0]):
        new = [{"order": orders[number], "place": place, "words": [words(row) for row in place.found]} for number, (_pk, place) in rows]
        found.append((engineers[pk], today.get(pk, []), new))
    return sorted(found, key=lambda row: row[0].staff.name)


def why_left(plan, orders, engineers):
    """[(order, [(engineer, sentence), …]), …] of the orders without a place; the first reasons of each engineer."""
    found = []
    for number, tried in plan.left.items():
        reasons = [(engineers[pk], words(place.found[0])) for pk, place in tried.items() if place and place.found]
        found.append((orders[number], reasons))
    return found
