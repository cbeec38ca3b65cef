"""The demo's stock-takings: one that was booked a month ago, one that waits for its explanations, one that is under way."""

import datetime
import uuid

from conduct.stock import actions as stock
from conduct.stock.arithmetic import Line
from conduct.stock.models import Level, Place
from conduct.stocktaking import actions, queries
from conduct.stocktaking.arithmetic import book_at

DAY = datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)
# days ago, place, what is missing (below zero) or too many by item, what is handed out meanwhile, note
COUNTS = [
    (25, "一楼库房", {"六类网线 3 米": -3, "无线话筒电池": 2}, "投影灯泡", "月度盘点"),
    (1, "一楼库房", {"硒鼓": -1, "内存条 16GB": -1}, "硒鼓", "季度盘点"),
]  # fmt: skip


def make_stocktakings(*, staff, today, zone):
    keeper, counter, manager = staff["zheng"], staff["wang"], staff["sun"]
    for ago, name, differences, item, note in COUNTS:
        at = datetime.datetime.combine(today - ago * DAY, datetime.time(16), zone)
        taking = _counted(keeper, counter, Place.objects.get(name=name), differences, item, note, at)
        if ago > 1:
            causes = {"六类网线 3 米": ("no_slip", "徐丽领用后未开单"), "无线话筒电池": ("wrong_slip", "上次出库多记两节")}
            said = [(line, *causes[line.item.name]) for line in queries.differences(taking)]
            actions.explain(stocktaking=taking, said=said, by=keeper, at=at + 70 * MINUTE)
            actions.book(stocktaking=taking, seen=queries.moved_meanwhile(taking).count(), by=manager, at=at + 90 * MINUTE)
    morning = datetime.datetime.combine(today, datetime.time(8), zone)
    broken = actions.begin(place=Place.objects.get(name="待修区"), note="送修前清点", by=keeper, at=morning)
    first = queries.lines_of(broken).first()
    actions.enter(stocktaking=broken, counted=[(first, 1, 0)], by=keeper, at=morning + 10 * MINUTE)


def _counted(keeper, counter, place, differences, moved_item, note, at):
    """A place counted by two people while something is handed out, and compared with the books."""
    taking = actions.begin(place=place, note=note, by=keeper, at=at)
    lines = list(queries.lines_of(taking))
    levels = dict(Level.objects.filter(place=place).values_list("item_id", "quantity"))
    moved = queries.by_item(queries.moved_meanwhile(taking))
    for person, minutes, part in ((keeper, 20, lines[::2]), (counter, 30, lines[1::2])):
        when, counted = at + minutes * MINUTE, []
        for line in part:
            steps = [(movement.slip.at, movement.quantity) for movement in moved[line.item_id]]
            there = book_at(levels[line.item_id], steps, when) + differences.get(line.item.name, 0)
            counted.append((line, there, 0))
        actions.enter(stocktaking=taking, counted=counted, by=person, at=when)
    out = Line(next(line.item for line in lines if line.item.name == moved_item), 1)
    facts = {"taken_from": place, "reason": "盘点期间领用", "giver_name": keeper.name, "taker_name": counter.name}
    stock.post(
        slip_id=uuid.uuid5(uuid.NAMESPACE_URL, f"while {taking.number}"),
        kind="out",
        lines=[out],
        by=keeper,
        at=at + 40 * MINUTE,
        **facts,
    )
    actions.close(stocktaking=taking, by=keeper, at=at + 60 * MINUTE)
    return taking
