#!/usr/bin/env python
"""The manager's month at the size that 1,000,000 visits and 100,000 tickets over six years give its summary table.

    [DATABASE_URL=…] python benchmarks/month.py

Makes a database of its own (SQLite in a temporary folder, or the empty one of DATABASE_URL), fills the summary table in bulk
(72 months, 150 engineers, 400 customers, 4 quadrants, 20 technicians), and prints medians of 200 rounds: the SQL of the month page,
the page through Django's test client beside an empty view, the five-year trend of six figures; then an XLSX of 100,000 rows
and its peak memory. Exit status 1 when a limit is passed.
"""

import datetime
import logging
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FOLDER = tempfile.mkdtemp(prefix="month-benchmark-")
os.environ["DATA_DIR"] = FOLDER
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER}/month.sqlite3")
os.environ["DJANGO_SETTINGS_MODULE"] = "fieldservice.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

MONTHS, ENGINEERS, CUSTOMERS = 72, 150, 400
LIMITS = {"sql": 5, "page": 30, "trend": {"sqlite": 25, "postgresql": 10}, "xlsx_seconds": 10, "xlsx_mb": 100}
LAST = datetime.date(2026, 10, 1)


def fill():
    from conduct.company.models import Company
    from conduct.customers.models import Customer
    from conduct.people.models import Engineer, Staff, StaffRole
    from conduct.tally.models import Count
    from visits.statistics.definitions import FIGURES, PEOPLE, VISITS, measures_of
    from visits.statistics.months import last

    Company.objects.create(pk=1, name="远景", hotline="400-820-5566")
    manager = Staff.objects.create(username="sun", name="孙立")
    StaffRole.objects.create(staff=manager, role="manager", given_at=timezone.now())
    people = Staff.objects.bulk_create(Staff(username=f"e{n}", name=f"工程师{n}") for n in range(ENGINEERS))
    Engineer.objects.bulk_create(Engineer(number=f"E-{n:03d}", staff=person, home_city="南京") for n, person in enumerate(people))
    Customer.objects.bulk_create(Customer(number=f"C-{n:04d}", name=f"客户{n}", city="南京") for n in range(CUSTOMERS))
    rng, visits, every = random.Random(1), measures_of([*VISITS, *PEOPLE]), measures_of(FIGURES)
    states = ["state.archived", "state.cancelled", "state.declined", "state.missed", "state.signed", "state.refused"]
    keys = [("", "", every + states)]
    keys += [("engineer", f"E-{n:03d}", visits + states) for n in range(ENGINEERS)]
    keys += [("customer", f"C-{n:04d}", visits + states) for n in range(CUSTOMERS)]
    keys += [("quadrant", code, every) for code in ("iu", "in", "nu", "nn")] + [("person", f"e{n}", every) for n in range(20)]
    total = 0
    for first in last(LAST, MONTHS):
        rows = [
            Count(
                grain="m", first=first, dimension=dimension, key=key, measure=measure, value=rng.randint(1, 900), is_fresh=False
            )
            for dimension, key, measures in keys
            for measure in measures
        ]
        rows += [
            Count(grain="d", first=first + datetime.timedelta(days=n), measure=measure, value=rng.randint(1, 60), is_fresh=False)
            for n in range(28)
            for measure in every
        ]
        Count.objects.bulk_create(rows, batch_size=4000)
        total += len(rows)
    # What a minute of work leaves before the task folds it.
    Count.objects.bulk_create(Count(grain="m", first=LAST, measure="visits", value=1) for _n in range(500))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return manager, total


def median(work, rounds=200):
    for _round in range(5):
        work()
    times = []
    for _round in range(rounds):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def sql_of(client, path):
    """(median over 50 requests of the time that a page's queries take, in milliseconds, how many queries)."""
    sums, taken = [], []

    def timed(execute, *args):
        begun = time.perf_counter()
        try:
            return execute(*args)
        finally:
            taken.append((time.perf_counter() - begun) * 1000)

    for _round in range(50):
        taken.clear()
        with connection.execute_wrapper(timed):
            assert client.get(path).status_code == 200
        sums.append(sum(taken))
    return statistics.median(sums), len(taken)


def reads():
    """Everything that the month page reads from the summary table, fetched, through the ORM."""
    from visits.statistics.queries import Month

    Month("2026-10").days()


def peak():
    """The most memory that this process has held, in MB. (getrusage would tell its parent's.)"""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def spreadsheet():
    """Prints seconds, MB beyond what the process had before, and the file's size, of 100,000 visits as XLSX."""
    from visits.statistics.spreadsheet import write_visits

    moment = datetime.datetime(2026, 10, 8, 9, 0)
    rows = (
        (f"V-2026-{n:06d}", f"VR-2026-{n:06d}", "已归档", moment, moment, f"客户{n % 400}", "本部机房", "南京", f"工程师{n % 150}", moment, moment, 95)
        for n in range(100_000)
    )  # fmt: skip
    before = peak()
    path, begun = f"{FOLDER}/visits.xlsx", time.perf_counter()
    write_visits(path, "2026-10", rows)
    taken = time.perf_counter() - begun
    print(taken, peak() - before, os.path.getsize(path) / 1e6)


def spreadsheet_apart():
    """The figures of `spreadsheet` in a process of its own, whose peak nothing else has raised before."""
    done = subprocess.run([sys.executable, __file__, "--xlsx"], capture_output=True, text=True, check=True)
    return map(float, done.stdout.split())


def main():
    logging.disable()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    manager, total = fill()
    vendor, failed = connection.vendor, False
    print(f"{vendor}: {total} rows in the summary table, 500 of them fresh besides")

    def tell(name, number, limit, unit="ms"):
        nonlocal failed
        failed |= number > limit
        print(f"{name:42} {number:8.2f} {unit:3} limit {limit} {'ok' if number <= limit else 'TOO MUCH'}")

    from visits.statistics.definitions import BY_CODE
    from visits.statistics.queries import trend_of
    from visits.statistics.views import TRENDS

    storages = django.conf.settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=storages):
        client = Client()
        client.force_login(manager)
        print(f"{'empty view':42} {median(lambda: client.get('/healthz')):8.2f} ms")
        sql, count = sql_of(client, "/month/2026-10/")
        tell(f"month page, its {count} queries", sql, LIMITS["sql"])
        tell("the same, fetched through the ORM", median(reads), LIMITS["sql"])
        for page in ("", "tickets/", "people/", "customers/"):
            path = f"/month/2026-10/{page}"
            tell(f"page {path}", median(lambda path=path: client.get(path), rounds=100), LIMITS["page"])
    figures = [BY_CODE[code] for code in TRENDS]
    tell("five-year trend, six figures", median(lambda: trend_of(figures, LAST)), LIMITS["trend"][vendor])
    tell("five-year trend, one figure", median(lambda: trend_of(figures[:1], LAST)), LIMITS["trend"][vendor])
    seconds, growth, size = spreadsheet_apart()
    tell("XLSX of 100,000 rows", seconds, LIMITS["xlsx_seconds"], "s")
    tell("its memory beyond the idle process", growth, LIMITS["xlsx_mb"], "MB")
    print(f"{'its file':42} {size:8.2f} MB")
    sys.exit(failed)


if __name__ == "__main__":
    spreadsheet() if sys.argv[1:] == ["--xlsx"] else main()
