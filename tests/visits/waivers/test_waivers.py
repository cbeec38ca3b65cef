"""An item that cannot be delivered: what the engineer says was agreed, and what the technical manager says to it."""

import datetime

import pytest

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.notices.models import Notice
from tests.factories import visits
from visits.followup.queries import lacking_before_archive
from visits.records.bundle import bundle_of
from visits.waivers import actions
from visits.waivers.states import TRANSITIONS, WaiverState

HOUR = datetime.timedelta(hours=1)
W = WaiverState


@pytest.mark.parametrize(
    ("here", "to"),
    [
        (W.WAITING, {W.CONFIRMED, W.CONTESTED, W.DROPPED}), (W.CONFIRMED, {W.WAITING, W.DROPPED}),
        (W.CONTESTED, {W.WAITING, W.DROPPED}), (W.DROPPED, {W.WAITING}),
    ],
)  # fmt: skip
def test_how_it_moves(here, to):
    assert TRANSITIONS[here] == to


@pytest.fixture
def claimed(house, chen, wang, techmgr_qian, at):
    """Wang, on site, notes that Qian agreed on the telephone."""
    return visits.not_delivered(visits.on_site(chen, at, wang.engineer), at + HOUR).waivers.get()


def told(person):
    return list(Notice.objects.filter(to=person, code__startswith="waiver.").order_by("pk").values_list("code", flat=True))


def test_what_was_agreed_on_the_telephone_waits_for_the_technical_manager(claimed, techmgr_qian, chen):
    assert (claimed.state, claimed.position, claimed.entry.payload["confirmed_name"]) == ("waiting", 1, "钱锋")
    assert claimed.number == "NC-2026-000001"
    assert told(techmgr_qian) == ["waiver.claimed"] and told(chen) == []
    assert lacking_before_archive(claimed.visit).count("waiver") == 1


def test_qian_confirms_and_engineer_and_dispatcher_are_told(client, claimed, techmgr_qian, wang, chen):
    client.force_login(techmgr_qian)
    page = client.get(claimed.get_absolute_url()).content.decode()
    assert "缺少备件" in page and "电话" in page and "服务内容: 1. 更换电源模块" in page
    assert "更换电源模块" in client.get("/waivers/").content.decode()

    client.post(claimed.get_absolute_url(), {"to": "confirmed", "decision": ""})

    claimed.refresh_from_db()
    assert (claimed.state, claimed.decided_by) == ("confirmed", techmgr_qian)
    assert told(wang) == ["waiver.confirmed"] == told(chen)
    assert "waiver" not in lacking_before_archive(claimed.visit)


def test_whoever_does_not_confirm_says_what_is_to_be_done(client, claimed, techmgr_qian, wang):
    client.force_login(techmgr_qian)
    page = client.post(claimed.get_absolute_url(), {"to": "contested", "decision": " "})
    assert page.status_code == 422 and "decision" in page.context["form"].errors

    assert bundle_of(claimed.visit, at=claimed.raised_at)["waivers"] == {"1": {"state": "waiting", "decision": "", "decided_by": ""}}
    client.post(claimed.get_absolute_url(), {"to": "contested", "decision": "备件已寄出，周五再去一次"})

    claimed.refresh_from_db()
    said = bundle_of(claimed.visit, at=claimed.raised_at)["waivers"]["1"]
    assert (said["state"], said["decision"], said["decided_by"]) == ("contested", "备件已寄出，周五再去一次", "钱锋")
    assert claimed.state == "contested" and told(wang) == ["waiver.contested"]
    assert "周五再去一次" in client.get(claimed.visit.get_absolute_url()).content.decode()


def test_the_second_of_two_managers_is_told_who_was_faster(claimed, techmgr_qian, at):
    actions.decide(waiver=claimed, to=W.CONFIRMED, by=techmgr_qian, at=at)
    late = type(claimed).objects.get(pk=claimed.pk)
    late.state = W.WAITING
    with pytest.raises(ForbiddenMove):
        actions.decide(waiver=late, to=W.CONTESTED, decision="不同意", by=techmgr_qian, at=at)


def test_noted_again_it_is_asked_again(claimed, techmgr_qian, at):
    actions.decide(waiver=claimed, to=W.CONTESTED, decision="不同意", by=techmgr_qian, at=at)
    visits.not_delivered(claimed.visit, at + 2 * HOUR, who="孙敏")
    claimed.refresh_from_db()
    assert (claimed.state, claimed.decision, claimed.decided_by) == ("waiting", "", None)
    assert claimed.entry.payload["confirmed_name"] == "孙敏"


def test_done_after_all_leaves_nothing_to_confirm(claimed, at):
    done = {"scope_item": 1, "result": "done", "action": "备件送到，已更换"}
    visits.enter(claimed.visit, "result", done, at + 2 * HOUR)
    claimed.refresh_from_db()
    assert claimed.state == "dropped" and "waiver" not in lacking_before_archive(claimed.visit)


def test_a_contested_one_without_a_word_is_refused(claimed, techmgr_qian, at):
    with pytest.raises(DomainError):
        actions.decide(waiver=claimed, to=W.CONTESTED, decision="", by=techmgr_qian, at=at)


def test_a_dispatcher_reads_it_and_cannot_decide(client, claimed, chen):
    client.force_login(chen)
    assert client.get(claimed.get_absolute_url()).context["form"] is None
    assert client.post(claimed.get_absolute_url(), {"to": "confirmed"}).status_code == 404
    claimed.refresh_from_db()
    assert claimed.state == "waiting"
