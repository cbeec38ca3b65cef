"""Orders of a project, and who is on site for it on which days."""

import datetime

import pytest

from conduct.base.errors import DomainError
from tests.factories import projects, visits
from tests.factories.changes import approved
from visits.postponements import actions as postponements
from visits.presence import actions
from visits.presence.models import ProjectOrder

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)


@pytest.fixture
def card(house, chen, wang, manager_sun, at):
    return projects.project(visits.customer(), wang, manager_sun, at)


@pytest.fixture
def order(card, chen, at):
    order = visits.order(chen, at, visits.site(card.customer))
    return actions.join(order=order, project=card, by=chen, at=at)


def test_chen_takes_an_order_of_the_project_in(client, card, chen, at):
    place = visits.site(card.customer)
    client.force_login(chen)
    page = client.get(f"/orders/new/?site={place.number}&project={card.number}").content.decode()
    assert f'<option value="{card.number}" selected' in page
    told = {"site": place.pk, "scope": "安装服务器", "priority": "normal", "project": card.number}
    answer = client.post("/orders/new/", told, follow=True)
    assert card.name in answer.content.decode() and ProjectOrder.objects.get().project == card


def test_an_order_joins_and_leaves_but_not_another_customers_project(client, card, order, chen, wang, at):
    client.force_login(chen)
    client.post(f"/orders/{order.number}/project/", {"project": ""})
    assert not ProjectOrder.objects.exists()
    other = projects.project(visits.customer("C-0002", "市二院"), wang, chen, at)
    page = client.post(f"/orders/{order.number}/project/", {"project": other.number})
    assert page.status_code == 422
    with pytest.raises(DomainError):
        actions.join(order=order, project=other, by=chen, at=at)


def test_days_come_from_visits_and_from_the_plan(client, card, order, wang, zhao, chen, manager_sun, at):
    over_night = visits.confirmed(chen, at, wang.engineer, work=order, start=at + 10 * HOUR, hours=20)
    visits.planned(chen, at, zhao.engineer, work=order, start=at + 48 * HOUR)
    projects.member(card, zhao, wang, at)
    projects.day(card, wang, wang, at, after=1)  # a visit brings him there anyway
    projects.day(card, zhao, wang, at, after=4)
    client.force_login(manager_sun)

    page = client.get(card.get_absolute_url() + "?month=2026-11").content.decode()
    days = page.split('id="days"')[1].split('id="history"')[0]
    assert days.count(over_night.number) == 4 and days.count("计划日") == 1 and "11-28" in days  # a link and its text, two days
    client.force_login(zhao)
    page = client.get(card.get_absolute_url() + "?month=2026-11").content.decode()
    assert page.count("赵敏") >= 1 and "11-26" not in page.split('id="days"')[1]  # nobody told him of that visit yet
    assert over_night.number not in page and "王磊" in page
    for month in ("x", "0001-01", "9999-12"):
        assert client.get(card.get_absolute_url() + f"?month={month}").status_code == 200


def test_what_was_put_off_stands_on_the_page_of_the_project(client, card, order, wang, chen, at):
    reason = "设备到货推迟"
    made = postponements.postpone(order=order, new_from=at + 3 * DAY, new_until=at + 5 * DAY, reason=reason, by=chen, at=at)
    client.force_login(wang)
    page = client.get(card.get_absolute_url()).content.decode()
    assert made.number in page and reason in page and order.number in page
    client.force_login(chen)
    assert card.number in client.get(order.get_absolute_url()).content.decode()
    visit = visits.confirmed(chen, at, wang.engineer, work=order)
    assert card.number in client.get(visit.get_absolute_url()).content.decode()


def test_who_works_on_site_reads_the_plan_and_the_team_its_lists(client, card, order, wang, zhao, chen, at):
    projects.task(card, wang, at, "割接演练")
    projects.payment(card, wang, at, "到货款")
    client.force_login(zhao)
    assert client.get(card.get_absolute_url()).status_code == 404
    visit = visits.confirmed(chen, at, zhao.engineer, work=order)

    assert f'href="{card.get_absolute_url()}"' in client.get(visit.get_absolute_url()).content.decode()
    page, plan = client.get(card.get_absolute_url()).content.decode(), f"{card.get_absolute_url()}plan/"
    assert "割接演练" in page and "到货款" not in page and plan not in page and client.get(plan).status_code == 404
    projects.member(card, zhao, wang, at)
    assert plan in client.get(card.get_absolute_url()).content.decode() and client.get(plan).status_code == 200


def test_what_the_projects_manager_approved_stands_on_its_page(client, card, zhao, wang, chen, at):
    work = visits.order(chen, at, visits.site(card.customer), traits=["production_change"])
    actions.join(order=work, project=card, by=chen, at=at)
    change = approved(visits.confirmed(chen, at, zhao.engineer, work=work), chen, wang, at)
    projects.member(card, zhao, wang, at)
    shown = {}
    for person in (wang, zhao):
        client.force_login(person)
        shown[person] = client.get(card.get_absolute_url()).content.decode()

    assert "王磊" in shown[wang].rsplit(change.number, 1)[1][:600]
    assert change.number not in shown[zhao]  # the form is the engineer's to read on his visit
