#!/usr/bin/env python
"""The month's sums after random operations of several people at once, against a recount in plain Python.

    [DATABASE_URL=…] python benchmarks/tally.py [--operations 10000] [--people 4] [--seed 20261125]

Makes a database of its own (SQLite in a temporary folder, or the empty one of DATABASE_URL). Each person, a process as the web
server's workers are, posts, corrects, moves to another day and takes back what 300 things contribute, a third of them shared with
everybody, and folds now and then. (As threads of one process they stood still: Python's collector closes another thread's
cursor, and on SQLite that waits for whom it holds up.) At the end
every sum by day, by month and by dimension is compared with what the things contribute at last: of a person's own things that is
what the person remembers, of shared ones what is stored. On SQLite one writes at a time, and who waits for 20 seconds in vain tries
again; how often is printed. Exit status 1 when one sum differs.
"""

import argparse
import datetime
import os
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FOLDER = tempfile.mkdtemp(prefix="tally-benchmark-")
os.environ["DATA_DIR"] = FOLDER
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER}/tally.sqlite3")
os.environ["DJANGO_SETTINGS_MODULE"] = "fieldservice.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import OperationalError, connection

from conduct.tally import actions
from conduct.tally.models import Count, Posting

FIRST = datetime.date(2026, 10, 1)
MEASURES = ["visits", "ticket.reported", "ticket.work_minutes", "stock.damaged", "stock.bought_fen"]
DIMENSIONS = {"engineer": ["E-001", "E-002", "E-003"], "customer": ["C-0001", "C-0002"], "quadrant": ["iu", "nn"]}


class Person:
    """Remembers what the person's own things contribute: {number: (day, measures, dimensions)}."""

    def __init__(self, place, operations, seed):
        self.place, self.operations, self.rng, self.own, self.failure = place, operations, random.Random(f"{seed}-{place}"), {}, None
        self.waits = 0

    def work(self):
        """Do it all; returns the person, who remembers."""
        try:
            for _round in range(self.operations):
                self.act()
        except Exception as error:  # told at the end; the others go on
            self.failure = repr(error)
        connection.close()
        return self

    def act(self):
        rng = self.rng
        if rng.random() < 0.05:
            self.until_done(actions.fold)
            return
        shared = rng.random() < 1 / 3
        number = f"S-{rng.randint(1, 100)}" if shared else f"P{self.place}-{rng.randint(1, 200)}"
        day = FIRST + datetime.timedelta(days=rng.randint(0, 91))
        measures = {} if rng.random() < 0.1 else {name: rng.randint(-5, 90) for name in rng.sample(MEASURES, rng.randint(1, 3))}
        chosen = rng.sample(list(DIMENSIONS), rng.randint(0, 3))
        dimensions = {name: rng.choice(DIMENSIONS[name]) for name in chosen}
        self.until_done(actions.post, kind="bench", number=number, day=day, measures=measures, **dimensions)
        if not shared:
            self.own[number] = (day, measures, dimensions)

    def until_done(self, action, **facts):
        while True:
            try:
                return action(**facts)
            except OperationalError as error:
                if "locked" not in str(error):
                    raise
                self.waits += 1


def expected(people):
    """{(grain, first day, dimension, key, measure): sum}, counted one fact after the other."""
    things = {row.number: (row.day, row.measures, row.dimensions) for row in Posting.objects.filter(number__startswith="S-")}
    for person in people:
        things |= person.own
    sums = Counter()
    for day, measures, dimensions in things.values():
        for name, value in measures.items():
            sums["d", day, "", "", name] += value
            for dimension, key in [("", ""), *dimensions.items()]:
                sums["m", day.replace(day=1), dimension, key, name] += value
    return {key: value for key, value in sums.items() if value}


def stored():
    sums = Counter()
    for *key, value in Count.objects.values_list("grain", "first", "dimension", "key", "measure", "value"):
        sums[tuple(key)] += value
    return {key: value for key, value in sums.items() if value}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--operations", type=int, default=10_000)
    arguments.add_argument("--people", type=int, default=4)
    arguments.add_argument("--seed", default="20261125")
    given = arguments.parse_args()
    call_command("migrate", verbosity=0)
    people = [Person(place, given.operations // given.people, given.seed) for place in range(given.people)]
    begun = time.perf_counter()
    connection.close()  # each process opens its own
    with ProcessPoolExecutor(given.people, get_context("fork")) as pool:
        people = list(pool.map(Person.work, people))
    took = time.perf_counter() - begun
    failures = [person.failure for person in people if person.failure]
    ours, theirs = stored(), expected(people)
    wrong = {key: (ours.get(key, 0), theirs.get(key, 0)) for key in {*ours, *theirs} if ours.get(key, 0) != theirs.get(key, 0)}
    print(f"{connection.vendor}: {given.operations} operations by {given.people} at once, {took:.0f} s")
    print(f"{len(theirs)} sums, {len(wrong)} of them differ; {len(failures)} failures {failures[:2]}")
    print(f"{sum(person.waits for person in people)} times somebody waited in vain and tried again")
    sys.exit(bool(wrong or failures))


if __name__ == "__main__":
    main()
