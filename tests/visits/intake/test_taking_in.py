"""Chen answers the telephone: she finds the customer, sees what is known of the site, and raises the order once."""

import pytest

from conduct.customers.indexing import index_sites
from conduct.customers.models import Site
from conduct.people.models import Skill
from tests.factories import visits
from visits.intake import actions
from visits.intake.models import OrderTemplate
from visits.orders.models import WorkOrder


@pytest.fixture
def school(house, chen, at):
    site = visits.site()
    index_sites(Site.objects.all())
    return site


@pytest.fixture
def desk(client, chen):
    client.force_login(chen)
    return client


def told(site, **facts):
    data = {"site": site.pk, "reported_fault": "交换机丢包", "scope": "更换电源模块\n升级固件", "priority": "normal"}
    return data | facts


def test_what_is_typed_finds_the_customer_without_scripts(desk, school):
    page = desk.get("/orders/new/", {"find": "一中学"}).content.decode()

    assert "?site=S-0001" in page and "南京市第一中学 · 本部机房" in page
    assert "?site=S-0001" in desk.get("/orders/find/", {"find": "dyzx"}).content.decode()


def test_an_equipment_number_leads_to_its_site_with_the_equipment_chosen(desk, school):
    thing = school.equipment.get()

    page = desk.get("/orders/new/", {"find": thing.number}).content.decode()

    assert f"?site=S-0001&amp;equipment={thing.pk}" in page
    chosen = desk.get("/orders/new/", {"site": "S-0001", "equipment": thing.pk})
    assert f'value="{thing.pk}" id="id_equipment_0" checked' in " ".join(chosen.content.decode().replace("  ", " ").split())


def test_nobody_found_is_said_with_what_was_typed(desk, school):
    page = desk.get("/orders/new/", {"find": "<第九>"}).content.decode()

    assert "&lt;第九&gt;" in page and "/customers/new/" in page


def test_the_site_shows_open_orders_visits_and_promises(desk, chen, wang, school, at):
    visit = visits.on_site(chen, at, wang.engineer, work=visits.order(chen, at, school))
    visits.enter(visit, "promise", {"text": "周五前送来备用电源", "due": "2026-11-20"}, at)

    page = desk.get("/orders/new/", {"site": "S-0001"}).content.decode()

    assert visit.number in page and visit.order.number in page
    assert "周五前送来备用电源" in page and "2026-11-20" in page


def test_a_promise_that_was_kept_is_not_shown_again(desk, chen, wang, school, at):
    visit = visits.on_site(chen, at, wang.engineer, work=visits.order(chen, at, school))
    visits.enter(visit, "promise", {"text": "周五前送来备用电源", "due": "2026-11-20"}, at)
    promise = visit.promises.get()

    assert desk.post(f"/promises/{promise.number}/settle/", {"outcome": "kept", "from": "intake", "why": ""}).status_code == 422
    kept = desk.post(f"/promises/{promise.number}/settle/", {"outcome": "kept", "from": "intake", "why": "已送到门卫"})

    assert kept["Location"] == "/orders/new/?site=S-0001"
    assert "周五前" not in desk.get("/orders/new/", {"site": "S-0001"}).content.decode()


def test_a_likely_duplicate_asks_first_and_loses_nothing(desk, chen, school, at):
    known = visits.order(chen, at, school)

    page = desk.post("/orders/new/", told(school, stated_cause="电源老化")).content.decode()

    assert WorkOrder.objects.count() == 1
    assert known.number in page and 'name="another_matter" class="checkboxinput' in page and "电源老化" in page
    desk.post("/orders/new/", told(school, another_matter="on"))
    assert WorkOrder.objects.count() == 2


def test_another_matter_and_a_closed_order_ask_nothing(desk, chen, school, at):
    known = visits.order(chen, at, school)
    desk.post("/orders/new/", told(school, reported_fault="会议室投影机没有图像", scope="更换灯泡"))
    assert WorkOrder.objects.count() == 2

    WorkOrder.objects.filter(pk=known.pk).update(state="closed")
    desk.post("/orders/new/", told(school))
    assert WorkOrder.objects.count() == 3


def test_a_template_fills_in_what_it_knows(desk, chen, school, at):
    skill = Skill.objects.create(code="network", name="网络")
    template = OrderTemplate(name="季度巡检", scope="检查电源\n清洁滤网", traits=["machine_room"], duration_minutes=90)
    actions.save_template(template=template, skills=[skill], certified=[], by=chen, at=at)

    form = desk.get("/orders/new/", {"site": "S-0001", "template": template.number}).context["form"]

    assert form["scope"].value() == "检查电源\n清洁滤网" and form["duration_minutes"].value() == 90
    assert form["skills"].value() == [skill.pk] and form["traits"].value() == ["machine_room"]


def test_a_template_is_made_changed_and_laid_aside(desk, school):
    desk.post("/order-templates/new/", {"name": "季度巡检", "scope": "检查电源", "priority": "low", "is_active": "on"})
    template = OrderTemplate.objects.get()
    assert desk.post("/order-templates/new/", {"name": "季度巡检", "scope": "检查"}).status_code == 422
    desk.post(f"/order-templates/{template.number}/", {"name": "季度巡检", "scope": "\n".join("一二三"), "priority": "low"})

    template.refresh_from_db()
    assert template.scope == "一\n二\n三" and not template.is_active
    assert desk.get("/orders/new/", {"site": "S-0001", "template": template.number}).context["template"] is None


def test_an_order_gets_another_site_by_the_same_finder(desk, chen, school, at):
    order = visits.order(chen, at, school)
    other = visits.site(visits.customer("C-0002", "金陵中学"), "S-0002")

    page = desk.get("/orders/new/", {"for": order.number, "find": "第一"}).content.decode()
    assert f"/orders/{order.number}/edit/?site=S-0001" in page
    form = desk.get(f"/orders/{order.number}/edit/?site=S-0002").context["form"]
    assert form.place == other and list(form.fields["equipment"].queryset) == list(other.equipment.all())


def test_orders_are_searched_by_number_and_by_customer(desk, chen, school, at):
    order = visits.order(chen, at, school)
    visits.order(chen, at, visits.site(visits.customer("C-0002", "金陵中学"), "S-0002"))

    for text in (order.number.lower(), "第一中", "njsd"):
        assert [row["number"] for row in desk.get("/orders/", {"q": text}).context["page"].rows] == [order.number]
