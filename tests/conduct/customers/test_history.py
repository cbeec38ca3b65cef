"""A piece of equipment tells its whole life: who came for it, what was reported, what became of its data."""

import datetime

from conduct.customers import actions, views
from conduct.customers.models import Equipment
from tests.factories import repairs, visits
from visits.orders import actions as orders

DAY = datetime.timedelta(days=1)


def test_its_page_tells_all_of_it(client, house, chen, wang, zhao, at):
    signed, _sign_off = visits.signed(chen, at - 20 * DAY, wang.engineer)
    switch = signed.order.equipment.get()
    coming = visits.planned(chen, at, zhao.engineer, work=visits.order(chen, at, switch.site, reported_fault="端口全部熄灭"))
    cancelled = visits.order(chen, at, switch.site, reported_fault="误报")
    orders.cancel(order=cancelled, by=chen, at=at)
    ticket = repairs.sorted_in(switch, at, chen, fault="风扇异响")
    before = Equipment.objects.get(pk=switch.pk)
    switch.serial = "2102359999"
    actions.save(thing=switch, before=before, by=chen, at=at)
    elsewhere = visits.order(chen, at, visits.site(visits.customer("C-0002", "第二中学"), "S-0002"), reported_fault="另一台设备")
    client.force_login(chen)

    told = client.get(switch.get_absolute_url()).content.decode()

    for words in (
        signed.number, signed.order.number, "交换机丢包", "王磊", "已签字", coming.number, "端口全部熄灭", "赵敏", "已计划", cancelled.number,
        "误报", ticket.number, "风扇异响", "2102351234", "2102359999", "陈静",
    ):  # fmt: skip
        assert words in told, words
    assert told.index(coming.number) < told.index(signed.number)  # the newest first
    assert elsewhere.number not in told and "另一台设备" not in told


def test_more_than_fits_is_said(client, house, chen, at, monkeypatch):
    monkeypatch.setattr(views, "SHOWN", 1)
    order = visits.order(chen, at)
    client.force_login(chen)
    address = order.equipment.get().get_absolute_url()
    assert client.get(address).context["more"] is False

    visits.order(chen, at, order.site)

    shown = client.get(address).context
    assert shown["more"] is True and len(shown["orders"]) == 1


def test_an_engineer_reads_the_history_of_what_own_visits_are_for_and_no_more(client, house, wang, zhao, chen, at):
    visit = visits.proposed(chen, at, wang.engineer)
    address = visit.order.equipment.get().get_absolute_url()
    for person, status in ((wang, 200), (zhao, 404)):
        client.force_login(person)
        assert client.get(address).status_code == status
