"""The demo's store: places, spare machines and who has them."""

import datetime

from conduct.spares import actions as spares
from conduct.spares.models import Spare
from conduct.spares.states import Media
from conduct.stock import actions as stock
from conduct.stock.models import Place

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
            by=keeper, at=opened,
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
