"""The demo's store: places, parts and their slips, spare machines and who has them."""

import datetime
import math
import uuid
from decimal import Decimal
from functools import partial

from conduct.spares import actions as spares
from conduct.spares.models import Spare
from conduct.spares.states import Media
from conduct.stock import actions as stock
from conduct.stock.arithmetic import Line
from conduct.stock.models import Item, Place

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)

PLACES = [("一楼库房", "行政楼 101", False), ("二楼备件柜", "技术部走廊", False), ("待修区", "库房里间", True)]
# name, category, model, place, holds data media
SPARES = [
    ("备用笔记本电脑", "电脑", "ThinkPad T14", 0, True), ("备用笔记本电脑", "电脑", "ThinkPad T14", 0, True),
    ("备用投影机", "多媒体", "EB-992F", 0, False), ("备用交换机", "网络", "S5735-L24T4S", 1, False),
    ("备用无线功放", "多媒体", "ATW-3211", 0, False), ("备用激光打印机", "打印与输出", "M405dn", 1, False),
    ("备用移动硬盘", "存储", "T7 2TB", 1, True), ("备用UPS", "供配电", "SRT 3000", 2, False),
]  # fmt: skip
# spare, borrower, where it stands, lent so many days ago, back so many days from today, returned, data media
LOANS = [
    (0, "何洁", "教学楼 302 办公室", 9, -2, False, ""), (2, "刘洋", "报告厅", 3, 1, False, ""),
    (3, "王磊", "实训楼机房", 2, 6, False, ""), (6, "李琳", "教务处", 20, -12, True, Media.WIPED),
    (5, "何洁", "考务室", 30, -24, True, ""),
]  # fmt: skip

# name, kind, category, model, unit, minimum, first quantity, price
ITEMS = [
    ("投影灯泡", "part", "多媒体", "ELPLP97", "个", 4, 12, "680.00"), ("电源模块", "part", "网络", "PAC600S12", "块", 2, 5, "1250.00"),
    ("六类网线 3 米", "consumable", "网络", "CAT6", "根", 20, 60, "18.50"), ("硒鼓", "consumable", "打印与输出", "CF259A", "只", 5, 8, "520.00"),
    ("内存条 16GB", "part", "电脑", "DDR4-3200", "条", 4, 10, "310.00"), ("固态硬盘 1TB", "part", "电脑", "PM9A1", "块", 3, 6, "540.00"),
    ("无线话筒电池", "consumable", "多媒体", "AA", "节", 40, 96, "2.80"), ("UPS 蓄电池", "part", "供配电", "12V 9Ah", "只", 4, 8, "165.00"),
]  # fmt: skip
# kind, item, quantity, days ago, given by, taken by, why, about
SLIPS = [
    ("out", 0, 2, 40, "郑凯", "王磊", "报告厅投影亮度不足", ""), ("swapped", 1, 1, 33, "郑凯", "刘洋", "核心交换机电源告警", ""),
    ("out", 2, 24, 27, "郑凯", "徐丽", "新课程机房布线", ""), ("damaged", 4, 1, 21, "王磊", "郑凯", "插拔时金手指损坏", ""),
    ("out", 6, 60, 14, "郑凯", "何洁", "期中考试听力", ""), ("swapped", 7, 4, 9, "郑凯", "马超", "UPS 放电测试不合格", ""),
    ("out", 3, 4, 6, "郑凯", "何洁", "教务处打印机", ""), ("scrapped", 5, 1, 2, "刘洋", "郑凯", "坏道，已消磁", ""),
]  # fmt: skip


def make_store(*, staff, today, opened, zone):
    """`opened` is when the company began; loans are counted from `today`."""
    keeper = staff["zheng"]
    places = [
        stock.save_place(place=Place(name=name, note=note, holds_broken=broken), by=keeper, at=opened)
        for name, note, broken in PLACES
    ]
    machines = [
        spares.save_spare(
            spare=Spare(name=name, category=kind, model=model, serial=f"YJ-B{n:03d}", place=places[at], data_bearing=data),
            by=keeper,
            at=opened,
        )  # fmt: skip
        for n, (name, kind, model, at, data) in enumerate(SPARES, 1)
    ]
    spares.set_state(spare=machines[7], to="in_repair", reason="电池鼓包，等待更换", by=keeper, at=opened)
    for spare, borrower, where, ago, back, returned, media in LOANS:
        lent_at = datetime.datetime.combine(today - ago * DAY, datetime.time(9, 20), zone)
        facts = {"borrower": borrower, "where": where, "back_by": today + back * DAY}
        loan = spares.lend(spare=machines[spare], by=keeper, at=lent_at, **facts)
        if returned:
            back_at = datetime.datetime.combine(loan.back_by, datetime.time(16, 40), zone)
            spares.give_back(loan=loan, media=media, note="外观完好", by=keeper, at=back_at)
    _make_slips(keeper, places, today, opened, zone)


def _make_slips(keeper, places, today, opened, zone):
    shelf, _cupboard, broken = places
    items = []
    for name, kind, category, model, unit, minimum, quantity, price in ITEMS:
        item = Item(name=name, kind=kind, category=category, model=model, unit=unit, minimum=minimum)
        items.append(stock.save_item(item=item, by=keeper, at=opened))
        line = Line(items[-1], quantity, Decimal(price))
        _slip("bought", line, put_to=shelf, giver="苏宁易购", taker=keeper.name, reason="期初采购", by=keeper, at=opened)
    for kind, place, quantity, ago, giver, taker, reason, about in SLIPS:
        at = datetime.datetime.combine(today - ago * DAY, datetime.time(10, 5 * (ago % 12)), zone)
        put_to = broken if kind in ("swapped", "damaged") else None
        facts = {"giver": giver, "taker": taker, "reason": reason, "reference": about, "by": keeper, "at": at}
        slip = _slip(kind, Line(items[place], quantity), taken_from=shelf, put_to=put_to, **facts)
        if reason == "期中考试听力":
            undo = partial(uuid.uuid5, slip.pk, "reversed")
            stock.reverse(slip=slip, reason="考务室已自备电池，原数退回", new_id=undo, by=keeper, at=at + DAY)


def _slip(kind, line, *, giver, taker, at, **facts):
    """The taker signs with the pen, the giver with the name."""
    paper = {"slip_id": uuid.uuid5(uuid.NAMESPACE_URL, f"{kind}{line.item.number}{at}"), "kind": kind, "lines": [line], "at": at}
    strokes = signature(len(taker) + line.quantity)
    slip, _new = stock.post(giver_name=giver, taker_name=taker, taker_strokes=strokes, **paper, **facts)
    return slip


def signature(seed):
    """Three strokes that look written."""
    strokes = [
        [[30 + 70 * part + n * 5, round(60 + 22 * math.sin(n / 3 + seed + part)), 400 * part + n * 12, 500] for n in range(14)]
        for part in range(3)
    ]
    return {"width": 320, "height": 140, "strokes": strokes}
