"""A customer's ticket system reads and raises orders: with a token, within its scopes, as often as allowed, each order once."""

import json

import pytest
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from conduct.systems import actions
from conduct.systems.models import IdempotentAnswer, System
from conduct.systems.states import Scope
from tests.factories import visits
from visits.exchange.urls import urlpatterns
from visits.orders.models import WorkOrder
from visits.papers.models import Paper

EVERYTHING = list(Scope.values)


@pytest.fixture
def program(house, chen, admin_zhou, at):
    """program(scopes): a client with a token of these scopes that acts for Chen."""

    def connect(scopes=EVERYTHING, acts_for=chen, per_minute=600):
        system, token = actions.connect(name="报修平台", acts_for=acts_for, scopes=scopes, per_minute=per_minute, by=admin_zhou, at=at)
        client = APIClient(headers={"Authorization": f"Bearer {token}"})
        client.system = system
        return client

    return connect


def told(**facts):
    return {"site": "S-0001", "scope": ["检查电源"], "reported_fault": "交换机丢包", **facts}


def raise_order(client, body, key="k-1"):
    return client.post("/api/v1/orders/", body, format="json", headers={"Idempotency-Key": key} if key else {})


def addresses():
    return ["/" + str(entry.pattern).replace("<str:number>", "X").replace("<str:code>", "X") for entry in urlpatterns]


@pytest.mark.parametrize("header", [None, "Bearer ", "Bearer fs_wrong", "Basic eDp4"])
def test_without_a_good_token_every_route_is_closed(house, header):
    client = APIClient(headers={"Authorization": header} if header else {})
    assert {client.get(address).status_code for address in addresses()} == {401}
    assert raise_order(client, told()).status_code == 401


def test_a_session_is_no_token(client, house, chen):
    client.force_login(chen)
    assert {client.get(address).status_code for address in addresses()} == {401}


def test_a_revoked_token_and_a_person_who_left_are_out(program, chen, admin_zhou, at):
    client = program()
    assert client.get("/api/v1/orders/").status_code == 200
    actions.revoke(system=client.system, by=admin_zhou, at=at)
    assert client.get("/api/v1/orders/").status_code == 401
    other = program()
    chen.is_active = False
    chen.save()
    assert other.get("/api/v1/orders/").status_code == 401


@pytest.mark.parametrize("scope", EVERYTHING)
def test_a_scope_opens_its_own_routes_only(program, scope):
    client = program([scope])
    opened = {
        "customers:read": {"/api/v1/customers/", "/api/v1/customers/X/", "/api/v1/sites/"},
        "equipment:read": {"/api/v1/equipment/", "/api/v1/equipment/X/"},
        "orders:read": {"/api/v1/orders/", "/api/v1/orders/X/"},
        "visits:read": {"/api/v1/visits/", "/api/v1/visits/X/"},
        "papers:read": {"/api/v1/papers/", "/api/v1/papers/X/paper.pdf"},
    }.get(scope, set())

    assert {address for address in addresses() if client.get(address).status_code in (200, 404)} == opened
    assert raise_order(client, {}).status_code == (400 if scope == "orders:write" else 403)


def test_a_program_sees_no_more_than_its_person(program, chen, wang, zhao, at):
    visit = visits.confirmed(chen, at, wang.engineer)
    client = program(acts_for=zhao)

    assert client.get("/api/v1/visits/").json()["results"] == client.get("/api/v1/orders/").json()["results"] == []
    assert client.get(f"/api/v1/visits/{visit.number}/").status_code == 404
    assert raise_order(client, told()).status_code == 404


def test_things_are_told_with_numbers_and_times_of_the_site(program, chen, wang, at):
    visit, _sign_off = visits.signed(chen, at, wang.engineer)
    client = program()

    order = client.get(f"/api/v1/orders/{visit.order.number}/").json()
    assert (order["site"], order["visits"], order["scope"]) == ("S-0001", [visit.number], ["更换电源模块", "升级固件"])
    shown = client.get("/api/v1/visits/", {"state": "signed", "engineer": wang.engineer.number}).json()["results"][0]
    assert shown["planned_start"] == "2026-11-24T12:00+08:00" and shown["order"] == order["number"]
    assert client.get("/api/v1/customers/", {"q": "C-0001"}).json()["results"][0]["name"] == "南京市第一中学"
    assert client.get("/api/v1/equipment/", {"site": "S-0001"}).json()["results"][0]["serial"] == "2102351234"
    assert client.get("/api/v1/sites/", {"customer": "C-0002"}).json() == {"results": [], "next": None}
    paper = client.get("/api/v1/papers/", {"visit": visit.number}).json()["results"][0]
    assert paper["code"] == Paper.objects.get().code and paper["state"] == "asked"
    assert client.get(f"/api/v1/papers/{paper['code']}/paper.pdf").status_code == 404  # not made yet


@pytest.mark.parametrize(
    "query", ["stat=open", "state=opened", "from=2026-12-01", "until=2026-12-01T09:00", "until=soon", "from=2026-13-01T00:00%2B08:00", "after=WyJ4IiwxXQ=="]
)
def test_what_nobody_reads_in_an_address_is_refused(program, house, query):
    assert program().get(f"/api/v1/orders/?{query}").status_code == 400


