"""A change in production: asked for, prepared, approved by us, signed by the customer; only then, and in its window, begun."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from conduct.approvals import actions as approvals
from conduct.approvals.models import Approval
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.ids import uuid7
from conduct.checklists.queries import all_questions
from conduct.notices.models import Notice
from tests.factories import projects, visits
from visits.changes import actions
from visits.changes.models import ChangeApproval
from visits.changes.reminders import remind
from visits.changes.states import TRANSITIONS, ChangeState
from visits.followup.queries import lacking_before_archive
from visits.papers.view_model import lists
from visits.presence import actions as presence
from visits.records import actions as records
from visits.records import proofs
from visits.records.actions import Refused
from visits.records.judging import checklist_of
from visits.records.models import Entry
from visits.schedule.actions import cancel
from visits.schedule.models import Visit
from visits.signoff.queries import statement_like

HOUR, MINUTE = datetime.timedelta(hours=1), datetime.timedelta(minutes=1)
S = ChangeState
FORM = {
    "title": "核心数据库升级到 14.9", "requested_name": "李喆", "steps": "停止应用服务\n升级数据库\n启动应用服务", "way_back": "还原快照",
    "rehearsal": "11-20 在测试机通过", "backup": "全量备份已试还原", "duration_minutes": 60, "locks": "停机约 40 分钟",
    "tests_before": "主备同步正常", "tests_after": "登录\n开单",
}  # fmt: skip


@pytest.mark.parametrize("state", S.values)
def test_nothing_leads_to_begun_but_both_signatures(state):
    assert (S.RUNNING in TRANSITIONS[state]) == (state == S.READY)
    assert TRANSITIONS[S.RUNNING] == {S.DONE, S.ROLLED_BACK, S.ACCEPTED}


@pytest.fixture
def visit(house, chen, wang, techmgr_qian, manager_sun, at):
    work = visits.order(chen, at, traits=["production_change"])
    shown = visits.on_site(chen, at, wang.engineer, work=work)
    visits.answer_all(shown, "work", shown.planned_start)
    return shown


@pytest.fixture
def now(visit):
    return visit.planned_start + HOUR


def picture():
    kept = io.BytesIO()
    Image.new("RGB", (40, 40)).save(kept, "PNG")
    return SimpleUploadedFile("form.png", kept.getvalue())


def paper_on_site(visit, at):
    return str(records.keep_file(visit=visit, file_id=uuid7(at), upload=picture(), by=visit.engineer.staff, at=at).pk)


def prepared(visit, by, at, **facts):
    window = {"window_from": visit.planned_start, "window_to": visit.planned_start + 3 * HOUR}
    return actions.save(change=ChangeApproval(visit=visit, **(FORM | window | facts)), by=by, at=at)


def approved(visit, by, approver, at, **facts):
    change = prepared(visit, by, at, **facts)
    actions.ask(change=change, approver=approver, by=by, at=at)
    approvals.approve(approval=Approval.objects.get(reference=change.number), by=approver, at=at)
    change.refresh_from_db()
    return change


@pytest.fixture
def ready(visit, chen, techmgr_qian, at):
    change = approved(visit, chen, techmgr_qian, at)
    actions.customer_signed(change=change, signer_name="李喆", signer_position="主任", signed_at=at, copy=picture(), by=chen, at=at)
    return change


def begin(visit, at, **facts):
    answer_gates(visit, "start_change", at)
    return visits.enter(visit, "change_start", {"at": visits.iso(at)}, at, **facts)


def answer_gates(visit, step, at):
    """Each rule with its evidence: a note, or the paper that shows it. The approval form and the training sheet speak for themselves."""
    file = paper_on_site(visit, at)
    for question in all_questions(checklist_of(visit, at=at)).get(step, []):
        if question.rule.code in proofs.CODES:
            continue
        shown = {"file": file, "evidence_name": "李喆", "evidence_date": "2026-11-24"}
        visits.enter(visit, "answer", {"rule_code": question.rule.code, "answer": "yes", "note": "已确认", **shown}, at)


def end(visit, at, outcome, **facts):
    return visits.enter(visit, "change_end", {"outcome": outcome, "at": visits.iso(at), **facts}, at)


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
    signed = {"sign-signer_name": "李喆", "sign-signed_at": "2026-11-24T09:00", "sign-copy": picture()}
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


def test_what_does_not_fit_into_its_window_is_said_beside_the_field(client, visit, chen, techmgr_qian, at):
    client.force_login(chen)
    window = {"window_from": "2026-11-24T12:00", "window_to": "2026-11-24T12:30"}
    page = client.post(f"/visits/{visit.number}/change/", FORM | window)
    assert page.status_code == 422 and "30 分钟" in str(page.context["form"].errors["duration_minutes"])
    assert FORM["way_back"] in page.content.decode() and not ChangeApproval.objects.exists()
    change = prepared(visit, chen, at)
    with pytest.raises(DomainError, match="已过"):
        actions.ask(change=change, approver=techmgr_qian, by=chen, at=visit.planned_start + 4 * HOUR)


def test_of_two_who_prepare_it_the_second_is_told_and_keeps_the_typing(client, visit, chen, techmgr_qian, at):
    change = prepared(visit, chen, at)
    client.force_login(chen)
    second = client.post(f"/visits/{visit.number}/change/", FORM | {"title": "另一张单"})
    assert second.status_code == 422 and "另一张单" in second.content.decode() and ChangeApproval.objects.count() == 1
    read = ChangeApproval.objects.get()
    actions.ask(change=change, approver=techmgr_qian, by=chen, at=at)

    late = client.post(f"/changes/{change.number}/edit/", FORM | {"title": "迟到的改动"})
    assert late.status_code == 422 and "迟到的改动" in late.content.decode()
    with pytest.raises(ForbiddenMove):
        actions.save(change=read, by=chen, at=at)
    change.refresh_from_db()
    assert (change.state, change.title) == ("asked", FORM["title"])


def test_whoever_it_is_handed_on_to_approves_it_only_if_he_approves_changes(visit, chen, zhao, techmgr_qian, manager_sun, at):
    change = prepared(visit, chen, at)
    actions.ask(change=change, approver=techmgr_qian, by=chen, at=at)
    question = Approval.objects.get(reference=change.number)
    approvals.hand_on(approval=question, to=zhao, reason="钱锋休假", by=manager_sun, at=at)
    with pytest.raises(DomainError, match="赵敏"):
        approvals.approve(approval=question, by=zhao, at=at)
    question.refresh_from_db()
    approvals.hand_on(approval=question, to=manager_sun, reason="钱锋休假", by=manager_sun, at=at)
    approvals.approve(approval=question, by=manager_sun, at=at)
    change.refresh_from_db()
    assert (change.state, change.approved_by) == ("approved", manager_sun)


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


def test_the_sheet_that_the_customer_signs_shows_all_of_it_and_no_name_but_the_agreed_one(client, visit, chen, wang, techmgr_qian, at):
    change = prepared(visit, chen, at)
    client.force_login(chen)
    assert client.get(f"/changes/{change.number}/sheet/").status_code == 404, "what still changes is not signed"
    actions.ask(change=change, approver=techmgr_qian, by=chen, at=at)
    page = client.get(f"/changes/{change.number}/sheet/").content.decode()
    for words in (FORM["title"], "升级数据库", FORM["way_back"], FORM["tests_before"], "王工", change.sha256):
        assert words in page, words
    assert wang.name not in page


def test_withdrawn_while_it_was_asked(visit, chen, techmgr_qian, at):
    change = prepared(visit, chen, at)
    actions.ask(change=change, approver=techmgr_qian, by=chen, at=at)
    actions.withdraw(change=change, reason="客户改期", by=chen, at=at)
    assert (change.state, Approval.objects.get(reference=change.number).state) == ("withdrawn", "withdrawn")
    with pytest.raises(ForbiddenMove):
        actions.customer_signed(change=change, signer_name="李喆", signer_position="", signed_at=at, copy=picture(), by=chen, at=at)


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


def test_where_there_is_a_project_its_manager_and_nobody_else_approves(client, visit, chen, zhao, techmgr_qian, manager_sun, at):
    card = projects.project(visit.order.customer, zhao, manager_sun, at)
    presence.join(order=visit.order, project=card, by=chen, at=at)
    change = prepared(visit, chen, at)
    client.force_login(chen)
    page = client.get(change.get_absolute_url()).content.decode()
    assert f'<option value="{zhao.pk}" selected>赵敏' in page and "钱锋" not in page.split("ask-approver")[1].split("</select>")[0]
    with pytest.raises(DomainError):
        actions.ask(change=change, approver=techmgr_qian, by=chen, at=at)

    actions.ask(change=change, approver=zhao, by=chen, at=at)
    client.force_login(zhao)
    assert client.get(change.get_absolute_url()).status_code == 200
    approvals.approve(approval=Approval.objects.get(reference=change.number), by=zhao, at=at)
    change.refresh_from_db()
    assert (change.state, change.approved_by) == (S.APPROVED, zhao)


def test_the_manager_of_a_project_does_not_approve_what_he_asks_for_himself(visit, chen, wang, techmgr_qian, manager_sun, at):
    card = projects.project(visit.order.customer, wang, manager_sun, at)
    presence.join(order=visit.order, project=card, by=chen, at=at)
    change = prepared(visit, wang, at)
    with pytest.raises(DomainError):
        actions.ask(change=change, approver=wang, by=wang, at=at)
    actions.ask(change=change, approver=techmgr_qian, by=wang, at=at)
    assert change.state == S.ASKED
