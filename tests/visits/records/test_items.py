"""What is carried into a machine room comes out again; the count is even before anybody leaves."""

import datetime

import pytest

from tests.factories import visits
from visits.records.actions import Refused
from visits.records.items import uneven

MINUTE = datetime.timedelta(minutes=1)


def row(name, direction, quantity=1):
    return {"name": name, "direction": direction, "quantity": quantity}


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([], []),
        ([row("万用表", "in"), row("万用表", "out")], []),
        ([row("电源模块", "in", 2), row("电源模块", "stays"), row("电源模块", "out")], []),
        ([row("万用表", "in", 2), row("万用表", "out")], [("万用表", 1, 0)]),
        ([row("梯子", "borrowed")], [("梯子", 0, 1)]),
        ([row("梯子", "borrowed"), row("梯子", "returned")], []),
        ([row("旧电源", "removed")], []),
        ([row("旧电源", "out")], [("旧电源", -1, 0)]),
        ([row("卷尺", "borrowed"), row("卷尺", "out")], [("卷尺", -1, 1)]),
    ],
)
def test_what_is_not_accounted_for(rows, left):
    assert uneven(rows) == left


@pytest.fixture
def in_the_room(house, chen, wang, at):
    work = visits.order(chen, at, traits=["machine_room"])
    visit = visits.on_site(chen, at, wang.engineer, work=work)
    for step in ("work", "enter_room", "leave_room"):
        visits.answer_all(visit, step, visit.planned_start)
    return visit


def why_not(visit, kind, payload, at):
    with pytest.raises(Refused) as refused:
        visits.enter(visit, kind, payload, at)
    return refused.value.message


def test_nobody_leaves_while_something_is_missing(in_the_room):
    visit, now = in_the_room, in_the_room.planned_start + 10 * MINUTE
    visits.enter(visit, "step", {"step": "enter_room"}, now)
    for name, direction in (("万用表", "in"), ("梯子", "borrowed")):
        visits.enter(visit, "room_item", row(name, direction), now)
    missing = why_not(visit, "step", {"step": "leave_room"}, now)
    assert "万用表 (+1)" in missing and "梯子 (+1)" in missing
    departure = {"departed_at": visits.iso(now)}
    assert "万用表" in why_not(visit, "departed", departure, now)

    visits.enter(visit, "room_item", row("万用表", "out"), now)
    visits.enter(visit, "room_item", row("梯子", "returned"), now)
    assert why_not(visit, "departed", departure, now) == "请先注明已离开机房。", "what is asked on leaving was not asked yet"
    visits.enter(visit, "step", {"step": "leave_room"}, now + MINUTE)
    visit.record.refresh_from_db()
    assert visit.record.facts["steps"][-1] == "leave_room"
