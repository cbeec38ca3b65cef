"""Weeks that were tried, put together by OR-Tools: never worse, nothing forbidden, and nothing is missed without the package."""

import datetime
import itertools
import random
import sys
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from visits.schedule.access_hours import read
from visits.schedule.conflicts import Booking, Job, Person, World, conflicts
from visits.suggestions import optimising, planning
from visits.suggestions.scoring import Past, Task
from visits.travel.times import Travel

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
MONDAY = datetime.datetime(2026, 11, 23, 7, tzinfo=SHANGHAI)
CITIES = ["南京", "上海", "杭州"]
WORLD = World(travel=Travel({("南京", "上海"): 120, ("南京", "杭州"): 150, ("上海", "杭州"): 80}), at=MONDAY - DAY)
HARD = [
    {"access": read("工作日 9:00-15:00")}, {"permit": (MONDAY + 4 * HOUR, MONDAY + 9 * HOUR)}, {"certified": frozenset(["供配电"])},
    {"change": (MONDAY + DAY, MONDAY + DAY + 6 * HOUR)}, {}, {},
]  # fmt: skip
CERTIFIED = {"供配电": MONDAY.date()}
PEOPLE = {
    1: Person(home="南京", certificates=CERTIFIED, bookings=(Booking("V-1", MONDAY, MONDAY + 4 * HOUR, "南京"),)),
    2: Person(home="上海", absences=((MONDAY, MONDAY + DAY, "年假"),)),
    3: Person(home="杭州", capacity=240),
    4: Person(home="南京", barred_until=(MONDAY + 9 * DAY).date()),
    **{number: Person(home=CITIES[number % 3]) for number in range(5, 9)},
}
PASTS = {person: Past(nights=person) for person in PEOPLE}


@pytest.fixture
def choose():
    pytest.importorskip("ortools", reason="requirements-optimiser.txt is an extra")
    return optimising.chooser()


def some(seed, count=24):
    rng = random.Random(seed)
    jobs = [Job(city=rng.choice(CITIES), zone="Asia/Shanghai", **rng.choice(HARD)) for _number in range(count)]
    times = [(rng.choice([2, 3, 4]) * HOUR, (MONDAY, MONDAY + rng.choice([1, 2]) * DAY)) for _job in jobs]
    rows = zip(jobs, times, strict=True)
    return [Task(f"WO-{n:02d}", job, length, window, WORLD, "C-1", (1, n)) for n, (job, (length, window)) in enumerate(rows)]


def plan_of(tasks, choose=None, tries=20):
    left = iter(range(tries))
    first = planning.greedy(tasks, PEOPLE, PASTS)
    return planning.improved(first, tasks, PEOPLE, PASTS, random.Random(5), lambda: next(left, None) is not None, choose=choose), first


def forbidden(plan, tasks):
    """Every hard conflict of the plan's places, each asked with the others in the diary."""
    by_key = {task.key: task for task in tasks}
    for key, (who, place) in plan.places.items():
        others = [Booking(k, p.start, p.end, by_key[k].job.city) for k, (w, p) in plan.places.items() if w == who and k != key]
        person = replace(PEOPLE[who], bookings=(*PEOPLE[who].bookings, *others))
        yield from (found for found in conflicts(by_key[key].job, person, place.start, place.end, WORLD) if found.hard)


def test_the_same_tries_put_together_are_never_worse_and_nothing_is_forbidden(choose):
    plans = []
    for seed in (0, 1, 3, 7):
        tasks = some(seed)
        (searched, first), (plan, _first) = plan_of(tasks), plan_of(tasks, choose)
        assert plan.value >= searched.value >= first.value
        assert sorted([*plan.places, *plan.left]) == [task.key for task in tasks]
        assert list(forbidden(plan, tasks)) == []
        plans.append(plan)
    assert any(plan.combined for plan in plans) and any(plan.left for plan in plans)


def test_the_same_orders_make_the_same_plan(choose):
    assert plan_of(some(3), choose)[0] == plan_of(some(3), choose)[0]


def test_the_answer_is_the_best_there_is(choose):
    rng = random.Random(1)
    for _turn in range(5):
        weeks = [(person, rng.sample("abcdef", rng.randint(0, 3)), rng.randint(1, 900) / 10) for person in "xyz" for _n in range(6)]
        weeks += [(person, [], 0) for person in "xyz"]
        picks = itertools.product(*([number for number, week in enumerate(weeks) if week[0] == person] for person in "xyz"))
        values = {pick: sum(weeks[number][2] for number in pick) for pick in picks if _once(weeks, pick)}
        assert round(sum(weeks[number][2] for number in choose(weeks, set())), 1) == round(max(values.values()), 1)


def _once(weeks, pick):
    tasks = [task for number in pick for task in weeks[number][1]]
    return len(tasks) == len(set(tasks))


def test_a_solver_without_time_leaves_the_plan_as_it_was(choose, monkeypatch):
    monkeypatch.setattr(optimising, "WALL", 0)
    assert plan_of(some(3), choose)[0] == plan_of(some(3))[0]


def test_a_solver_that_breaks_leaves_the_plan_as_it_was(choose, monkeypatch, caplog):
    monkeypatch.setattr("ortools.sat.python.cp_model.CpSolver.solve", lambda *_args: 1 / 0)
    assert plan_of(some(3), choose)[0] == plan_of(some(3))[0]
    assert "the plan at hand stands" in caplog.text


def test_an_answer_that_is_no_plan_does_no_harm():
    """Nothing, nobody's week, several weeks of one person, the same order for everybody, a week that was never tried."""
    tasks = some(3)
    searched, _first = plan_of(tasks)
    for nonsense in (None, [], [0], [0, 0, 1, 2, 3], range(400), [9999]):
        plan, _first = plan_of(tasks, lambda weeks, now, answer=nonsense: answer)
        assert plan.value >= searched.value and list(forbidden(plan, tasks)) == []
        assert sorted([*plan.places, *plan.left]) == [task.key for task in tasks]


class Refuses:
    """Finds no OR-Tools, as on a machine without it; or one that does not start."""

    def __init__(self, error):
        self.error = error

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "ortools":
            raise self.error


@pytest.fixture
def without(monkeypatch):
    def refuse(error):
        for name in [name for name in sys.modules if name.split(".")[0] == "ortools"]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setattr(sys, "meta_path", [Refuses(error), *sys.meta_path])

    return refuse


def test_without_the_package_nothing_is_missed(without, caplog):
    without(ModuleNotFoundError("No module named 'ortools'", name="ortools"))
    assert optimising.chooser() is None and caplog.text == ""
    plan, first = plan_of(some(3), optimising.chooser())
    assert plan.value > first.value and not plan.combined


def test_a_package_that_does_not_start_is_said_in_the_log(without, caplog):
    without(ImportError("libstdc++.so.6: version `GLIBCXX_3.4.32' not found"))
    assert optimising.chooser() is None and "OR-Tools does not start" in caplog.text
