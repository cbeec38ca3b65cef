"""What a visit leaves undone stays with its order, which asks for another visit until everything is done."""

import datetime

import pytest

from conduct.base.ids import uuid7
from tests.factories import visits
from visits.board.queries import waiting
from visits.schedule import actions
from visits.schedule.queries import asked_again
from visits.signoff import actions as signoff

HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR


def done_by(visit, results):
    """The visit ends with these results, {position: code}, and is signed."""
    moment = visit.planned_start + HOUR
    visits.answer_all(visit, "work", moment)
    for position, result in results.items():
        if result == "not_done":
            visits.not_delivered(visit, moment, position)
        else:
            visits.enter(visit, "result", {"scope_item": position, "result": "done", "action": "已更换并测试"}, moment)
    visits.answer_all(visit, "finish", moment)
    visits.enter(visit, "departed", {"departed_at": visits.iso(moment)}, moment)
    visits.answer_all(visit, "sign", moment)
    package = visits.package(visit, moment + HOUR)
    signoff.receive(visit=visit, package_id=uuid7(moment), package=package, by=visit.engineer.staff, at=moment + HOUR)


def listed(chen):
    return {order.number: [item.position for item in order.left] for order in waiting(chen, {})[0]}


@pytest.fixture
def order(house, chen, at):
    return visits.order(chen, at, scope=("更换电源模块", "升级固件", "整理线缆"))


def test_the_next_visit_starts_with_what_is_left(client, order, chen, wang, at):
    assert listed(chen) == {order.number: []}
    first = visits.on_site(chen, at, wang.engineer, work=order)
    assert listed(chen) == {} and asked_again(order) == []

    done_by(first, {1: "done", 2: "not_done", 3: "done"})
    assert listed(chen) == {order.number: [2]}
    client.force_login(chen)
    page = client.get(order.get_absolute_url()).content.decode()
    assert "此工单需要再次上门" in page and "此工单需要再次上门" not in client.get("/").content.decode()
    assert "2. 升级固件" in client.get("/").content.decode()

    facts = {"engineer": wang.engineer, "planned_start": at + DAY, "planned_end": at + DAY + 2 * HOUR, "by": chen, "at": at}
    second = actions.plan_and_propose(order=order, **facts)
    assert [item.position for item in second.scope.all()] == [2] and listed(chen) == {}


def test_an_item_that_no_visit_was_sent_for_keeps_the_order_in_the_list(order, chen, wang, at):
    first = visits.planned(chen, at, wang.engineer, work=order)
    first.scope.set(order.scope.filter(position=1))
    visits.has_read(wang, at)
    actions.propose(visit=first, by=chen, at=at)
    actions.confirm(visit=first, by=wang, at=at)
    visits.answer_all(first, "set_out", at)
    visits.enter(first, "step", {"step": "set_out"}, at)
    visits.enter(first, "arrived", {"arrived_at": visits.iso(first.planned_start)}, first.planned_start)

    done_by(first, {1: "done"})

    assert listed(chen) == {order.number: [2, 3]}


def test_an_order_of_which_everything_is_done_asks_for_nothing(order, chen, wang, at):
    done_by(visits.on_site(chen, at, wang.engineer, work=order), {1: "done", 2: "done", 3: "done"})
    assert listed(chen) == {} and asked_again(order) == []
