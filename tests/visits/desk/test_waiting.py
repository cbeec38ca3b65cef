"""Everybody's first page says what waits for that person, whatever the role, and leads there."""

import datetime

import pytest

from conduct.approvals import actions as approvals
from conduct.repairs import closing, repairing
from tests.factories import repairs
from tests.people import person

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def beamer(house):
    return repairs.equipment()


@pytest.fixture
def lines(client, monkeypatch, at):
    """lines(person): [(words, how many, address), …] on that person's first page at `at`."""

    def shown(who):
        monkeypatch.setattr("visits.desk.views.timezone.now", lambda: at)
        client.force_login(who)
        return [(str(line.words), line.count, line.url) for line in client.get("/").context["waiting"]]

    return shown


def test_a_week_of_repairs_leads_each_to_what_waits(lines, beamer, triager_li, reporter_he, wang, at):
    repairs.reported(beamer, at - HOUR, reporter=reporter_he)
    repairs.sorted_in(beamer, at - 30 * HOUR, triager_li)
    mine = repairs.taken(beamer, at - HOUR, triager_li, wang)

    assert lines(triager_li) == [("待分类的报修", 1, "/repairs/board/"), ("已超过期限的报修单", 1, "/repairs/board/")]
    assert lines(wang) == [("我的维修", 1, "/repairs/queue/")]
    assert lines(reporter_he) == [("我报修的（尚未完成）", 1, "/repairs/")]

    repairing.repaired(ticket=mine, cause="排线松动", work_done="重新插接", by=wang, at=at)
    assert lines(wang) == [("待反馈结果的报修人", 1, "/repairs/queue/")]
    closing.feed_back(ticket=mine, feedback="可以使用", told_how="person", by=wang, at=at)
    assert lines(wang) == []


def test_who_is_asked_for_an_approval_finds_it_on_the_first_page(lines, house, wang, techmgr_qian, at):
    facts = {"kind": "purchase", "origin": "purchase", "reference": "PR-1", "subject": "投影灯泡", "reason": "灯泡到寿命"}
    approvals.ask(asked_of=techmgr_qian, by=wang, at=at, **facts)

    assert lines(techmgr_qian) == [("待您审批", 1, "/approvals/")]
    assert lines(wang) == []


def test_a_clock_that_stands_still_is_not_late(lines, beamer, triager_li, wang, at):
    ticket = repairs.taken(beamer, at - 60 * HOUR, triager_li, wang)
    assert lines(triager_li)[0][0] == "已超过期限的报修单"
    repairing.pause(ticket=ticket, reason="part", expected_until=at.date(), by=wang, at=at)
    assert lines(triager_li) == []


def test_who_has_a_role_and_nothing_to_do_is_not_told_to_ask_for_one(client, beamer, triager_li, at):
    client.force_login(triager_li)
    page = client.get("/").content.decode()
    assert "暂无待您处理的事项" in page and "请管理员为您分配角色" not in page
    repairs.reported(beamer, at)
    assert "暂无待您处理的事项" not in client.get("/").content.decode()

    client.force_login(person("new", "新人"))
    assert "请管理员为您分配角色" in client.get("/").content.decode()
