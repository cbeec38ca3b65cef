"""A list page costs the same number of queries with one row and with three: the number stands in its room's file in tests/rooms, in digits."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import visits
from tests.people import engineer
from tests.rooms import ROOMS, of_all

HOUR = datetime.timedelta(hours=1)
LISTS = of_all("LISTS")


@pytest.fixture
def people(request, house):
    return {name: request.getfixturevalue(name) for name, _count in LISTS.values()}


def costs(people):
    """{address: queries}; asked twice, because the session remembers what is asked once."""
    found = {}
    for address, (name, _count) in LISTS.items():
        client = Client()
        client.force_login(people[name])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        found[address] = len(queries)
    return found


def add_rows(chen, at, place):
    """One more of everything: an engineer, a customer with a signed visit, a visit where work goes on, and what each room adds."""
    someone = engineer(f"person{place}", f"工程师{place}", "南京")
    order = visits.order(chen, at, visits.site(visits.customer(f"C-9{place}", f"客户{place}"), f"S-9{place}"))
    visit, _sign_off = visits.signed(chen, at, someone.engineer, work=order, start=at + 2 * HOUR)
    working = visits.on_site(chen, at, someone.engineer, work=visits.order(chen, at, order.site), start=at + 24 * HOUR)
    story = SimpleNamespace(chen=chen, at=at, place=place, someone=someone, order=order, visit=visit)
    story.working, story.working_at = working, at + 25 * HOUR
    for module in ROOMS.values():
        if hasattr(module, "add_row"):
            module.add_row(story)


def test_one_row_and_three_rows_cost_the_same(people, chen, at):
    wanted = {address: count for address, (_name, count) in LISTS.items()}

    add_rows(chen, at, 1)
    one = costs(people)
    add_rows(chen, at, 2)
    add_rows(chen, at, 3)

    assert one == wanted
    assert costs(people) == wanted
