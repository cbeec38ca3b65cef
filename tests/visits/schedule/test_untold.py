"""Whom headquarters thinks of sending is its own business until it asks: no page, feed, program or laptop tells the engineer before."""

import datetime
import re

import pytest
from rest_framework.test import APIClient

from conduct.base.ids import uuid7
from conduct.notices.models import Notice
from conduct.systems.actions import connect
from conduct.systems.states import Scope
from tests.factories import changes, visits
from tests.test_access import PAGES, ours
from visits.feeds.actions import open_feed
from visits.postponements import actions as postponements
from visits.postponements.queries import statement_of
from visits.schedule import actions, shifting

HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR
WORD = "云锦路"  # stands in every name of the customer's


@pytest.fixture(autouse=True)
def now(monkeypatch, at):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)


@pytest.fixture
def booked(house, chen, zhao, at):
    """Zhao is thought of for a customer never visited before, with a change in production that is prepared already; once it was called off."""
    work = visits.order(chen, at, visits.site(visits.customer(name=f"{WORD}医院")), reported_fault=f"{WORD}停机", traits=["production_change"])
    before = visits.planned(chen, at, zhao.engineer, work=work, start=at + 3 * DAY)
    actions.cancel(visit=before, cancel_reason=f"{WORD}改期", by=chen, at=at)
    visit = visits.planned(chen, at, zhao.engineer, work=work, start=at + DAY)
    changes.prepared(visit, chen, at, title=f"{WORD}切换")
    return visit


def doors(visit):
    """Every address without a number that Zhao has any part in, and those of things of the visit with theirs."""
    order = visit.order
    numbers = {
        "visits": visit.number, "orders": order.number, "customers": order.customer.number, "sites": order.site.number,
        "equipment": order.equipment.get().number, "changes": visit.change_approval.number,
    }  # fmt: skip
    for name in PAGES:
        pattern = str(ours()[name].pattern)
        number = numbers.get(pattern.removeprefix("api/v1/").partition("/")[0]) if "<str:number>" in pattern else None
        address = pattern.replace("<str:number>", number or "<")
        if not re.search(r"[<^(\\]", address) and (number or "zhao" in PAGES[name]):
            yield f"/{address}"


def leaks(client, visit, addresses):
    """{address: what its answer tells} of what one person can open."""
    said, secret = {}, re.compile(f"{WORD}|{visit.order.number}|" + "|".join(visit.order.visits.values_list("number", flat=True)))
    for address in addresses:
        response = client.get(address)
        if response.status_code == 200 and not response.streaming and (found := secret.findall(response.content.decode(errors="replace"))):
            said[address] = set(found)
    return said


def test_no_door_tells_of_a_soft_booking(client, booked, zhao, admin_zhou, at):
    _system, token = connect(name="她的程序", acts_for=zhao, scopes=list(Scope.values), per_minute=600, by=admin_zhou, at=at)
    _feed, secret = open_feed(engineer=zhao.engineer, name="手机", by=zhao, at=at)
    asks = {"device": str(uuid7(at)), "device_time": at.isoformat(), "held": [], "ready": []}
    client.force_login(zhao)

    found = [f"/{known}/?q={WORD}" for known in ("customers", "sites", "orders")]
    assert leaks(client, booked, [*doors(booked), f"/feeds/{secret}.ics"]) == {}
    assert not any(client.get(address).context["page"].rows for address in found)
    program = APIClient(headers={"Authorization": f"Bearer {token}"})
    assert leaks(program, booked, [address for address in doors(booked) if address.startswith("/api/v1/")]) == {}
    assert client.post("/api/v1/sync/contact/", asks, content_type="application/json").json()["visits"] == []
    assert not Notice.objects.filter(to=zhao).exists()


def test_who_is_asked_at_last_sees_the_plan_from_then_on(client, booked, chen, wang, zhao, at):
    moved = {"engineer": wang.engineer, "planned_start": at + 2 * DAY, "planned_end": at + 2 * DAY + HOUR, "reason": "试排"}
    shifting.shift(visit=booked, plan_version=1, **moved, by=chen, at=at)
    shifting.publish(visits=[booked], reason="可行", by=chen, at=at)
    booked.refresh_from_db()
    pages = {}
    for person in (chen, wang):
        client.force_login(person)
        pages[person] = [plan.version for plan in client.get(booked.get_absolute_url()).context["versions"]]

    assert pages == {chen: [1, 2], wang: [2]}
    assert list(Notice.objects.filter(to=wang).values_list("code", flat=True)) == ["visit.asked"]
    client.force_login(zhao)
    assert client.get(booked.get_absolute_url()).status_code == 404


def test_the_customer_does_not_read_of_it_either(booked, chen, at):
    later = {"new_from": at + 9 * DAY, "new_until": at + 10 * DAY, "reason": "备件未到货"}
    held = postponements.postpone(order=booked.order, visit=booked, **later, by=chen, at=at)

    said = statement_of(held, language="zh-hans", nonce="n")
    assert (said["visit"], said["was_from"], said["was_until"]) == ("", "", "")
