"""What the software sees on visits, and what becomes of it: once a visit and rule, a proposal where judgement is needed."""

import datetime

import pytest
from django.utils import timezone

from conduct.base.ids import uuid7
from conduct.notices.models import Notice
from conduct.rules.models import Rule
from conduct.violations import actions as violations
from conduct.violations.models import Violation
from tests.factories import visits
from tests.factories.visits import HOUR, iso
from visits.breaches import actions
from visits.breaches.models import VisitViolation, Watch
from visits.records import actions as records
from visits.schedule import actions as schedule
from visits.signoff import actions as signoff

MINUTE = datetime.timedelta(minutes=1)
WECHAT = "之后加我微信 wxid_wang2026，随时找我"


def play(chen, at, engineer, *, late=0, notice=False, brought=0 * HOUR, visit=None):
    """A visit with an arrival `late` minutes after the plan, signed at once and received `brought` later."""
    visit = visit or visits.confirmed(chen, at, engineer)
    visits.answer_all(visit, "set_out", at)
    if notice:
        new_time = visit.planned_start + late * MINUTE
        visits.enter(visit, "delay_notice", {"new_time": iso(new_time), "reason": "堵车"}, visit.planned_start - MINUTE)
    came = visit.planned_start + late * MINUTE
    visits.enter(visit, "arrived", {"arrived_at": iso(came)}, came)
    visits.answer_all(visit, "work", came)
    for item in visit.scope.all():
        visits.enter(visit, "result", {"scope_item": item.position, "result": "done", "action": "已更换"}, came)
    visits.answer_all(visit, "finish", came + HOUR)
    visits.enter(visit, "departed", {"departed_at": iso(came + HOUR)}, came + HOUR)
    visits.answer_all(visit, "sign", came + HOUR)
    signed = came + HOUR
    package = visits.package(visit, signed)
    signoff.receive(visit=visit, package_id=uuid7(signed), package=package, by=engineer.staff, at=signed + brought)
    visit.refresh_from_db()
    return visit


def look(at):
    return actions.look(at=at + 48 * HOUR)


@pytest.fixture
def watching(house, at):
    """The last look was just before the story begins."""
    Watch.objects.create(pk=1, read_until=at)


def test_who_is_on_time_has_nothing_to_answer_for(watching, chen, wang, at):
    play(chen, at, wang.engineer, late=10)
    assert look(at) == 0 and not Violation.objects.exists()


def test_late_without_notice_is_raised_by_itself(watching, chen, wang, at):
    visit = play(chen, at, wang.engineer, late=40)

    assert look(at) == 1
    violation = Violation.objects.get()
    assert (violation.rule.code, violation.state, violation.raised_by) == ("arrive.late_notice", "raised", None)
    assert (violation.reference, violation.engineer) == (visit.number, wang.engineer)
    assert violation.what == "计划 2026-11-24 12:00 到达，实际 2026-11-24 12:40 到达，总部未收到延误通知。"
    assert Notice.objects.filter(to=wang, code="violation.raised").exists()


