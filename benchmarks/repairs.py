#!/usr/bin/env python
"""The repair board and the technician's queue with 100,000 tickets, 3,000 of them open, against an empty view in the same run.

    DATA_DIR=… [DATABASE_URL=…] python benchmarks/repairs.py [--tickets 100000] [--open 3000]

Takes a database with the demo company (`manage.py load_demo`), adds tickets straight to the tables inside one transaction, measures,
and rolls back. Whole requests through the middleware, medians of 100; the empty view goes through the same middleware and takes turns
with each page. Limits of issue 3: board and queue under 8 times an empty view. Exit status 1 when a limit is passed.
"""

import argparse
import datetime
import logging
import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldservice.settings")
REQUESTS, WARM = 100, 5
LIMIT = 8  # times an empty view
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
failed = 0


class Undo(Exception):
    """Rolls everything back."""


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


def measured(client, path, empty):
    """(median of the page, median of the empty view, bytes) in milliseconds, the two in turns."""
    times = {path: [], empty: []}
    for turn in range(REQUESTS + WARM):
        for address in times:
            begun = time.perf_counter()
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)
            if turn >= WARM:
                times[address].append((time.perf_counter() - begun) * 1000)
    return statistics.median(times[path]), statistics.median(times[empty]), len(client.get(path).content)


def report(name, client, path, empty):
    global failed
    page, nothing, size = measured(client, path, empty)
    failed |= page > LIMIT * nothing
    verdict = "ok" if page <= LIMIT * nothing else "TOO SLOW"
    print(f"{name:34} {page:7.2f} ms  empty view {nothing:5.2f} ms  {page / nothing:5.1f} x  limit {LIMIT} x  {verdict}  {size // 1024} KB")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--open", type=int, default=3_000)
    options = parser.parse_args()
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.conf import settings
    from django.db import connection, transaction
    from django.test import Client

    from conduct.people.models import Staff

    settings.ALLOWED_HOSTS = ["*"]
    people = {name: Staff.objects.get(username=name) for name in ("li", "wang", "xu")}
    clients = {name: Client() for name in people}
    for name, client in clients.items():
        client.force_login(people[name])
    print(f"{connection.vendor}, {options.tickets} tickets, {options.open} of them open, load {os.getloadavg()[0]:.1f}")
    try:
        with transaction.atomic():
            fill(options.tickets, options.open, [people["wang"], people["xu"]], datetime.datetime.now(datetime.UTC))
            if connection.vendor == "postgresql":
                connection.cursor().execute("ANALYZE conduct_repairticket")
            empty = "/healthz"  # a 200 through the same middleware that reads no session
            report("board (12 cards a quadrant)", clients["li"], "/repairs/board/", empty)
            report("technician's queue (28 cards)", clients["wang"], "/repairs/queue/", empty)
            report("list of open tickets (50 rows)", clients["li"], "/repairs/?state=open", empty)
            raise Undo
    except Undo:
        pass
    return failed


if __name__ == "__main__":
    sys.exit(main())
