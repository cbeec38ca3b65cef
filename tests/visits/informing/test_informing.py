"""The customer hears of a delay, of another engineer and of another time from us, beforehand; who said so, when and how stands there."""

import datetime

import pytest

from conduct.base.errors import DomainError
from conduct.notices.models import Notice
from conduct.trail.models import Event
from tests.factories import visits
from visits.informing import actions
from visits.informing.models import CustomerNotice
from visits.informing.queries import untold
from visits.schedule import shifting

HOUR = datetime.timedelta(hours=1)
NOT_TOLD = "尚未告知客户"


def late(visit, at, hours=1, reason="高速封路"):
    return visits.enter(visit, "delay_notice", {"new_time": visits.iso(visit.planned_start + hours * HOUR), "reason": reason}, at)


def call(notice, by, at, outcome="told", **facts):
    told = {"told_at": at, "told_to": "李喆", "told_how": "电话"}
    actions.note(notice=notice, outcome=outcome, by=by, at=at, **(told | facts))


def move(visit, by, at, engineer=None, hours=1):
    start = visit.planned_start + hours * HOUR
    return shifting.shift(
        visit=visit, engineer=engineer or visit.engineer, planned_start=start, planned_end=start + 2 * HOUR,
        plan_version=visit.plan_version, reason="王磊临时抢修", by=by, at=at,
    )  # fmt: skip


def test_a_notice_of_delay_reaches_the_dispatcher_and_chen_notes_whom_she_told(client, confirmed, chen, wang, at):
    late(confirmed, at)
    notice = confirmed.customer_notices.get()
    heard = Notice.objects.get(to=chen, code="visit.delayed")
    assert "高速封路" in heard.sentence and "13:00" in heard.sentence
    client.force_login(chen)
    page = f"{confirmed.get_absolute_url()}customer-notices/{notice.number}/"
    assert all(NOT_TOLD in client.get(place).content.decode() for place in ("/", confirmed.get_absolute_url(), "/board/?day=2026-11-24"))

    told = {"outcome": "told", "told_at": "2026-11-24T09:50", "told_how": "电话"}
    refused = client.post(page, told)
    assert refused.status_code == 422 and "请写明告知的是谁" in refused.content.decode() and 'value="2026-11-24T09:50"' in refused.content.decode()
    client.post(page, {**told, "outcome": "not_reached"})
    assert "未联系上" in client.get("/").content.decode()
    client.post(page, {**told, "told_to": "李喆主任"})

    shown = client.get(confirmed.get_absolute_url()).content.decode()
    assert "李喆主任" in shown and NOT_TOLD not in shown and NOT_TOLD not in client.get("/").content.decode()
    assert client.get(page).status_code == 302
    client.force_login(wang)
    assert "李喆主任" in client.get(confirmed.get_absolute_url()).content.decode() and client.post(page, told).status_code == 404


def test_only_the_last_notice_of_delay_is_to_be_told(confirmed, chen, at):
    first = late(confirmed, at)
    second = late(confirmed, at, hours=2)
    assert [row.entry for row in untold(chen)] == [second.pk]

    visits.enter(confirmed, "withdraw", {}, at, corrects=second.pk)
    assert not untold(chen) and CustomerNotice.objects.get(entry=first.pk).state == "replaced"


def test_who_moves_a_confirmed_visit_owes_the_customer_a_word_and_a_remedy(client, confirmed, chen, zhao, at):
    following = move(confirmed, chen, at, zhao.engineer)
    notice = following.customer_notices.get()
    assert (notice.cause, notice.reason) == ("change", "王磊临时抢修")
    client.force_login(chen)
    assert all(NOT_TOLD in client.get(place).content.decode() for place in ("/", following.get_absolute_url(), "/board/?day=2026-11-24"))

    with pytest.raises(DomainError) as refused:
        call(notice, chen, at)
    assert refused.value.field == "remedy"
    call(notice, chen, at, remedy="改派同样熟悉该设备的工程师，免收上门费")

    shown = client.get(following.get_absolute_url()).content.decode()
    assert "免收上门费" in shown and NOT_TOLD not in shown
    assert Event.objects.filter(verb="visit.customer_told", subject=following.number).get().data["how"] == "电话"


def test_what_was_told_and_then_changed_once_more_is_told_once_more(confirmed, chen, zhao, at):
    following = move(confirmed, chen, at, zhao.engineer)
    call(following.customer_notices.get(), chen, at, remedy="无，客户同意")
    assert not untold(chen)

    assert move(following, chen, at, zhao.engineer, hours=2) == following
    assert [row.visit for row in untold(chen)] == [following]
    assert list(following.customer_notices.values_list("state", flat=True)) == ["told", "open"]


def test_a_plan_that_was_never_agreed_owes_nobody_a_word(proposed, chen, at):
    move(proposed, chen, at)
    assert not CustomerNotice.objects.exists()


def test_a_call_is_not_noted_before_it_is_made(confirmed, chen, at):
    late(confirmed, at)
    with pytest.raises(DomainError) as refused:
        call(confirmed.customer_notices.get(), chen, at, told_at=at + HOUR)
    assert refused.value.field == "told_at"
