"""Signed packages from many laptops over a line that fails in every way we know, against a real server that is killed again
and again: each arrives, once, and is never marked as sent before it is there.

`pytest tests/faults/test_packages.py --packages 500 --seed 7` repeats any run; the normal run sends fewer.
"""

import datetime
import random
import secrets
import threading

import pytest
from django.test import Client

from tests.browser.laptops import Server
from tests.factories import visits
from tests.people import engineer
from visits.records.models import Entry
from visits.schedule.models import PlanVersion, Visit
from visits.signoff.models import SignOff

from .laptops import Laptop
from .line import FAULTS, Line

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


class Kills:
    """Stops and starts the real server, at most `limit` times; only one laptop at a time may pull the plug."""

    def __init__(self, server, limit):
        self.server, self.limit, self.done, self.lock = server, limit, 0, threading.Lock()

    def __call__(self):
        with self.lock:
            if self.done < self.limit:
                self.done += 1
                self.server.stop()
                self.server.start()


def confirmed_visits(chen, people, count, at):
    """`count` accepted visits, spread over the engineers, one a day each."""
    work = visits.order(chen, at, scope=("更换电源模块",))
    rows = []
    for place in range(count):
        person, start = people[place % len(people)], at - (1 + place // len(people)) * DAY
        rows.append(Visit(
            number=f"V-2027-{place:06}", record_number=f"VR-2027-{place:06}", order=work, engineer=person.engineer, identity_name="工程师",
            identity_capacity="现场工程师", planned_start=start, planned_end=start + 2 * HOUR, state="confirmed", created_at=at,
            confirmed_at=at,
        ))  # fmt: skip
    Visit.objects.bulk_create(rows)
    item = work.scope.get()
    Visit.scope.through.objects.bulk_create(Visit.scope.through(visit=visit, scopeitem=item) for visit in rows)
    PlanVersion.objects.bulk_create(
        PlanVersion(
            visit=visit, version=1, engineer=visit.engineer, planned_start=visit.planned_start, planned_end=visit.planned_end, at=at
        )
        for visit in rows
    )
    return rows


def is_there(item):
    """Does headquarters really hold these very bytes now?"""
    if item.type == "entry":
        return Entry.objects.filter(pk=item.id, sha256=item.sha256).exists()
    return SignOff.objects.filter(pk=item.id, package_sha256=item.sha256).exists()


def line_of(server, person, rng, kills, device):
    client, token = Client(), secrets.token_hex(16)
    client.force_login(person)
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
    headers = {"Cookie": cookies, "X-CSRFToken": token, "X-Device": device, "Accept": "application/json"}
    return Line(("127.0.0.1", server.port), rng, kills, headers)


@pytest.fixture
def server(transactional_db):
    server = Server().start()
    yield server
    server.stop()


@pytest.mark.skipif("config.getoption('--sqlite')", reason="the server is another process; it shares PostgreSQL")
def test_every_signed_package_arrives_once_and_is_never_marked_too_early(server, chen, at, pytestconfig):
    count, seed = pytestconfig.getoption("--packages"), pytestconfig.getoption("--seed")
    visits.company()
    people = [engineer(f"engineer{place}", f"工程师{place}", "南京") for place in range(max(4, count // 25))]
    numbers = {}
    for visit in confirmed_visits(chen, people, count, at):
        numbers.setdefault(visit.engineer.staff, []).append(visit.number)
    kills, laptops, trouble = Kills(server, limit=max(2, count // 60)), [], []
    for place, (person, theirs) in enumerate(numbers.items()):
        rng = random.Random(f"{seed}.{place}")
        laptop = Laptop(None, rng, is_there)
        laptop.line = line_of(server, person, rng, kills, laptop.device)
        for bundle in laptop.call(theirs, at).values():
            laptop.work(bundle)
        laptops.append(laptop)

    deliver_all(laptops, trouble)
    assert trouble == []
    for laptop in laptops:
        laptop.line.flush()

    packages = {item_id for laptop in laptops for item_id, rows in laptop.receipts.items() if "package_sha256" in rows[0]}
    met = {fault: sum(laptop.line.met.get(fault, 0) for laptop in laptops) for fault in FAULTS}
    print(f"\n{count} packages, seed {seed}: {sum(met.values())} faults {met}, the server killed {kills.done} times")
    assert [laptop.too_early for laptop in laptops if laptop.too_early] == []
    assert len(packages) == count == SignOff.objects.count()
    assert Entry.objects.count() == 3 * count and not Entry.objects.exclude(state="accepted").exists()
    assert [row.marks for row in SignOff.objects.all() if row.marks] == []
    assert Visit.objects.filter(state="signed").count() == count
    assert not [fault for fault, times in met.items() if not times]


def deliver_all(laptops, trouble):
    """All laptops at once, each in a thread of its own with its own connection to look at headquarters' books."""

    def deliver(laptop):
        from django.db import connection

        try:
            laptop.deliver()
        except Exception as error:  # a thread's error would be lost
            trouble.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=deliver, args=[laptop]) for laptop in laptops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_laptop_that_trusts_any_200_would_be_seen():
    """The rig itself: were a captive portal's 200 taken for a receipt, the count of what was marked too early would show it."""
    laptop = Laptop(None, random.Random(1), lambda item: False)
    item = type("Item", (), {"id": "1", "type": "entry", "sha256": "a", "body": {}})
    assert not laptop._accept(item, None) and not laptop._accept(item, {"id": "1", "sha256": "0a"})
    assert laptop._accept(item, {"id": "1", "sha256": "a"}) and laptop.too_early == ["1"]
