"""A ticket raises a work order and follows it, without knowing one."""

import pytest

from conduct.base.errors import ForbiddenMove
from conduct.notices.models import Notice
from conduct.repairs.models import RepairTicket
from tests.factories import repairs, visits
from visits.orders import actions
from visits.orders.models import TicketOrder, WorkOrder


@pytest.fixture
def ticket(db, triager_li, at):
    return repairs.sorted_in(repairs.equipment(), at, triager_li)


def raised(ticket, chen, at):
    order = WorkOrder(site=ticket.equipment.site, reported_fault=ticket.fault, stated_cause="电源板损坏")
    return actions.raise_from_ticket(
        ticket=ticket, order=order, equipment=[ticket.equipment], scope=["更换电源板"], by=chen, at=at
    )


def test_a_ticket_goes_on_under_the_order_and_is_repaired_when_it_closes(ticket, chen, at):
    order = raised(ticket, chen, at)
    assert (ticket.state, ticket.carried_by, ticket.taken_at) == ("assigned", order.number, at)

    actions.close(order=order, by=chen, at=at)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.cause) == ("repaired", "电源板损坏") and order.number in ticket.work_done


def test_a_cancelled_order_gives_the_ticket_back_to_the_triager(ticket, chen, triager_li, at):
    order = raised(ticket, chen, at)
    actions.cancel(order=order, by=chen, at=at)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.carried_by) == ("triaged", "")
    assert Notice.objects.get(to=triager_li, code="ticket.given_back").facts["reason"] == f"工单 {order.number} 已取消"


def test_an_order_without_a_ticket_closes_as_ever(house, chen, at):
    order = visits.order(chen, at)
    actions.close(order=order, by=chen, at=at)

    assert order.state == "closed"


def test_a_ticket_that_a_technician_has_meanwhile_raises_no_order(ticket, chen, wang, at):
    stale = RepairTicket.objects.get(pk=ticket.pk)
    RepairTicket.objects.filter(pk=ticket.pk).update(state="assigned", assigned_to=wang)

    with pytest.raises(ForbiddenMove, match="快了一步"):
        raised(stale, chen, at)


def test_chen_raises_it_on_the_page_with_everything_filled_in(client, ticket, chen):
    client.force_login(chen)
    address = f"/orders/new/from/{ticket.number}/"
    form = client.get(address).context["form"]
    assert form["reported_fault"].value() == "无法开机" and form["equipment"].value() == [ticket.equipment_id]

    names = ("site", "equipment", "reported_fault", "scope", "priority")
    client.post(address, {name: form[name].value() for name in names})

    link = TicketOrder.objects.get()
    assert link.ticket == ticket and list(link.order.equipment.all()) == [ticket.equipment]
    assert link.order.number in client.get(ticket.get_absolute_url()).content.decode()


def test_the_photos_go_from_the_ticket_to_the_order_and_to_the_visit_of_who_goes_there(client, triager_li, chen, wang, zhao, at):
    ticket = repairs.sorted_in(repairs.equipment(), at, triager_li, photos=[repairs.picture()])
    order = raised(ticket, chen, at)
    visit = visits.confirmed(chen, at, wang.engineer, work=order)
    photo = f"/orders/{order.number}/photos/{ticket.photos.get().file_id}/"

    client.force_login(wang)
    assert photo in client.get(order.get_absolute_url()).content.decode()
    assert photo in client.get(visit.get_absolute_url()).content.decode()
    assert client.get(photo)["Content-Type"] == "image/jpeg"
    client.force_login(zhao)
    assert client.get(photo).status_code == 404
