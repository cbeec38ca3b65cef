"""A change in production: asked for, prepared, approved by us, signed by the customer; only then, and in its window, begun."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from conduct.approvals.models import Approval
from conduct.base.errors import DomainError
from conduct.notices.models import Notice
from tests.factories import visits
from tests.factories.changes import FORM, HOUR, answer_gates, approved, begin, end, paper_on_site, picture
from tests.people import SHANGHAI
from visits.changes import actions
from visits.changes.models import ChangeApproval
from visits.changes.reminders import remind
from visits.changes.states import TRANSITIONS, ChangeState
from visits.followup.queries import lacking_before_archive
from visits.papers.view_model import lists
from visits.records.actions import Refused
from visits.records.models import Entry
from visits.schedule.actions import cancel
from visits.schedule.models import Visit
from visits.signoff.queries import statement_like

MINUTE = datetime.timedelta(minutes=1)
S = ChangeState


@pytest.mark.parametrize("state", S.values)
def test_nothing_leads_to_begun_but_both_signatures(state):
    assert (S.RUNNING in TRANSITIONS[state]) == (state == S.READY)
    assert TRANSITIONS[S.RUNNING] == {S.DONE, S.ROLLED_BACK, S.ACCEPTED}


def why(visit, kind, payload, at):
    with pytest.raises(Refused) as refused:
        visits.enter(visit, kind, payload, at)
    return refused.value.message


def test_from_the_draft_to_both_signatures_by_pages(client, visit, chen, techmgr_qian, wang):
    client.force_login(chen)
    client.post(f"/visits/{visit.number}/change/", FORM | {"steps": "", "duration_minutes": "60"})
    change = visit.change_approval
    page = client.get(change.get_absolute_url()).content.decode()
    assert "操作步骤" in page, "what is missing is named"
    asked = client.post(f"/changes/{change.number}/ask/", {"ask-approver": techmgr_qian.pk})
    assert asked.status_code == 422

    window = {"window_from": "2036-11-24T12:00", "window_to": "2036-11-24T15:00"}  # a page asks the real clock
    client.post(f"/changes/{change.number}/edit/", FORM | window)
    client.post(f"/changes/{change.number}/ask/", {"ask-approver": techmgr_qian.pk})
    assert client.get(f"/changes/{change.number}/edit/").status_code == 404, "what is asked does not change"
    client.force_login(techmgr_qian)
    client.post(reverse("approvals:decide", args=[Approval.objects.get(reference=change.number).number, "approve"]))
    client.force_login(chen)
    now = timezone.now().astimezone(SHANGHAI)
    signed = {"sign-signer_name": "李喆", "sign-signed_at": f"{now:%Y-%m-%dT%H:%M}", "sign-copy": picture()}
    assert client.post(f"/changes/{change.number}/sign/", signed).status_code == 302

    change.refresh_from_db()
    assert (change.state, change.approved_by, change.signer_name) == ("ready", techmgr_qian, "李喆")
    assert client.get(f"/changes/{change.number}/papers/signed/").status_code == 200
    assert Notice.objects.filter(to=wang, code="change.ready").exists()


def test_what_was_said_is_noted_as_asked_and_nothing_can_begin(visit, chen, now):
    visits.enter(visit, "change_request", {"text": "顺便把数据库升级了", "requested_name": "李喆"}, now)
    change = visit.change_approval
    assert (change.state, change.title) == ("draft", "顺便把数据库升级了")
    assert Notice.objects.filter(to=chen, code="change.requested").exists()
    assert "口头" in why(visit, "change_start", {"at": visits.iso(now)}, now)
    assert "审批单" in why(visit, "change_request", {"text": "再来一次", "requested_name": "李喆"}, now)


def test_our_approval_alone_is_not_enough(visit, chen, techmgr_qian, at, now):
    approved(visit, chen, techmgr_qian, at)
    assert "口头" in why(visit, "change_start", {"at": visits.iso(now)}, now)


def test_outside_of_its_window_it_is_locked(visit, ready, now):
    late = visit.planned_start + 3 * HOUR
    assert "时间窗" in why(visit, "change_start", {"at": visits.iso(late)}, late)
    assert "当时" in why(visit, "change_start", {"at": visits.iso(now)}, now + 20 * MINUTE)
    kept = visits.enter(visit, "change_start", {"at": visits.iso(late)}, late, live=False)
    assert kept.state == Entry.State.SET_ASIDE


def test_its_gates_are_asked_first_and_each_step_is_logged(client, visit, ready, techmgr_qian, now):
    assert "操作指导书" in why(visit, "change_start", {"at": visits.iso(now)}, now)
    begin(visit, now)
    assert "先说明" in why(visit, "departed", {"departed_at": visits.iso(now + HOUR)}, now + HOUR)
    for place in (1, 2, 3):
        moment = now + place * 5 * MINUTE
        visits.enter(visit, "change_step", {"runbook_step": place, "at": visits.iso(moment), "result": "done"}, moment)
    done = now + 30 * MINUTE
    assert "核对" in why(visit, "change_end", {"outcome": "passed", "at": visits.iso(done)}, done)
    answer_gates(visit, "end_change", done)
    end(visit, done, "passed")

    ready.refresh_from_db()
    assert (ready.state, ready.started_at, ready.ended_at) == ("done", now, done)
    client.force_login(techmgr_qian)
    page = client.get(ready.get_absolute_url()).content.decode()
    assert page.index("停止应用服务") < page.index("13:05</span> · 已完成") < page.index("升级数据库") < page.index("13:10</span> · 已完成")
    assert "2 · 已完成" in client.get(visit.get_absolute_url()).content.decode()
    statement = statement_like(visit, {"language": "zh-hans", "nonce": "n", "version": 1, "previous_sha256": None})
    assert statement["change"]["steps"] == 3
    assert "核心数据库升级到 14.9" in str(lists(statement)) and "review" not in lacking_before_archive(visit)


def test_who_has_not_answered_what_the_work_itself_asks_begins_no_change(house, chen, wang, techmgr_qian, at):
    work = visits.order(chen, at, traits=["production_change", "machine_room"])
    visit = visits.on_site(chen, at, wang.engineer, work=work)
    now = visit.planned_start + HOUR
    change = approved(visit, chen, techmgr_qian, at)
    actions.customer_signed(change=change, signer_name="李喆", signer_position="主任", signed_at=at, copy=picture(), by=chen, at=at)
    answer_gates(visit, "start_change", now, before=())
    assert "自我介绍" in why(visit, "change_start", {"at": visits.iso(now)}, now)
    visits.answer_all(visit, "work", now)
    assert "陪同" in why(visit, "change_start", {"at": visits.iso(now)}, now)
    begin(visit, now)
    change.refresh_from_db()
    assert change.state == "running"


def test_it_has_not_passed_while_a_step_has_no_word(visit, ready, now):
    begin(visit, now)
    answer_gates(visit, "end_change", now)
    for place, result in ((1, "done"), (2, "failed")):
        visits.enter(visit, "change_step", {"runbook_step": place, "at": visits.iso(now), "result": result}, now)
    assert "2, 3" in why(visit, "change_end", {"outcome": "passed", "at": visits.iso(now)}, now)
    left_out = {"runbook_step": 3, "at": visits.iso(now), "result": "skipped"}
    assert "不需要" in why(visit, "change_step", left_out, now)
    visits.enter(visit, "change_step", left_out | {"note": "应用随数据库自动启动"}, now)
    visits.enter(visit, "change_step", {"runbook_step": 2, "at": visits.iso(now), "result": "done"}, now)
    end(visit, now, "passed")
    ready.refresh_from_db()
    assert ready.state == "done"


def asked(client, visit, code):
    rows = client.get(f"/api/v1/visits/{visit.number}/bundle/").json()["checklist"]
    return next(row for questions in rows.values() for row in questions if row["code"] == code)


def test_the_form_itself_answers_the_rule_that_asks_for_it(client, visit, chen, wang, techmgr_qian, at, now):
    client.force_login(wang)
    assert not asked(client, visit, "change.form")["passes"]
    change = approved(visit, chen, techmgr_qian, at)
    assert not asked(client, visit, "change.form")["passes"], "our word alone shows nothing"
    actions.customer_signed(change=change, signer_name="李喆", signer_position="主任", signed_at=at, copy=picture(), by=chen, at=at)
    row = asked(client, visit, "change.form")
    assert (row["passes"], row["is_shown"], row["answer"], row["note"]) == (True, True, None, change.number)

    begin(visit, now)

    row = asked(client, visit, "change.form")
    assert (row["answer"], row["note"], row["is_shown"]) == ("yes", change.number, False)


def test_who_says_that_the_form_is_not_right_stops_the_change(visit, ready, now):
    answer_gates(visit, "start_change", now)
    visits.enter(visit, "answer", {"rule_code": "change.form", "answer": "no", "note": "单上是另一台服务器"}, now)
    assert "审批单" in why(visit, "change_start", {"at": visits.iso(now)}, now)


def test_a_failed_test_ends_in_rolled_back_without_a_lie(visit, ready, now):
    begin(visit, now)
    assert "撤回" in why(visit, "change_end", {"outcome": "rolled_back", "at": visits.iso(now)}, now)
    end(visit, now + HOUR, "rolled_back", note="开单失败，已还原快照")
    ready.refresh_from_db()
    assert (ready.state, ready.needs_review) == ("rolled_back", False)


def test_or_in_the_technical_managers_written_consent_which_is_reviewed(client, visit, ready, techmgr_qian, now):
    begin(visit, now)
    why(visit, "change_end", {"outcome": "accepted", "at": visits.iso(now), "consent_name": "钱锋"}, now)
    said = {"consent_name": "钱锋", "consent_at": visits.iso(now), "consent_how": "邮件", "file": paper_on_site(visit, now)}
    end(visit, now + HOUR, "accepted", note="报表一项未过", **said)
    assert "review" in lacking_before_archive(visit)

    client.force_login(techmgr_qian)
    assert "核心数据库" in client.get("/").content.decode()
    client.post(f"/changes/{ready.number}/review/", {"review-review": "已核对，次日修正报表"})

    ready.refresh_from_db()
    assert ready.reviewed_by == techmgr_qian and "review" not in lacking_before_archive(visit)
    with pytest.raises(DomainError):
        actions.review(change=ready, review="再看一次", by=techmgr_qian, at=now)


def test_an_emergency_needs_the_written_word_of_both_sides_and_is_reviewed(visit, chen, techmgr_qian, now):
    said = {
        "reason": "存储故障，须立即切换", "ours_name": "钱锋", "theirs_name": "李喆", "waived_name": "钱锋", "waived_how": "电话",
        "until": visits.iso(now + 2 * HOUR),
    }  # fmt: skip
    assert why(visit, "change_emergency", said, now)
    visits.enter(visit, "change_emergency", said | {"file": paper_on_site(visit, now)}, now)
    begin(visit, now + MINUTE)
    end(visit, now + HOUR, "rolled_back", note="切换失败，已切回")
    change = visit.change_approval
    change.refresh_from_db()
    assert (change.is_emergency, change.needs_review, change.copy_id is not None) == (True, True, True)
    assert "review" in lacking_before_archive(visit) and Notice.objects.filter(to=techmgr_qian, code="change.emergency").exists()


def test_an_emergency_is_reviewed_the_next_working_day_or_the_managers_hear(visit, ready, manager_sun, techmgr_qian, at):
    friday = at.replace(day=27, hour=6)
    ChangeApproval.objects.filter(pk=ready.pk).update(is_emergency=True, state="done", window_from=friday, window_to=friday + HOUR)

    def told(days):
        for _hour in range(2):  # the clock asks every hour
            remind(at=friday + datetime.timedelta(days=days))
        return [(notice.code, notice.to.username) for notice in Notice.objects.filter(code__startswith="change.review")]

    assert told(1) == []  # Saturday
    assert told(3) == [("change.review", "qian")]
    assert sorted(told(4))[1:] == [("change.review_late", "qian"), ("change.review_late", "sun")]


def test_a_visit_that_turns_out_to_be_one_is_asked_its_gates_too(house, chen, wang, techmgr_qian, at):
    plain = visits.on_site(chen, at, wang.engineer)
    now = plain.planned_start + HOUR
    change = approved(plain, chen, techmgr_qian, at)
    actions.customer_signed(change=change, signer_name="李喆", signer_position="", signed_at=at, copy=picture(), by=chen, at=at)
    plain.refresh_from_db()
    assert "操作指导书" in why(plain, "change_start", {"at": visits.iso(now)}, now)
    begin(plain, now)
    statement = statement_like(plain, {"language": "zh-hans", "nonce": "n", "version": 1, "previous_sha256": None})
    assert "change.runbook" in [row["code"] for row in statement["checklist"]]


def test_a_visit_that_is_called_off_leaves_no_open_change_behind(client, visit, ready, chen, at):
    client.force_login(chen)
    Visit.objects.filter(pk=visit.pk).update(state="confirmed")
    visit.refresh_from_db()
    assert ready.number in client.get("/changes/").content.decode()

    cancel(visit=visit, cancel_reason="客户改期", by=chen, at=at)

    assert ready.number not in client.get("/changes/").content.decode()
    assert ready.number in client.get("/changes/?show=all").content.decode()
    assert "本次上门不会进行" in client.get(ready.get_absolute_url()).content.decode()


def test_an_engineer_cannot_review_and_a_stranger_sees_nothing(client, ready, wang, zhao):
    client.force_login(wang)
    assert client.get(ready.get_absolute_url()).status_code == 200
    assert client.post(f"/changes/{ready.number}/review/", {"review-review": "好"}).status_code == 404
    client.force_login(zhao)
    assert client.get(ready.get_absolute_url()).status_code == 404
