"""The lists of customers, sites and equipment find what a person types, by indexes."""

import pytest

from conduct.customers import actions
from conduct.customers.models import Customer, Equipment, Site
from conduct.customers.queries import LISTED
from tests.factories import visits


@pytest.fixture
def places(chen, at):
    """Two customers with a site each, and one that has none yet."""
    for name, site in (("南京市第一中学", "本部机房"), ("苏州市立医院", "东区"), ("无锡供电公司", "")):
        customer = actions.save(thing=Customer(name=name, city=name[:2], telephone="025-84421234"), by=chen, at=at)
        if site:
            place = actions.save(thing=Site(customer=customer, name=site, city=name[:2]), by=chen, at=at)
            actions.save(thing=Equipment(site=place, name="核心交换机", serial=f"SN{customer.pk}X"), by=chen, at=at)


def found(client, address, text):
    return [row.name for row in client.get(address, {"q": text}).context["page"].rows]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("三中", []), ("第一中", ["南京市第一中学"]), ("njsdy", ["南京市第一中学"]), ("c-0002", ["苏州市立医院"]), ("东区", ["苏州市立医院"]),
        ("无锡", ["无锡供电公司"]), ("8442", ["南京市第一中学", "苏州市立医院"]), ("", ["南京市第一中学", "无锡供电公司", "苏州市立医院"]),
    ],
)  # fmt: skip
def test_customers(client, chen, places, typed, names):
    client.force_login(chen)
    assert sorted(found(client, "/customers/", typed)) == sorted(names)


def test_sites_and_equipment(client, chen, places):
    client.force_login(chen)
    assert found(client, "/sites/", "bbjf") == found(client, "/sites/", "S-0001") == ["本部机房"]
    assert len(found(client, "/equipment/", "交换机")) == 2
    one = Equipment.objects.first()
    for typed in (one.number.lower(), one.serial.lower()):
        assert [row.pk for row in client.get("/equipment/", {"q": typed}).context["page"].rows] == [one.pk]


def test_more_places_than_a_list_looks_at_is_said(client, chen, places, monkeypatch):
    client.force_login(chen)
    assert LISTED > 3 and client.get("/sites/", {"q": "市"}).context["more"] is False
    monkeypatch.setattr("conduct.customers.queries.LISTED", 1)
    shown = client.get("/sites/", {"q": "8442"})
    assert shown.context["more"] is True and "还有更多" in shown.content.decode()
    assert client.get("/orders/", {"q": "8442"}).context["more"] is False


def test_an_engineer_finds_among_own_customers_only(client, house, chen, wang, zhao, at):
    visit = visits.proposed(chen, at, wang.engineer)
    actions.save(thing=visit.order.customer, by=chen, at=at)  # its words
    for person, names in ((wang, ["南京市第一中学"]), (zhao, [])):
        client.force_login(person)
        assert found(client, "/customers/", "njsdy") == names
        assert [row["number"] for row in client.get("/orders/", {"q": "njsdy"}).context["page"].rows] == [visit.order.number] * len(names)
