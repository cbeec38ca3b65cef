"""A new need outside of the scope: asked or decided by telephone on site, decided at headquarters, signed by the customer."""

import datetime

import pytest

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.notices.models import Notice
from tests.factories import visits
from visits.escalations import scope_changes
from visits.escalations.states import TRANSITIONS, ScopeState
from visits.followup.queries import lacking_before_archive
from visits.orders.models import WorkOrder
from visits.records.actions import Refused
from visits.records.bundle import bundle_of
from visits.records.models import Entry
from visits.signoff.queries import statement_like

HOUR = datetime.timedelta(hours=1)
S = ScopeState
DECIDED = {S.DO_NOW, S.NEW_ORDER, S.REFUSED}
ASKED = {"text": "给备用交换机划分 VLAN"}
DONE = {"scope_item": 3, "result": "done", "action": "已划分并测试"}


def told(at, decision="do_now", **facts):
    return ASKED | {"decision": decision, "decided_name": "钱锋", "decided_at": visits.iso(at), "decided_how": "电话", "position": 3} | facts


def notices(person):
    return list(Notice.objects.filter(to=person, code__startswith="scope_change.").values_list("code", flat=True))


@pytest.mark.parametrize(("here", "to"), [(S.WAITING, DECIDED), (S.CLAIMED, DECIDED), *((state, set()) for state in sorted(DECIDED))])
def test_how_it_moves(here, to):
    assert TRANSITIONS[here] == to


@pytest.fixture
def asked(techmgr_qian, on_site, at):
    visits.enter(on_site, "new_need", ASKED, at + 3 * HOUR)
    return on_site.scope_changes.get()


@pytest.fixture
def claimed(on_site, at):
    visits.enter(on_site, "new_need", told(at), at + 3 * HOUR)
    return on_site.scope_changes.get()


def decide(client, change, decision, **facts):
    said = {"decision": decision, "called": "与李主任通电话 11:20", "reason": ""} | facts
    return client.post(change.get_absolute_url(), said)


def test_headquarters_says_do_it_now_and_the_customer_signs_a_new_item(client, asked, chen, wang, techmgr_qian, at):
    visit = asked.visit
    assert notices(chen) == ["scope_change.asked"] == notices(techmgr_qian)
    assert "scope" in lacking_before_archive(visit)

    client.force_login(chen)
    assert decide(client, asked, "do_now").status_code == 302

    bundle = bundle_of(visit, at=at)
    assert bundle["scope"][-1] == {"position": 3, "text": ASKED["text"]} and bundle["unsettled"] == [1, 2, 3]
    assert (bundle["scope_changes"][0]["decided_by"], bundle["scope_changes"][0]["called"]) == ("陈静", "与李主任通电话 11:20")
    assert notices(wang) == ["scope_change.do_now"] and "scope" not in lacking_before_archive(visit)
    visits.answer_all(visit, "work", at + 3 * HOUR)
    visits.enter(visit, "result", DONE, at + 3 * HOUR)
    signed = statement_like(visit, {"language": "zh-hans", "nonce": "n", "version": 1, "previous_sha256": None})
    assert (signed["scope"][2]["text"], signed["scope"][2]["result"]) == (ASKED["text"], "done")


def test_a_new_order_is_drafted_and_linked(client, asked, chen):
    client.force_login(chen)
    decide(client, asked, "new_order")

    asked.refresh_from_db()
    order = asked.order
    assert (order.state, order.site, order.scope.get().text) == ("draft", asked.visit.order.site, ASKED["text"])
    assert order.number in client.get(asked.get_absolute_url()).content.decode()
    assert asked.visit.scope.count() == 2


def test_a_refusal_needs_its_reason_and_the_engineer_reads_it(client, asked, chen, at):
    client.force_login(chen)
    page = decide(client, asked, "refused")
    assert page.status_code == 422 and "reason" in page.context["form"].errors and "与李主任" in page.content.decode()

    decide(client, asked, "refused", reason="合同不含网络规划，请客户联系销售")

    row = bundle_of(asked.visit, at=at)["scope_changes"][0]
    assert (row["state"], row["reason"]) == ("refused", "合同不含网络规划，请客户联系销售")


