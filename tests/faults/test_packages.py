"""Signed packages from many laptops over a line that fails in every way we know, against a real server that is killed again
and again: each arrives, once, and is never marked as sent before it is there.

Real: the browser, its store and passphrase, the product's queue, rules, statement and delivery, the server and its database. Made
up: the faults between them, and time: rounds follow each other at once instead of backing off.
`pytest tests/faults/test_packages.py --packages 500 --seed 7` repeats any run; the normal run sends fewer.
"""

import asyncio
import datetime
import random
import secrets
import shutil
import threading
import time

import pytest
from django.test import Client
from django.utils import timezone
from playwright.async_api import async_playwright

from tests.browser.flags import FLAGS
from tests.browser.laptops import Server
from tests.factories import visits
from tests.people import engineer
from visits.records.models import Entry
from visits.records.rules import rules
from visits.schedule.models import PlanVersion, Visit
from visits.signoff.models import SignOff
from visits.sync.models import Blob
from visits.sync.tasks import watch

from .line import FAULTS, SHARE, Line
from .road import STATIC, Road

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
EACH = 5  # visits on one laptop
AT_ONCE = 4  # laptops in use at a time
ROUNDS = 400

pytestmark = pytest.mark.skipif("config.getoption('--sqlite')", reason="the server is another process; it shares PostgreSQL")


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


@pytest.fixture
def server(transactional_db):
    server = Server().start()
    yield server
    server.stop()


