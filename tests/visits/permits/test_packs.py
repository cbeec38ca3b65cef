"""The entry pack: written by the dispatcher, read by the visit's engineer, and in force when a visit is planned and published."""

import datetime

import pytest
from django.utils import timezone

from conduct.trail.models import Event
from tests.factories import visits
from visits.orders import actions as orders
from visits.permits import actions as permits
from visits.permits.erasing import blank, packs_before
from visits.permits.models import EntryPack
from visits.records.bundle import bundle_of
from visits.schedule import actions, shifting
from visits.schedule.decision import Conflicted

DAY = datetime.timedelta(days=1)
WRITTEN = {"permit_number": "JF-2026-118", "permit_from": "2026-11-24", "permit_until": "2026-11-26", "people": "王磊，身份证 3201…1234",
           "tools": "笔记本 1 台", "escort_name": "李喆", "escort_telephone": "025-84421234", "house_rules": "禁止饮食"}  # fmt: skip


@pytest.fixture
def work(house, chen, at):
    return visits.order(chen, at)


def permit(work, first, last, at):
    work.entry_pack = EntryPack.objects.create(order=work, permit_from=first, permit_until=last, changed_at=at)


def place(work, by, who, at, start, hours=2):
    end = start + datetime.timedelta(hours=hours)
    return actions.place(order=work, engineer=who.engineer, planned_start=start, planned_end=end, by=by, at=at)


def test_a_permit_holds_to_the_end_of_its_last_day(work, chen, wang, at):
    permit(work, None, at.date() + DAY, at)
    assert place(work, chen, wang, at, (at + DAY).replace(hour=22))

    with pytest.raises(Conflicted) as refusal:
        place(work, chen, wang, at, (at + DAY).replace(hour=8), hours=17)
    assert [conflict.code for conflict in refusal.value.found if conflict.hard] == ["permit_until"] or refusal.value.hard


def test_a_visit_that_ends_after_the_permit_is_not_published(work, chen, wang, at):
    visit = place(work, chen, wang, at, at + 3 * DAY)
    permit(work, None, (at + 2 * DAY).date(), at)

    ((_visit, why),) = shifting.publish(visits=[visit], by=chen, at=at)

    assert "进场许可" in why
    visit.refresh_from_db()
    assert visit.state == "planned"


def test_the_dispatcher_writes_it_and_documents_stay_out_of_the_trail(client, work, chen):
    client.force_login(chen)
    address = f"/orders/{work.number}/entry-pack/"

    assert client.post(f"{address}edit/", WRITTEN).status_code == 302

    assert "JF-2026-118" in client.get(address).content.decode()
    assert "3201" not in str(Event.objects.get(verb="entry_pack.changed").data)


def test_days_in_the_wrong_order_are_refused_and_nothing_typed_is_lost(client, work, chen):
    client.force_login(chen)
    response = client.post(f"/orders/{work.number}/entry-pack/edit/", WRITTEN | {"permit_until": "2026-11-01"})
    assert response.status_code == 422 and "笔记本" in response.content.decode()
    assert "许可的结束日期" in response.content.decode()


def test_it_is_on_the_laptop_at_the_door(work, chen, wang, at):
    visit = visits.confirmed(chen, at, wang.engineer, work=work)
    assert bundle_of(visit, at=at)["entry_pack"] is None

    permit(work, datetime.date(2026, 11, 24), None, at)
    EntryPack.objects.update(permit_number="JF-2026-118", escort_name="李喆", escort_telephone="025-84421234")
    pack = bundle_of(visit, at=at)["entry_pack"]
    assert (pack["permit"], pack["escort"]) == ("JF-2026-118 · 2026-11-24–…", "李喆 025-84421234")


def test_people_are_forgotten_also_where_the_permit_has_no_end(work, chen, at):
    pack = EntryPack(order=work, people="王磊，身份证 3201…1234", escort_name="值班员")
    permits.save(pack=pack, by=chen, at=at)
    assert not packs_before(at + 400 * DAY)

    orders.close(order=work, by=chen, at=at)
    assert not packs_before(at) and list(packs_before(at + DAY)) == [pack]
    assert blank(packs=packs_before(at + DAY)) == 1 and not packs_before(at + DAY)


def test_who_reads_it(client, house, chen, wang, zhao):
    visit = visits.proposed(chen, timezone.now(), wang.engineer)
    address = f"/orders/{visit.order.number}/entry-pack/"
    for person, status in ((wang, 200), (zhao, 404)):
        client.force_login(person)
        assert client.get(address).status_code == status
        assert client.get(f"{address}edit/").status_code == 404