def test_who_is_second_is_told(asked, chen, at):
    late = type(asked).objects.get(pk=asked.pk)
    scope_changes.decide(change=asked, decision="do_now", called="电话", by=chen, at=at)
    with pytest.raises(ForbiddenMove):
        scope_changes.decide(change=late, decision="refused", called="电话", reason="不做", by=chen, at=at)
    assert WorkOrder.objects.count() == 1 and asked.visit.scope.count() == 3


def test_decided_by_telephone_it_is_an_item_at_once_and_waits_to_be_confirmed(client, claimed, techmgr_qian, at):
    visit = claimed.visit
    assert (claimed.state, claimed.item.position) == ("claimed", 3)
    assert [row["position"] for row in bundle_of(visit, at=at)["scope"]] == [1, 2, 3]
    assert "scope" in lacking_before_archive(visit)

    client.force_login(techmgr_qian)
    page = client.get(claimed.get_absolute_url()).content.decode()
    assert "钱锋" in page and "电话" in page
    decide(client, claimed, "do_now")

    claimed.refresh_from_db()
    assert (claimed.state, claimed.is_contested) == ("do_now", False) and visit.scope.count() == 3


def test_headquarters_did_not_say_so_and_the_item_goes_again(client, claimed, chen, at):
    client.force_login(chen)
    decide(client, claimed, "refused", reason="无人同意过")

    claimed.refresh_from_db()
    assert claimed.is_contested and claimed.visit.scope.count() == 2
    assert "与电话中所说不一致" in client.get(claimed.visit.get_absolute_url()).content.decode()


def test_what_is_done_already_stays_on_the_record_though_contested(claimed, chen, at):
    visits.answer_all(claimed.visit, "work", at + 3 * HOUR)
    visits.enter(claimed.visit, "result", DONE, at + 3 * HOUR)
    scope_changes.decide(change=claimed, decision="refused", called="电话", reason="无人同意过", by=chen, at=at)
    assert claimed.is_contested and claimed.visit.scope.filter(position=3).exists()


def test_half_a_telephone_decision_is_refused(on_site, at):
    with pytest.raises(Refused) as refused:
        visits.enter(on_site, "new_need", told(at, decided_name="", decided_how=""), at + 3 * HOUR)
    assert set(refused.value.fields) == {"decided_name", "decided_how"}


def test_headquarters_item_makes_room_for_the_number_that_the_laptop_gave(asked, chen, at):
    """Asked online, answered while the laptop has no network; then another need is decided by telephone."""
    scope_changes.decide(change=asked, decision="do_now", called="电话", by=chen, at=at)

    visits.enter(asked.visit, "new_need", told(at, text="更换风扇"), at + 3 * HOUR, live=False)

    assert list(asked.visit.scope.order_by("position").values_list("position", "text"))[2:] == [(3, "更换风扇"), (4, ASKED["text"])]


def test_a_number_that_is_something_else_by_now_is_set_aside(on_site, chen, at):
    on_site.order.scope.create(position=3, text="另一次上门的工作")
    kept = visits.enter(on_site, "new_need", told(at), at + 3 * HOUR, live=False)
    assert kept.state == Entry.State.SET_ASIDE and "3" in kept.why and not on_site.scope_changes.exists()


def test_after_signing_only_an_order_or_a_refusal_is_left(house, chen, wang, at):
    visit = visits.on_site(chen, at, wang.engineer)
    visits.enter(visit, "new_need", ASKED, at + 3 * HOUR)
    type(visit).objects.filter(pk=visit.pk).update(state="signed")
    change = visit.scope_changes.select_related("visit").get()
    with pytest.raises(DomainError) as refused:
        scope_changes.decide(change=change, decision="do_now", called="电话", by=chen, at=at)
    assert refused.value.field == "decision"


def test_an_engineer_reads_it_and_cannot_decide(client, asked, wang, zhao):
    client.force_login(wang)
    assert client.get(asked.get_absolute_url()).context["form"] is None
    assert decide(client, asked, "do_now").status_code == 404
    client.force_login(zhao)
    assert client.get(asked.get_absolute_url()).status_code == 404
