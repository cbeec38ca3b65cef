"""Who may decide what others ask for, and what comes of it."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from conduct.approvals import actions, queries
from conduct.approvals.models import Approval
from conduct.approvals.states import TRANSITIONS, ApprovalState
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.signals import approval_settled
from conduct.notices.models import Notice
from conduct.people.access import Role
from tests.people import person

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def heard():
    """What the one listener of the origin "test" was told."""
    told = []

    def listen(sender, approval, by, at, **kwargs):
        told.append((approval.reference, approval.state, by))

    approval_settled.connect(listen, sender="test")
    yield told
    approval_settled.disconnect(listen, sender="test")


def ask(by, at, **facts):
    what = {"kind": "purchase", "origin": "test", "reference": "PR-1", "subject": "投影灯泡", "reason": "备件用完"}
    return actions.ask(by=by, at=at, **(what | facts))


def test_the_one_who_is_asked_says_yes_and_the_origin_hears_it(chen, manager_sun, at, heard):
    approval = ask(chen, at, asked_of=manager_sun)

    actions.approve(approval=approval, reason="同意", by=manager_sun, at=at + MINUTE)

    approval.refresh_from_db()
    assert (approval.number, approval.state, approval.decided_by, approval.decided_at, approval.decision) == (
        "AP-2026-000001", "approved", manager_sun, at + MINUTE, "同意",
    )  # fmt: skip
    assert heard == [("PR-1", "approved", manager_sun)]


def test_a_refusal_says_why(chen, manager_sun, at, heard):
    approval = ask(chen, at, asked_of=manager_sun)
    with pytest.raises(DomainError, match="请说明不批准的理由"):
        actions.refuse(approval=approval, reason="  ", by=manager_sun, at=at)

    actions.refuse(approval=approval, reason="本季度预算已用完", by=manager_sun, at=at)

    assert heard == [("PR-1", "refused", manager_sun)]


def test_nobody_gives_an_approval_to_oneself(manager_sun, at, heard):
    with pytest.raises(DomainError, match="不能自己批准自己"):
        ask(manager_sun, at, asked_of=manager_sun)
    person("wei", "魏然", Role.MANAGER)
    by_role = ask(manager_sun, at, asked_of_role=Role.MANAGER)

    with pytest.raises(DomainError, match="不能自己批准自己"):
        actions.approve(approval=by_role, by=manager_sun, at=at)
    assert not queries.may_decide(manager_sun, by_role)
    assert list(queries.waiting_for(manager_sun)) == [] and heard == []


def test_the_database_holds_it_too(chen, manager_sun, at):
    approval = ask(chen, at, asked_of=manager_sun)
    with pytest.raises(IntegrityError, match="approval_not_to_oneself"), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(state="approved", decided_by=chen, decided_at=at)
    with pytest.raises(IntegrityError, match="approval_decided_by_and_at"), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(state="approved")


def test_a_role_that_nobody_else_holds_cannot_decide(manager_sun, chen, at):
    with pytest.raises(DomainError, match="没有其他人"):
        ask(manager_sun, at, asked_of_role=Role.MANAGER)
    assert ask(chen, at, asked_of_role=Role.MANAGER).asked_of_words == "经理"


def test_whoever_holds_the_role_may_decide_and_the_second_is_told(chen, manager_sun, at, heard):
    wei = person("wei", "魏然", Role.MANAGER)
    approval = ask(chen, at, asked_of_role=Role.MANAGER)
    hers, his = Approval.objects.get(pk=approval.pk), Approval.objects.get(pk=approval.pk)
    actions.approve(approval=hers, by=wei, at=at)

    with pytest.raises(ForbiddenMove, match="快了一步"):
        actions.refuse(approval=his, reason="不需要", by=manager_sun, at=at)
    assert heard == [("PR-1", "approved", wei)]


def test_it_is_not_for_others_to_decide(chen, manager_sun, techmgr_qian, at):
    approval = ask(chen, at, asked_of=manager_sun)
    with pytest.raises(ForbiddenMove, match="孙立"):
        actions.approve(approval=approval, by=techmgr_qian, at=at)


def test_the_same_is_asked_once_at_a_time(chen, manager_sun, at, heard):
    first = ask(chen, at, asked_of=manager_sun)
    with pytest.raises(DomainError, match="已经提交审批"):
        ask(chen, at, asked_of=manager_sun)
    actions.withdraw(approval=first, by=chen, at=at)

    assert ask(chen, at, asked_of=manager_sun).number == "AP-2026-000002"
    assert heard == [("PR-1", "withdrawn", chen)]


def test_an_answer_without_a_listener_is_not_kept(chen, manager_sun, at):
    approval = ask(chen, at, asked_of=manager_sun, origin="nobody")
    with pytest.raises(LookupError):
        actions.approve(approval=approval, by=manager_sun, at=at)
    approval.refresh_from_db()
    assert approval.state == "asked"


def test_somebody_else_is_asked_instead(chen, manager_sun, techmgr_qian, at, heard):
    approval = ask(chen, at, asked_of=techmgr_qian)
    with pytest.raises(DomainError, match="不能自己批准自己"):
        actions.hand_on(approval=approval, to=chen, reason="出差", by=manager_sun, at=at)
    actions.hand_on(approval=approval, to=manager_sun, reason="钱锋休假", by=manager_sun, at=at)

    assert list(queries.waiting_for(manager_sun)) == [approval] and list(queries.waiting_for(techmgr_qian)) == []
    actions.approve(approval=approval, by=manager_sun, at=at)
    with pytest.raises(ForbiddenMove, match="已有结论"):
        actions.hand_on(approval=approval, to=techmgr_qian, reason="x", by=manager_sun, at=at)


@pytest.mark.parametrize("here", ApprovalState.values)
def test_only_what_is_asked_can_be_settled(chen, manager_sun, at, here):
    approval = ask(chen, at, asked_of=manager_sun)
    approval.state = here
    allowed = {"approved", "refused", "withdrawn"} if here == "asked" else set()
    assert set(map(str, TRANSITIONS[here])) == allowed
    for to in set(ApprovalState.values) - allowed:
        with pytest.raises(ForbiddenMove):
            move(approval, to)


def test_deciding_on_the_page(client, chen, manager_sun, at, heard):
    approval = ask(chen, at, asked_of=manager_sun)
    client.force_login(manager_sun)
    assert "投影灯泡" in client.get("/approvals/").content.decode()

    refused = client.post(f"{approval.get_absolute_url()}refuse/", {"reason": ""})
    assert refused.status_code == 422 and "请说明不批准的理由" in refused.content.decode()
    client.post(f"{approval.get_absolute_url()}approve/", {"reason": "同意"})

    approval.refresh_from_db()
    assert approval.state == "approved"
    assert "投影灯泡" in client.get("/approvals/?show=decided").content.decode()
    assert "种类: 购置" in client.get(approval.get_absolute_url()).content.decode()


def test_who_asked_can_only_withdraw(client, chen, manager_sun, at, heard):
    approval = ask(chen, at, asked_of=manager_sun)
    client.force_login(chen)

    assert client.post(f"{approval.get_absolute_url()}approve/").status_code == 404
    client.post(f"{approval.get_absolute_url()}withdraw/")

    assert heard == [("PR-1", "withdrawn", chen)]


def test_others_do_not_learn_of_it(client, chen, manager_sun, wang, at):
    approval = ask(chen, at, asked_of=manager_sun)
    client.force_login(wang)

    assert client.get(approval.get_absolute_url()).status_code == 404
    assert client.post(f"{approval.get_absolute_url()}approve/").status_code == 404


def test_both_sides_are_told(chen, manager_sun, wang, at, heard):
    wei = person("wei", "魏然", Role.MANAGER)
    approval = ask(chen, at, asked_of_role=Role.MANAGER)
    actions.approve(approval=approval, by=wei, at=at)

    told = [(notice.to, notice.sentence) for notice in Notice.objects.order_by("pk")]
    assert sorted(told[:2], key=lambda row: row[0].username) == [
        (manager_sun, "陈静 请您审批：投影灯泡"), (wei, "陈静 请您审批：投影灯泡")
    ]  # fmt: skip
    assert told[2:] == [(chen, "魏然 已批准：投影灯泡")]