def confirmed_visits(chen, people, at):
    """EACH accepted visits for each of `people`, one a day and all for one order, at a site of the person's own."""
    owner = visits.customer()
    places = [visits.site(owner, f"S-{number:04}") for number in range(len(people))]
    orders = [visits.order(chen, at, place, scope=("更换电源模块",)) for place in places]
    rows = []
    for place in range(len(people) * EACH):
        person, work, start = people[place // EACH], orders[place // EACH], at - (1 + place % EACH) * DAY
        rows.append(Visit(
            number=f"V-2027-{place:06}", record_number=f"VR-2027-{place:06}", order=work, engineer=person.engineer, identity_name="工程师",
            identity_capacity="现场工程师", planned_start=start, planned_end=start + 2 * HOUR, state="confirmed", created_at=at,
            confirmed_at=at,
        ))  # fmt: skip
    Visit.objects.bulk_create(rows)
    items = [(visit, visit.order.scope.get()) for visit in rows]
    Visit.scope.through.objects.bulk_create(Visit.scope.through(visit=visit, scopeitem=item) for visit, item in items)
    PlanVersion.objects.bulk_create(
        PlanVersion(
            visit=visit, version=1, engineer=visit.engineer, planned_start=visit.planned_start, planned_end=visit.planned_end, at=at
        )
        for visit in rows
    )


async def call(page, name, *given):
    """One function of the rig in the page."""
    return await page.evaluate("([name, given]) => import('/rig/laptop.js').then((rig) => rig[name](...given))", [name, given])


def session_of(person):
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


async def live(browser, road, username, session, seed):
    """One laptop's life: a good line, visits without any, a bad line until everything is delivered. Returns its books."""
    line = road.lines[session]
    context = await browser.new_context(base_url=road.url)
    cookies = {"sessionid": session, "csrftoken": secrets.token_hex(16)}
    await context.add_cookies([{"name": name, "value": value, "url": road.url} for name, value in cookies.items()])
    await context.add_init_script("delete Navigator.prototype.serviceWorker")
    page = await context.new_page()
    await page.goto("/")
    numbers, line.is_down = sorted(await call(page, "setUp", username)), True
    for place, number in enumerate(numbers):
        await call(page, "work", number, rules(), {"photo": place == 0, "seed": seed * EACH + place})
    line.is_down, line.share = False, SHARE
    end = await call(page, "deliver", ROUNDS)
    books = await call(page, "books")
    await context.close()
    return books | end


async def live_all(road, sessions):
    """All laptops, AT_ONCE at a time, each in a browser context of its own."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(browser, place, session, username):
        async with gate:
            return await live(browser, road, username, session, place)

    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        books = await asyncio.gather(*(one(browser, place, *who) for place, who in enumerate(sessions.items())))
        await browser.close()
    return books


def run(server, chen, count, seed, sabotage=()):
    """(laptops' books, lines, times the server was killed) of `count` packages."""
    at = timezone.now().replace(microsecond=0)
    visits.company()
    people = [engineer(f"engineer{place}", f"工程师{place}", "南京") for place in range(count // EACH)]
    confirmed_visits(chen, people, at)
    kills, road = Kills(server, limit=max(2, count // 60)), Road(sabotage)
    address = ("127.0.0.1", server.port)
    lines = [Line(address, random.Random(f"{seed}.{place}"), kills) for place in range(len(people))]
    sessions = {session_of(person): person.username for person in people}
    road.lines = dict(zip(sessions, lines, strict=True))
    try:
        books = asyncio.run(live_all(road, sessions))
    finally:
        road.close()
    for line in lines:
        line.flush()
    watch()
    return books, lines, kills.done


def in_the_books(type):
    """{id: (hash, when it was received)} of what headquarters holds."""
    rows = {
        "entry": Entry.objects.values_list("pk", "sha256", "received_at"),
        "blob": Blob.objects.exclude(completed_at=None).values_list("pk", "sha256", "completed_at"),
        "package": SignOff.objects.values_list("pk", "package_sha256", "received_at"),
    }[type]
    return {str(key): (sha256, at.timestamp() * 1000) for key, sha256, at in rows}


def too_early(marked):
    """What a laptop took for received before headquarters had these very bytes."""
    early = []
    for type in ("entry", "blob", "package"):
        here = in_the_books(type)
        for row in (row for row in marked if row["type"] == type):
            sha256, at = here.get(row["id"], ("", float("inf")))
            if sha256 != row["sha256"] or row["at"] + 1 < at:  # both clocks are this machine's; one counts whole milliseconds
                early.append(row["id"])
    return early


def test_every_signed_package_arrives_once_and_is_never_marked_too_early(server, chen, pytestconfig):
    count, seed, began = pytestconfig.getoption("--packages"), pytestconfig.getoption("--seed"), time.monotonic()

    books, lines, killed = run(server, chen, count, seed)

    kept, marked = ([row for one in books for row in one[name]] for name in ("kept", "marked"))
    met = {fault: sum(line.met.get(fault, 0) for line in lines) for fault in FAULTS}
    of = {type: sum(row["type"] == type for row in kept) for type in ("entry", "blob", "package")}
    requests, rounds = sum(sum(line.met.values()) for line in lines), sum(one["rounds"] for one in books)
    print(f"\n{of}, seed {seed}: {requests} requests in {rounds} rounds, {sum(met.values())} faults {met}, "
          f"the server killed {killed} times, {time.monotonic() - began:.0f} s")  # fmt: skip
    assert [one["left"] for one in books if one.get("left")] == []
    assert too_early(marked) == []
    assert of["package"] == count == SignOff.objects.count()
    for type in of:
        held = {row["id"]: row["sha256"] for row in kept if row["type"] == type}
        assert held == {key: sha256 for key, (sha256, _at) in in_the_books(type).items()}
        assert sorted(held) == sorted(row["id"] for row in marked if row["type"] == type)
    # Whatever the order in which it came: nothing is set aside, nothing waits, and no signature needs a person.
    assert not Entry.objects.exclude(state="accepted").exists()
    assert not [row for row in SignOff.objects.all() if row.waits]
    assert Visit.objects.filter(state="signed").count() == count
    if count >= 100:
        assert not [fault for fault, times in met.items() if not times]


def test_a_laptop_that_trusts_any_200_would_be_seen(server, chen, pytestconfig):
    """The rig itself: with a queue that takes every answer with a status of 200 for a receipt, it counts what was marked too early."""
    deliver = (STATIC / "js/laptop/deliver.js").read_text()
    receipt = "const receipt = json?.receipt;"
    trusting = deliver.replace(receipt, f"{receipt} if (status === 200 || status === 201) return {{ done: {{ received_at: 1 }} }};")
    assert trusting != deliver

    books, _lines, _killed = run(server, chen, EACH, 1, sabotage={"/js/laptop/deliver.js": trusting})

    assert too_early([row for one in books for row in one["marked"]])
