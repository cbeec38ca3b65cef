#!/usr/bin/env python
"""The repair board, the technician's queue and the list with 100,000 tickets, 3,000 of them open, against an empty view.

    DATA_DIR=… [DATABASE_URL=…] python benchmarks/repairs.py [--tickets 100000] [--open 3000]

Takes a database with the demo company (`manage.py load_demo`) and adds tickets straight to its tables; they are taken out again at
the end. Then as benchmarks/pages.py does: gunicorn with two workers, each page asked 200 times in turn with an empty view (a 200
through the same middleware that reads no session), medians, and beside them the workers' own processor time for a request, which
stays the same on a busy machine. Limits of issue 3: board and queue under 8 times an empty view. Exit status 1 when one is passed.
"""

import argparse
import datetime
import os
import random
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldservice.settings")
from pages import REQUESTS, cpu, serving, signed_in

WARM = 10
LIMIT = 8  # times an empty view
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
PAGES = {
    "board": ("li", "/repairs/board/"),
    "technician's queue": ("wang", "/repairs/queue/"),
    "list of open tickets (50 rows)": ("li", "/repairs/?state=open"),
}


def fill(tickets, opened, technicians, now):
    """So many tickets of the last three years, the youngest of them open in every quadrant and every hand."""
    from conduct.customers.models import Equipment
    from conduct.repairs.models import RepairTicket
    from conduct.repairs.settling import key_of, policy_in_force

    rng, policy = random.Random(1), policy_in_force(at=now)
    things = list(Equipment.objects.filter(site__is_own_premises=True))
    rows = []
    for number in range(tickets):
        is_open = number >= tickets - opened
        reported = now - (tickets - number) * 3 * 365 * DAY / tickets
        thing, quadrant = rng.choice(things), rng.choice(["iu", "in", "nu", "nn"])
        state = rng.choice(["reported", "triaged", "assigned"]) if is_open else "closed"
        due = reported + rng.randint(4, 60) * HOUR
        sorted_at = None if state == "reported" else reported + HOUR / 4
        has = state in ("assigned", "closed")
        ticket = RepairTicket(
            number=f"RT-B-{number:07d}", equipment=thing, is_teaching=thing.is_teaching, source="label", fault="开机蓝屏",
            disturbance="hinders", reporter_name="杨老师", reported_at=reported, state=state,
            quadrant="" if state == "reported" else quadrant, first_quadrant="" if state == "reported" else quadrant,
            triaged_at=sorted_at, assigned_to=rng.choice(technicians) if has else None, taken_at=sorted_at if has else None,
            answer_soon_at=sorted_at and due - 3 * HOUR, answer_due_at=sorted_at and due - 2 * HOUR,
            finish_soon_at=sorted_at and due - HOUR, finish_due_at=sorted_at and due, closed_at=None if is_open else due,
        )  # fmt: skip
        ticket.queue_key = key_of(ticket, policy)
        rows.append(ticket)
    RepairTicket.objects.bulk_create(rows, batch_size=500)


def empty_out():
    """What an earlier run that was killed left behind goes too."""
    from conduct.repairs.models import RepairTicket

    rows = RepairTicket.objects.filter(number__startswith="RT-B-")
    rows._raw_delete(rows.db)  # nothing hangs on them, and 100,000 rows are not read to be deleted


def measured(clients, server):
    """{name: (median in ms, processor ms, bytes)} of the empty view and the pages, asked in turn."""
    pages = {"empty view": ("li", "/healthz"), **PAGES}
    times, sizes = {name: [] for name in pages}, {}
    for turn in range(REQUESTS + WARM):
        for name, (person, path) in pages.items():
            status, text, taken = clients[person].ask(path)
            assert status == 200, (path, status)
            if turn >= WARM:
                times[name].append(taken)
            sizes[name] = len(text.encode())
    spent = {name: cpu(clients[person], server.pid, {name: (path, None, 200)})[name] for name, (person, path) in pages.items()}
    return {name: (statistics.median(times[name]), spent[name], sizes[name]) for name in pages}


def report(found):
    empty, nothing, _size = found.pop("empty view")
    print(f"empty view {empty:.2f} ms, of which {nothing:.2f} ms in the worker")
    for name, (taken, spent, size) in found.items():
        verdict = "ok" if taken <= LIMIT * empty else "TOO SLOW"
        print(
            f"{name:31} {taken:6.2f} ms {taken / empty:5.1f} x  limit {LIMIT} x  {verdict}   processor {spent:6.2f} ms "
            f"{spent / nothing:5.1f} x   {size // 1024} KB"
        )
    return any(taken > LIMIT * empty for taken, _spent, _size in found.values())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--open", type=int, default=3_000)
    options = parser.parse_args()
    import django

    django.setup()
    from django.db import connection, transaction

    from conduct.people.models import Staff
    from visits.demo.accounts import PASSWORD

    technicians = list(Staff.objects.filter(username__in=["wang", "xu"]))
    print(f"{connection.vendor}, {options.tickets} tickets, {options.open} of them open, load {os.getloadavg()[0]:.1f}")
    empty_out()
    try:
        with transaction.atomic():
            fill(options.tickets, options.open, technicians, datetime.datetime.now(datetime.UTC))
        connection.cursor().execute("ANALYZE conduct_repairticket")
        connection.close()
        with serving() as server:
            return report(measured({name: signed_in(name, PASSWORD) for name in ("li", "wang")}, server))
    finally:
        empty_out()


if __name__ == "__main__":
    sys.exit(main())
