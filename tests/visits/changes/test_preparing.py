"""A change before it is begun: prepared by one, asked of who may approve it, given to the customer as a sheet, withdrawn."""

import datetime

import pytest

from conduct.approvals import actions as approvals
from conduct.approvals.models import Approval
from conduct.base.errors import DomainError, ForbiddenMove
from tests.factories import projects
from tests.factories.changes import FORM, HOUR, approved, picture, prepared
from visits.changes import actions
from visits.changes.models import ChangeApproval
from visits.changes.states import ChangeState as S
from visits.presence import actions as presence

MINUTE = datetime.timedelta(minutes=1)


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


def test_nobody_signed_it_before_its_words_were_fixed(client, visit, chen, techmgr_qian, at):
    change = approved(visit, chen, techmgr_qian, at)
    facts = {"change": change, "signer_name": "李喆", "signer_position": "主任", "by": chen, "at": at + HOUR}
    for signed_at, why in ((at - 3 * MINUTE, "固定"), (at + HOUR + 3 * MINUTE, "尚未到")):
        with pytest.raises(DomainError, match=why) as refused:
            actions.customer_signed(signed_at=signed_at, copy=picture(), **facts)
        assert refused.value.field == "signed_at"
    actions.customer_signed(signed_at=at - MINUTE, copy=picture(), **facts)  # clocks differ
    assert change.state == S.READY
