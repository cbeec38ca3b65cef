"""Two dispatchers change an order: nothing is overwritten unseen, nothing that ended comes back, and times are those of the site."""

import datetime

import pytest

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.customers.models import Customer, Site
from tests.factories import repairs, visits
from tests.forms import posted
from visits.orders import actions
from visits.orders.models import ScopeItem, WorkOrder
from visits.schedule import actions as schedule

DAY = datetime.timedelta(days=1)


@pytest.fixture
def order(house, chen, at):
    return visits.order(chen, at)


@pytest.fixture
def desk(client, chen):
    client.force_login(chen)
    return client


def form_of(desk, order):
    """What the edit form would post if nobody typed anything."""
    return posted(desk.get(f"/orders/{order.number}/edit/").context["form"])


def items(order):
    return [(item.position, item.text) for item in order.scope.all()]


def change(order, by, at, scope, **facts):
    return actions.change_order(order=order, equipment=[], scope=scope, by=by, at=at, **facts)


def test_times_are_typed_and_shown_as_the_site_reads_them(desk, order):
    Site.objects.update(time_zone="Europe/Paris")
    told = form_of(desk, order) | {"wanted_to": "2026-12-01T09:00", "change_from": "2027-03-28T01:30", "change_to": "2027-03-28T03:30"}
    assert desk.post(f"/orders/{order.number}/edit/", told).status_code == 302

    order.refresh_from_db()
    assert [f"{moment:%H:%M}" for moment in (order.wanted_to, order.change_from, order.change_to)] == ["08:00", "00:30", "01:30"]
    assert form_of(desk, order)["wanted_to"] == "2026-12-01T09:00"
    page = " ".join(desk.get(order.get_absolute_url()).content.decode().split())
    assert "…–2026-12-01 09:00" in page and "…–2026-12-01 16:00" in page and "Europe/Paris" in page
    assert desk.post(f"/orders/{order.number}/edit/", told | {"wanted_to": "0001-01-01T00:00"}).context["form"].errors["wanted_to"]


def test_an_order_keeps_its_customer_when_the_site_changes_hands(desk, order, chen, at):
    former = order.customer.name
    Site.objects.update(customer=Customer.objects.create(number="C-0900", name="南京市第九中学"))
    later = visits.order(chen, at, place=Site.objects.get())

    rows = {row["number"]: (row["customer__name"], row["site__name"]) for row in desk.get("/orders/").context["page"].rows}

    assert rows == {order.number: (former, "本部机房"), later.number: ("南京市第九中学", "本部机房")}


def test_a_ticket_hands_its_due_date_on(desk, triager_li, at):
    ticket = repairs.sorted_in(repairs.equipment(), at, triager_li)
    form = desk.get(f"/orders/new/from/{ticket.number}/").context["form"]
    told = {name: form[name].value() for name in ("site", "equipment", "reported_fault", "scope", "priority", "wanted_to")}
    desk.post(f"/orders/new/from/{ticket.number}/", told)

    due = ticket.finish_due_at
    ticket.refresh_from_db()
    assert WorkOrder.objects.get().wanted_to == due.replace(second=0, microsecond=0) and ticket.finish_due_at == due


def test_who_writes_over_somebody_elses_change_is_told_first(desk, order, manager_sun, at):
    told = form_of(desk, order) | {"stated_cause": "电源模块老化"}
    change(WorkOrder.objects.get(), manager_sun, at, ["更换电源模块", "升级固件", "清点备件"])

    page = desk.post(f"/orders/{order.number}/edit/", told)
    assert "孙立" in page.content.decode() and "电源模块老化" in page.content.decode()
    assert len(items(order)) == 3 and WorkOrder.objects.get().stated_cause == "电源老化"

    assert desk.post(f"/orders/{order.number}/edit/", posted(page.context["form"])).status_code == 302
    assert len(items(order)) == 2 and WorkOrder.objects.get().stated_cause == "电源模块老化"


def test_what_was_closed_or_cancelled_meanwhile_stays_so(order, chen, at):
    in_hand = WorkOrder.objects.get()
    actions.cancel(order=order, by=chen, at=at)

    with pytest.raises(ForbiddenMove):
        change(in_hand, chen, at, ["别的"])
    assert WorkOrder.objects.get().state == "cancelled"


def test_items_that_a_visit_holds_stay_where_they_are(order, chen, wang, at):
    actions.add_item(order=order, text="清点备件", position=7, by=chen, at=at)
    held = order.scope.get(position=7)
    visit = visits.planned(chen, at, wang.engineer, work=order)
    visit.scope.set([held])

    change(order, chen, at, ["升级固件", "清点备件", "拍照", "换标签"])
    assert items(order) == [(1, "升级固件"), (2, "拍照"), (7, "清点备件"), (8, "换标签")] and ScopeItem.objects.get(position=7) == held
    change(order, chen, at, ["清点备件"])
    assert items(order) == [(7, "清点备件")]
    with pytest.raises(DomainError, match="7"):
        change(order, chen, at, ["清点备件和工具"])


def test_nobody_is_sent_for_an_order_that_has_ended(order, chen, wang, at):
    visit = visits.planned(chen, at, wang.engineer, work=order)
    for end in (actions.close, actions.cancel):
        with pytest.raises(DomainError, match=visit.number):
            end(order=order, by=chen, at=at)

    WorkOrder.objects.update(state="cancelled")  # as if it had been in the same moment
    with pytest.raises(DomainError):
        schedule.propose(visit=visit, by=chen, at=at)
    with pytest.raises(DomainError):
        visits.planned(chen, at, wang.engineer, work=order, start=at + DAY)
