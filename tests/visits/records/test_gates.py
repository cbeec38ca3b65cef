"""A gate stops its step and says which rule and why."""

import pytest

from conduct.base.errors import DomainError
from conduct.checklists.models import Answer
from conduct.checklists.queries import all_questions
from tests.factories import visits
from visits.records.actions import Refused
from visits.records.judging import checklist_of
from visits.records.queries import lacking_before_sign
from visits.signoff import actions as signoff
from visits.signoff.queries import statement_like


def test_setting_out_waits_for_its_rules(confirmed, at):
    with pytest.raises(Refused) as refusal:
        visits.enter(confirmed, "step", {"step": "set_out"}, at)
    assert "prepare.identity" in [rule.code for rule in refusal.value.rules]


def test_one_no_on_a_gate_still_stops(confirmed, at):
    visits.answer_all(confirmed, "set_out", at)
    visits.enter(confirmed, "answer", {"rule_code": "prepare.virus_scan", "answer": "no", "note": "没有软件"}, at)

    with pytest.raises(Refused) as refusal:
        visits.enter(confirmed, "step", {"step": "set_out"}, at)
    assert [rule.code for rule in refusal.value.rules] == ["prepare.virus_scan"]


def test_a_check_waits_for_an_answer_and_a_no_is_reported(client, confirmed, techmgr_qian, at):
    for question in all_questions(checklist_of(confirmed, at=at))["set_out"]:
        if question.rule.code != "prepare.dress":
            visits.enter(confirmed, "answer", {"rule_code": question.rule.code, "answer": "yes", "note": "已确认"}, at)
    with pytest.raises(Refused) as refusal:
        visits.enter(confirmed, "step", {"step": "set_out"}, at)
    assert [rule.code for rule in refusal.value.rules] == ["prepare.dress"]
    no = {"rule_code": "prepare.dress", "answer": "no"}
    with pytest.raises(Refused) as refusal:
        visits.enter(confirmed, "answer", no, at)
    assert "note" in refusal.value.fields, "a no needs a note"

    visits.enter(confirmed, "answer", no | {"note": "直接从上一现场赶来，工装已湿"}, at)
    visits.enter(confirmed, "step", {"step": "set_out"}, at)

    client.force_login(techmgr_qian)
    assert "工装已湿" in client.get("/checklists/").content.decode()


def test_headquarters_may_allow_an_exception_and_it_is_reported(confirmed, at):
    visits.answer_all(confirmed, "set_out", at)
    allowed = {"allowed_name": "钱锋", "allowed_at": visits.iso(at), "allowed_how": "电话", "allowed_why": "无存储介质检测工具"}
    visits.enter(confirmed, "answer", {"rule_code": "prepare.virus_scan", "answer": "allowed_by", **allowed}, at)

    visits.enter(confirmed, "step", {"step": "set_out"}, at)

    assert Answer.objects.get(is_reported=True, is_current=True).allowed_name == "钱锋"


def test_machine_room_rules_are_asked_of_machine_room_visits_only(house, chen, wang, zhao, at, client):
    plain = visits.confirmed(chen, at, wang.engineer)
    work = visits.order(chen, at, place=plain.order.site, traits=["machine_room"])
    room = visits.confirmed(chen, at, zhao.engineer, work=work)
    steps = {}
    for visit, person in ((plain, wang), (room, zhao)):
        client.force_login(person)
        steps[visit.pk] = client.get(f"/api/v1/visits/{visit.number}/bundle/").json()["checklist"].keys()

    assert "enter_room" not in steps[plain.pk]
    assert {"enter_room", "operate", "leave_room"} <= steps[room.pk]


def test_a_machine_room_that_nobody_entered_is_not_signed_without_the_consent_or_a_reason(house, chen, wang, at):
    visit = visits.finished(chen, at, wang.engineer, work=visits.order(chen, at, traits=["machine_room"]))
    now = visit.planned_start + visits.HOUR
    assert [rule.code for rule in lacking_before_sign(visit)[1]] == ["room.consent"]
    visits.enter(visit, "answer", {"rule_code": "room.consent", "answer": "no", "note": "主管不在"}, now)
    with pytest.raises(DomainError):
        signoff.hand_over(visit=visit, by=wang, at=now)

    visits.enter(visit, "answer", {"rule_code": "room.consent", "answer": "not_applicable", "note": "在控制台远程处理，未进机房"}, now)

    signoff.hand_over(visit=visit, by=wang, at=now)
    statement = statement_like(visit, {"language": "zh-hans", "nonce": "n", "version": 1, "previous_sha256": None})
    assert "在控制台远程处理，未进机房" in str(statement["checklist"])
