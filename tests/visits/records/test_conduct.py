"""Rules that the record itself keeps: agreed before it is real, two clocks, no denial, and what the customer signs."""

import datetime

import pytest

from tests.factories import visits
from tests.people import SHANGHAI
from visits.escalations import actions as escalations
from visits.papers.models import Paper
from visits.papers.queries import input_of
from visits.papers.render import html_of
from visits.records.actions import Refused
from visits.records.bundle import bundle_of
from visits.records.clock_words import DOUBTS
from visits.records.finding import differs
from visits.records.queries import record_of
from visits.signoff import actions as signoff

HOUR, MINUTE = datetime.timedelta(hours=1), datetime.timedelta(minutes=1)
FOUND = {"scope_item": 1, "result": "done", "cause": "机房温度过高", "action": "更换电源模块并清理风道"}


def test_a_visit_counts_and_has_its_record_once_its_engineer_has_agreed(client, proposed, chen, wang, at, stopped_clock):
    client.force_login(chen)
    assert client.post(f"/visits/{proposed.number}/confirm/", {"plan_version": 1}).status_code == 404, "headquarters cannot agree for him"
    client.force_login(wang)
    assert client.get(f"/visits/{proposed.number}/record/").status_code == 404
    with pytest.raises(Refused):
        visits.enter(proposed, "step", {"step": "set_out"}, at)

    client.post(f"/visits/{proposed.number}/confirm/", {"plan_version": 1})

    assert client.get(f"/visits/{proposed.number}/record/").status_code == 200
    visits.answer_all(proposed, "set_out", at)
    visits.enter(proposed, "step", {"step": "set_out"}, at)
    assert proposed.record_number == "VR-2026-000001"


def test_an_arrival_bears_both_clocks_and_headquarters_sees_where_they_differ(client, confirmed, chen, at):
    visits.answer_all(confirmed, "set_out", at)
    now = confirmed.planned_start
    clocks = {"device_offset_minutes": 480, "clock_offset_ms": 600_000}
    arrived = visits.enter(confirmed, "arrived", {"arrived_at": visits.iso(now)}, now, clock=clocks)
    assert (arrived.device_at, arrived.received_at, arrived.clock_offset_ms) == (now, now, 600_000)
    client.force_login(chen)
    assert str(DOUBTS["behind"]) in client.get(confirmed.get_absolute_url()).content.decode()


def test_another_cause_than_headquarters_is_put_to_it_first(on_site, online_wu, at):
    now = on_site.planned_start + HOUR
    visits.answer_all(on_site, "work", now)
    with pytest.raises(Refused) as refused:
        visits.enter(on_site, "result", FOUND, now)
    assert "电源老化" in refused.value.fields["cause"][0]
    visits.enter(on_site, "result", FOUND | {"cause": ""}, now)
    visits.enter(on_site, "question", {"question_kind": "technical", "text": "进风口堵塞，判断为温度过高，与记录所列原因不同"}, now)
    with pytest.raises(Refused):
        visits.enter(on_site, "result", FOUND, now)
    escalations.answer(question=on_site.site_questions.get(), answer="同意，按温度过高填写", by=online_wu, at=now)

    visits.enter(on_site, "result", FOUND, now + MINUTE)

    assert record_of(on_site).facts["results"]["1"]["cause"] == "机房温度过高"


@pytest.mark.parametrize(
    ("found", "stated", "other"),
    [
        ("", "电源老化", False), ("温度过高", "", False), ("电源老化。", "电源 老化", False), ("电源老化，电容鼓包", "电源老化", False),
        ("电源", "电源老化", False), ("Power supply aged", "power supply aged", False), ("温度过高", "电源老化", True),
    ],
)  # fmt: skip
def test_more_of_the_same_is_no_denial(found, stated, other):
    assert differs(found, stated) is other


def test_what_the_customer_signs_holds_times_parts_and_opinion(client, on_site, chen, wang, at):
    now = on_site.planned_start + HOUR
    visits.answer_all(on_site, "work", now)
    part = {"name": "电源模块", "old_serial": "PW-1180", "new_serial": "PW-9921", "quantity": 1, "stock_left": 3}
    noted = visits.enter(on_site, "part", part, now)
    for item in on_site.scope.all():
        visits.enter(on_site, "result", {"scope_item": item.position, "result": "done", "action": "已更换并测试"}, now)
    visits.answer_all(on_site, "finish", now)
    visits.enter(on_site, "departed", {"departed_at": visits.iso(now.astimezone(SHANGHAI))}, now)
    visits.answer_all(on_site, "sign", now)
    package = visits.package(on_site, now + MINUTE, comment="希望每季度巡检一次")
    sign_off, _new = signoff.receive(visit=on_site, package_id=visits.uuid7(now), package=package, by=wang, at=now + MINUTE)

    assert sign_off.marks == [] and sign_off.statement["parts"] == [part]
    assert (sign_off.statement["arrived_at"], sign_off.statement["departed_at"]) == ("2026-11-24T04:00+00:00", "2026-11-24T13:00+08:00")
    html = html_of(input_of(Paper.objects.get(sign_off=sign_off)))
    for words in ("2026-11-24 13:00", "PW-1180", "PW-9921", "希望每季度巡检一次"):
        assert words in html, words
    client.force_login(chen)
    page = client.get(on_site.get_absolute_url()).content.decode()
    assert "希望每季度巡检一次" in page and "PW-1180" in page and f"11-24 13:0{noted.received_at.minute}" in page


def test_a_rule_stands_above_the_form_that_it_is_about(on_site, at):
    here = bundle_of(on_site, at=at)["rules_here"]
    assert here["above"]["left_site"] == ["中途离开须经上级与客户主管同意"] and "attendee" not in here["above"]
    assert len(here["working"]) > 5 and "不在公共场合评价客户" in here["working"]