def test_many_events_of_one_moment_hold_up_none_after_them(watching, chen, wang, at, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    monkeypatch.setattr(actions, "OVERLAP", 48 * HOUR)
    first = play(chen, at, wang.engineer)
    again = visits.confirmed(chen, at + 6 * HOUR, wang.engineer, work=visits.order(chen, at, first.order.site))
    play(chen, at, wang.engineer, late=40, visit=again)

    assert sum(look(at) for _once in range(4)) == 1


def test_who_gave_notice_of_the_delay_has_nothing_to_answer_for(watching, chen, wang, at):
    play(chen, at, wang.engineer, late=40, notice=True)
    assert look(at) == 0


def test_who_comes_later_than_announced_is_looked_at(watching, chen, wang, at):
    visit = visits.confirmed(chen, at, wang.engineer)
    told = {"new_time": iso(visit.planned_start + 20 * MINUTE), "reason": "堵车"}
    visits.enter(visit, "delay_notice", told, visit.planned_start - MINUTE)
    play(chen, at, wang.engineer, late=90, visit=visit)

    look(at)

    violation = Violation.objects.get()
    assert (violation.sight, violation.state) == ("late_told", "proposed") and "12:20" in violation.what


def test_nobody_came_is_looked_at(watching, chen, wang, at):
    visit = visits.confirmed(chen, at, wang.engineer)
    schedule.mark_missed(visit=visit, by=chen, at=visit.planned_end)

    look(at)

    assert [(row.rule.code, row.sight, row.state) for row in Violation.objects.all()] == [("arrive.on_time", "missed", "proposed")]


def test_who_went_on_without_answering_a_gate_is_looked_at(watching, chen, wang, at):
    visit = visits.confirmed(chen, at, wang.engineer)
    without_network(visit, "step", {"step": "set_out"}, at + HOUR)

    assert look(at) == 1
    violation = Violation.objects.get()
    asked = violation.facts["rules"].split(", ")
    assert (violation.sight, violation.state, violation.rule.code) == ("skipped", "proposed", asked[0])
    assert Rule.objects.filter(code=asked[0], before="set_out").exists() and len(asked) > 1


def test_whoever_was_there_before_loses_no_fee_of_the_visit(watching, chen, wang, zhao, at):
    visit = visits.on_site(chen, at, zhao.engineer)
    about = actions.about_visit(visit, wang.engineer, at.date(), at)
    own = actions.about_visit(visit, zhao.engineer, at.date(), at)
    assert (about["has_fee"], own["has_fee"], own["is_contractor"]) == (False, True, True)


def test_it_is_seen_once_however_often_one_looks(watching, chen, wang, at):
    play(chen, at, wang.engineer, late=40)
    assert [look(at), look(at), actions.look(at=at + 49 * HOUR)] == [1, 0, 0]


def test_what_was_dropped_does_not_come_back(watching, chen, wang, techmgr_qian, at):
    play(chen, at, wang.engineer, late=40)
    look(at)
    violations.withdraw(violation=Violation.objects.get(), reason="客户改了时间", by=techmgr_qian, at=at + 48 * HOUR)

    Watch.objects.update(read_until=at)

    assert look(at) == 0 and VisitViolation.objects.count() == 1


def test_what_a_person_registered_before_is_not_seen_again(watching, chen, wang, at):
    visit = play(chen, at, wang.engineer, late=40)
    rule = Rule.objects.get(code="arrive.late_notice")
    actions.raise_for_visit(visit=visit, rule=rule, text="迟到", by=chen, at=at + 10 * HOUR)

    assert look(at) == 0 and VisitViolation.objects.get().is_seen is False


def test_where_the_plan_was_another_one_a_person_looks_first(watching, chen, wang, techmgr_qian, at):
    visit = play(chen, at, wang.engineer, late=40)
    visit.entries.filter(kind="arrived").update(plan_version=0)

    look(at)

    assert Violation.objects.get().state == "proposed" and not Notice.objects.filter(to=wang, code="violation.raised").exists()


def test_what_was_signed_and_not_brought_within_a_day_is_proposed(watching, chen, wang, at):
    play(chen, at, wang.engineer, brought=25 * HOUR)

    look(at)

    assert [(row.rule.code, row.sight, row.state) for row in Violation.objects.all()] == [
        ("after.sent_to_hq", "delivery", "proposed")
    ]


def test_within_a_day_it_is_in_time(watching, chen, wang, at):
    play(chen, at, wang.engineer, brought=23 * HOUR)
    assert look(at) == 0


def without_network(visit, kind, payload, at):
    records.add_entry(
        visit=visit, entry_id=uuid7(at), kind=kind, payload=payload, device_at=at.isoformat(timespec="seconds"), live=False,
        by=visit.engineer.staff, at=at,
    )  # fmt: skip


def test_a_private_contact_that_was_set_aside_is_proposed(watching, chen, wang, at):
    visit = visits.on_site(chen, at, wang.engineer)
    for _time in range(2):
        without_network(visit, "request", {"text": WECHAT}, at + 3 * HOUR)

    assert look(at) == 1
    violation = Violation.objects.get()
    assert (violation.rule.code, violation.state) == ("work.no_private_contact", "proposed")
    assert "wxid_wang2026" in violation.what


def test_a_note_that_only_headquarters_reads_may_hold_a_number(watching, chen, wang, at):
    visit = visits.on_site(chen, at, wang.engineer)
    without_network(visit, "note", {"text": WECHAT, "for_customer": False}, at + 3 * HOUR)
    assert look(at) == 0


def test_a_private_contact_on_the_live_page_is_refused_and_proposed(client, watching, chen, wang, at):
    visit = visits.on_site(chen, at, wang.engineer)
    client.force_login(wang)
    body = {"id": str(uuid7(at)), "kind": "request", "payload": {"text": WECHAT}, "device_at": at.isoformat(timespec="seconds")}

    assert client.post(f"/api/v1/visits/{visit.number}/entries/", body, content_type="application/json").status_code == 422

    Watch.objects.update(read_until=timezone.now() - HOUR)
    actions.look(at=timezone.now())
    assert "wxid_wang2026" in Violation.objects.get(sight="contact").what


def test_a_result_outside_of_the_plan_is_proposed(watching, chen, wang, at):
    visit = visits.on_site(chen, at, wang.engineer)
    without_network(visit, "result", {"scope_item": 7, "result": "done", "action": "顺便重装系统"}, at + 3 * HOUR)

    look(at)

    assert (Violation.objects.get().rule.code, Violation.objects.get().facts) == ("work.scope_only", {"item": 7})


def test_a_result_of_an_older_plan_is_nobodys_breach(watching, chen, wang, at):
    visit = visits.on_site(chen, at, wang.engineer)
    type(visit).objects.filter(pk=visit.pk).update(plan_version=2)
    records.add_entry(
        visit=visit, entry_id=uuid7(at), kind="result", payload={"scope_item": 7, "result": "done", "action": "x"}, plan_version=1,
        device_at=(at + 3 * HOUR).isoformat(timespec="seconds"), live=False, by=wang, at=at + 3 * HOUR,
    )  # fmt: skip
    assert look(at) == 0


@pytest.mark.parametrize(("name", "seen"), [("钱锋", 0), ("老王", 1), ("陈静", 0)])
def test_a_gate_allowed_by_nobody_of_headquarters_is_proposed(watching, chen, wang, techmgr_qian, at, name, seen):
    visit = visits.confirmed(chen, at, wang.engineer)
    allowed = {"allowed_name": name, "allowed_at": iso(at), "allowed_how": "电话", "allowed_why": "来不及"}
    visits.enter(visit, "answer", {"rule_code": "prepare.scope_read", "answer": "allowed_by", **allowed}, at)

    assert look(at) == seen
    assert [(row.rule.code, row.state) for row in Violation.objects.all()] == [("prepare.scope_read", "proposed")] * seen


def test_looking_where_nothing_happened_costs_little(watching, at, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        actions.look(at=at + HOUR)