def test_a_period_is_asked_for(program, chen, wang, at):
    visit = visits.confirmed(chen, at, wang.engineer)
    client, start = program(), visit.planned_start.isoformat()

    found = [client.get("/api/v1/visits/", {name: start}).json()["results"] for name in ("from", "until")]
    assert [[row["number"] for row in rows] for rows in found] == [[visit.number], []]


def test_an_engineers_program_reads_no_numbers_of_others(program, chen, wang, zhao, at):
    visit = visits.confirmed(chen, at, wang.engineer)
    visits.planned(chen, at, zhao.engineer, work=visit.order)

    assert program(acts_for=wang).get(f"/api/v1/orders/{visit.order.number}/").json()["visits"] == [visit.number]


def test_pages_follow_one_another_without_a_gap(program, chen, at):
    place = visits.site()
    for number in range(52):
        visits.order(chen, at, place, scope=[f"第 {number} 件"])
    client, seen, address = program(), [], "/api/v1/orders/"
    while address:
        page = client.get(address).json()
        seen += [row["number"] for row in page["results"]]
        address = page["next"] and f"/api/v1/orders/{page['next']}"

    assert len(seen) == len(set(seen)) == 52


def test_an_order_is_raised_once_for_each_key(program, chen, at):
    visits.site()
    client = program()
    facts = {"wanted_from": "2026-12-01T09:00+08:00", "contact": "李喆", "traits": ["repair"], "reference": "PO-9"}
    first = raise_order(client, told(**facts))
    again = raise_order(client, told(**facts))

    assert first.status_code == again.status_code == 201 and first.json() == again.json()
    assert first.json()["wanted_from"] == "2026-12-01T09:00+08:00" and first.json()["contact"] == "李喆"
    assert [row["reference"] for row in client.get("/api/v1/orders/?reference=PO-9").json()["results"]] == ["PO-9"]
    assert WorkOrder.objects.get().created_by == chen
    other = raise_order(client, told(scope=["别的"]))
    same = raise_order(client, told(scope=["擦净机柜"], reported_fault="另一件事", reference="PO-9"), key="k-2")
    assert other.status_code == same.status_code == 409 and WorkOrder.objects.count() == 1
    assert raise_order(program(), told(another_matter=True)).status_code == 201  # another system has keys of its own


def test_a_refused_order_keeps_no_key(program, chen, at):
    visits.order(chen, at)
    client = program()

    refused = raise_order(client, told(scope=["更换电源模块", "升级固件"]))
    assert refused.status_code == 409 and refused.json()["field"] == "another_matter"
    assert not IdempotentAnswer.objects.exists()
    assert raise_order(client, told(another_matter=True)).status_code == 201


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"site": "S-0099"}, "site"),
        ({"scope": []}, "scope"),
        ({"scope": ["x" * 301]}, "scope"),
        ({"contact": "王五"}, "contact"),
        ({"equipment": ["EQ-999999"]}, "equipment"),
        ({"symptom": "strange"}, "symptom"),
        ({"traits": ["magic"]}, "traits"),
        ({"duration_minutes": 1}, "duration_minutes"),
        ({"wanted_from": "soon"}, "wanted_from"),
        ({"wanted_from": "2026-12-02T09:00+08:00", "wanted_to": "2026-12-01T09:00+08:00"}, "wanted_to"),
        ({"skills": ["magic"]}, "skills"),
        ({"certified": ["magic"]}, "certified"),
        ({"wanted_from": "2026-12-01T09:00"}, "wanted_from"),
        ({"change_from": "2026-12-01T22:00+08:00"}, "change_to"),
    ],
)
def test_what_cannot_be_taken_is_named(program, facts, field):
    visits.site()
    answer = raise_order(program(), told(**facts))

    assert answer.status_code == 400 and list(answer.json()) == [field] and not WorkOrder.objects.exists()


@pytest.mark.parametrize("key", [None, " ", "k" * 81])
def test_a_key_is_needed(program, key):
    visits.site()
    assert raise_order(program(), told(), key).status_code == 400


def test_a_program_that_asks_too_often_waits(program):
    client, other = program(per_minute=3), program(per_minute=3)

    assert [client.get("/api/v1/orders/").status_code for _turn in range(4)] == [200, 200, 200, 429]
    assert client.get("/api/v1/orders/")["Retry-After"]
    assert other.get("/api/v1/orders/").status_code == 200


def test_every_route_is_described():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    ours = ["/" + str(entry.pattern).replace("<str:", "{").replace(">", "}") for entry in urlpatterns]

    assert set(ours) <= set(schema["paths"]) and get_resolver()
    assert schema["paths"]["/api/v1/orders/"]["post"]["security"] == [{"token": []}]
    json.dumps(schema, default=str)


def test_a_token_is_shown_once(client, house, chen, admin_zhou):
    client.force_login(admin_zhou)
    told = {"name": "报修平台", "acts_for": chen.pk, "scopes": ["orders:read"], "per_minute": 60}
    assert client.post("/systems/", told | {"scopes": ["everything"]}).status_code == 422
    page = client.post("/systems/", told)
    token, system = page.context["token"], System.objects.get()

    assert token in page.content.decode() and token not in client.get("/systems/").content.decode()
    assert token not in str(System.objects.values().get())
    reader = APIClient(headers={"Authorization": f"Bearer {token}"})
    assert reader.get("/api/v1/orders/").status_code == 200
    client.post(f"/systems/{system.number}/revoke/")
    assert reader.get("/api/v1/orders/").status_code == 401
