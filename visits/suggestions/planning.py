"""Places for many orders at once: greedy, then improved as long as there is time. Pure, and the same for the same seed.

The improvement takes some orders out and puts them back in another sequence; it keeps what is better and nothing else, so that
it never ends worse than the greedy plan. A place is worth what it is worth with the whole plan in the diary.
"""

from dataclasses import dataclass, field, replace

from visits.schedule.conflicts import Booking

from .scoring import Past, at_time, best

PLACED = 200  # an order that has a place is worth more than any beauty of the others


@dataclass(frozen=True)
class Plan:
    """`places` are {task's key: (person's key, Place)}; `left` {task's key: {person's key: Place or None}} of those without;
    `combined` says that a solver had a part in it."""

    places: dict = field(default_factory=dict)
    left: dict = field(default_factory=dict)
    combined: bool = False

    @property
    def value(self):
        return round(sum(PLACED + place.total for _person, place in self.places.values()), 1)


def greedy(tasks, people, pasts):
    """The most urgent order takes the best place, then the next one."""
    return _put(Plan(), sorted(tasks, key=lambda task: (task.rank, task.key)), _World(people, pasts, tasks))


def improved(plan, tasks, people, pasts, rng, has_time, at_once=3, choose=None):
    """At least as good as `plan`. `has_time` is asked before each try; `choose`, from optimising.py or None, has the last word."""
    if len(tasks) < 2:
        return plan
    world = _World(people, pasts, tasks)
    plan = world.plan(world.weeks(plan), plan.left)
    while has_time():
        plan = _better(plan, _shuffled(plan, world, rng, at_once))
    return _better(plan, _combined(plan, world, choose)) if choose else plan


def _better(plan, other):
    return other if other.value > plan.value else plan


def _shuffled(plan, world, rng, at_once):
    """`plan` with some orders taken out and put back in another sequence."""
    out = rng.sample(sorted(plan.places), min(at_once, len(plan.places)))
    again = [world.tasks[key] for key in (*out, *plan.left)]
    rng.shuffle(again)
    return _put(replace(plan, places={key: place for key, place in plan.places.items() if key not in out}), again, world)


def _combined(plan, world, choose):
    """The weeks of everything that was tried that are worth most together. Whatever `choose` answers, it is read anew as a plan."""
    tried = world.best_weeks()
    now = {(person, frozenset(week)) for person, week in world.weeks(plan).items()}
    rows = [(person, sorted(keys), _worth(week)) for (person, keys), week in tried.items()]
    numbers = set(choose(rows, {number for number, which in enumerate(tried) if which in now}) or ())
    picked = {person: week for number, ((person, _keys), week) in enumerate(tried.items()) if number in numbers}
    other = world.plan(picked)
    return _put(replace(other, combined=True), [task for key, task in world.tasks.items() if key not in other.places], world)


def _worth(week):
    return sum(PLACED + place.total for place in week.values())


class _World:
    """Who there is and what was known of them, with the burden that fairness is measured by; and every answer given before.

    A week is what one person gets of a plan: {task's key: Place}. What it is worth hangs on nobody else's.
    """

    def __init__(self, people, pasts, tasks):
        self.people, self.pasts = people, pasts
        self.tasks = {task.key: task for task in tasks}
        self.most_burden = max((past.burden for past in pasts.values()), default=0)
        self.found, self.read = {}, {(person, ()): {} for person in people}

    def weeks(self, plan):
        """{person's key: week} of everybody."""
        found = {person: {} for person in self.people}
        for key, (person, place) in plan.places.items():
            found[person][key] = place
        return found

    def plan(self, weeks, left=None):
        """The Plan of these weeks, each place as it reads when all of them are in the diary."""
        read = {person: self.reread(person, week) for person, week in weeks.items()}
        return Plan({key: (person, place) for person, week in read.items() for key, place in week.items()}, left or {})

    def best_weeks(self):
        """{(person's key, keys of tasks): the best week with them that any plan had}."""
        found = {}
        for (person, _times), week in self.read.items():
            key = (person, frozenset(week))
            if key not in found or _worth(week) > _worth(found[key]):
                found[key] = week
        return found

    def best(self, task, person, week):
        """The best Place beside this week, or None."""
        asked = (task.key, person, _times(week))
        if asked not in self.found:
            self.found[asked] = best(task, *self._known(task, person, week))
        return self.found[asked]

    def reread(self, person, week):
        asked = (person, _times(week))
        if asked not in self.read:
            self.read[asked] = {key: self._again(key, person, week) for key in week}
        return self.read[asked]

    def _again(self, key, person, week):
        others = {other: place for other, place in week.items() if other != key}
        return at_time(self.tasks[key], *self._known(self.tasks[key], person, others), week[key].start)

    def _known(self, task, person, week):
        """(the person with this week in the diary and with the "no" to the task, the Past, the most burden)."""
        bookings = [Booking(key, place.start, place.end, self.tasks[key].job.city) for key, place in week.items()]
        known = replace(self.people[person], bookings=(*self.people[person].bookings, *bookings))
        known = replace(known, declined_at=task.declined[person]) if person in task.declined else known
        return known, self.pasts.get((person, task.customer)) or self.pasts.get(person) or Past(), self.most_burden


def _times(week):
    return tuple(sorted((key, place.start) for key, place in week.items()))


def _put(plan, tasks, world):
    """`plan` with places for `tasks` in this sequence, as far as there are any."""
    weeks, left = world.weeks(plan), {}
    for task in tasks:
        tried = {person: world.best(task, person, week) for person, week in weeks.items()}
        possible = [(place.total, person) for person, place in tried.items() if place and place.possible]
        if not possible:
            left[task.key] = tried
            continue
        _total, chosen = max(possible, key=lambda pair: (pair[0], str(pair[1])))
        weeks[chosen] = weeks[chosen] | {task.key: tried[chosen]}
    return replace(plan, places=world.plan(weeks).places, left=left)
