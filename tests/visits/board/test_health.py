"""The health page names the things themselves; hours a day are set where 0 means none."""

import datetime

import pytest
from django.utils import timezone

from conduct.customers.models import Site
from tests.factories import visits
from visits.board import health
from visits.schedule.models import Capacity

DAY = datetime.timedelta(days=1)


def found(user, at=None):
    checks = health.checks(user, at or timezone.now(), "Asia/Shanghai")
    return [[what for what, _address in check["rows"]] for check in checks]


def test_what_is_missing_is_named(house, chen, wang):
    order = visits.order(chen, timezone.now())
    Site.objects.create(number="S-0002", customer=order.customer, name="分部", city="", access_hours="先打电话")

    skills, regions, homes, hours, orders, cities, doors, unread, _ready, _years, _overruled = found(chen)

    assert skills == regions == hours == ["王磊"] and homes == []
    assert orders == [f"{order.number} 南京市第一中学"]
    assert cities == ["南京市第一中学 · 分部"] and doors == ["南京市第一中学 · 本部机房"]
    assert unread == ["南京市第一中学 · 分部: 先打电话"]


def test_visits_of_tomorrow_whose_laptop_is_not_ready(house, chen, wang, at):
    visit = visits.confirmed(chen, at, wang.engineer, start=at + DAY)
    assert visit.number in found(chen, at)[8][0]
    assert found(chen, at - DAY)[8] == []


def test_next_year_is_asked_for_in_november(house, chen):
    def years(month):
        return found(chen, datetime.datetime(2026, month, 15, 12, tzinfo=datetime.UTC))[9]

    assert set(years(11)) - set(years(10)) == {"2027"}


@pytest.mark.parametrize(("typed", "kept"), [("0", 0), ("7.5", 450), ("", None)])
def test_hours_a_day(client, house, chen, wang, typed, kept):
    Capacity.objects.create(engineer=wang.engineer, minutes=480)
    client.force_login(chen)
    client.post("/board/hours/", {"engineer": wang.engineer.number, "hours": typed})
    assert Capacity.objects.filter(engineer=wang.engineer).values_list("minutes", flat=True).first() == kept


@pytest.mark.parametrize("typed", ["-1", "25", "viel"])
def test_hours_that_no_day_has_are_refused(client, house, chen, wang, typed):
    client.force_login(chen)
    assert client.post("/board/hours/", {"engineer": wang.engineer.number, "hours": typed}).status_code == 422
