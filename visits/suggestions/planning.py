"""Places for many orders at once: greedy, then improved as long as there is time. Pure, and the same for the same seed.

The improvement takes some orders out and puts them back in another sequence; it keeps what is better and nothing else, so that
it never ends worse than the greedy plan.
"""

from dataclasses import dataclass, field, replace

from visits.schedule.conflicts import Booking

from .scoring import Past, best

PLACED = 200  # an order that has a place is worth more than any beauty of the others


@dataclass(frozen=True)
class Plan:
    """`places` are {task's key: (person's key, Place)}; `left` {task's key: {person's key: Place or None}} of those without."""

    places: dict = field(default_factory=dict)
    left: dict = field(default_factory=dict)

    @property
    def value(self):
        return sum(PLACED + place.total for _person, place in self.places.values())


def greedy(tasks, people, pasts):
    """The most urgent order takes the best place, then the next one."""
    return _put(Plan(), sorted(tasks, key=lambda task: (task.rank, task.key)), _World(people, pasts, tasks))


def improved(plan, tasks, people, pasts, rng, has_time, at_once=3):
    """At least as good as `plan`. `has_time` is asked before each try."""
    world, by_key = _World(people, pasts, tasks), {task.key: task for task in tasks}
    if len(tasks) < 2:
        return plan
    while has_time():
        out = rng.sample(sorted(plan.places), min(at_once, len(plan.places)))
        kept = Plan({key: place for key, place in plan.places.items() if key not in out})
        again = [by_key[key] for key in (*out, *plan.left)]
        rng.shuffle(again)
        other = _put(kept, again, world)
        if other.value > plan.value:
            plan = other
    return plan


class _World:
    """Who there is and what was known of them, with the burden that fairness is measured by."""

    def __init__(self, people, pasts, tasks):
        self.people, self.pasts = people, pasts
        self.tasks = {task.key: task for task in tasks}
        self.most_burden = max((past.burden for past in pasts.values()), default=0)

    def past(self, person, task):
        return self.pasts.get((person, task.customer)) or self.pasts.get(person) or Past()

    def taken(self, plan):
        """Everybody, with the places of the plan in the diary."""
        people = dict(self.people)
        for key, (person, place) in plan.places.items():
            people[person] = self.booked(people[person], key, place)
        return people

    def booked(self, person, key, place):
        booking = Booking(key, place.start, place.end, self.tasks[key].job.city)
        return replace(person, bookings=(*person.bookings, booking))


def _asked(task, key, person):
    """The person as this task finds him or her: with the "no" to it, if there was one."""
    return replace(person, declined_at=task.declined[key]) if key in task.declined else person


def _put(plan, tasks, world):
    """`plan` with places for `tasks` in this sequence, as far as there are any."""
    people, places, left = world.taken(plan), dict(plan.places), {}
    for task in tasks:
        tried = {key: best(task, _asked(task, key, person), world.past(key, task), world.most_burden) for key, person in people.items()}
        possible = [(place.total, key) for key, place in tried.items() if place and place.possible]
        if not possible:
            left[task.key] = tried
            continue
        _total, chosen = max(possible, key=lambda pair: (pair[0], str(pair[1])))
        places[task.key] = (chosen, tried[chosen])
        people[chosen] = world.booked(people[chosen], task.key, tried[chosen])
    return Plan(places, left)
