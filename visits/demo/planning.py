"""What the dispatcher's desk of the demo works with: travel times, what open orders need, hours, an entry pack, and a trip."""

import datetime
import itertools

from conduct.base.errors import DomainError
from conduct.people import actions as people
from conduct.people.models import Skill
from visits.board.actions import set_capacity
from visits.orders.models import WorkOrder
from visits.permits import actions as permits
from visits.permits.models import EntryPack
from visits.schedule import actions as schedule
from visits.schedule.states import VisitState
from visits.travel import actions as travel

DAY = datetime.timedelta(days=1)
# Minutes from door to door by train, from the first city to each of the others.
WAYS = {
    "南京": {"上海": 120, "杭州": 150, "苏州": 90, "合肥": 80, "武汉": 230},
    "上海": {"杭州": 80, "苏州": 45, "合肥": 190, "武汉": 300},
    "杭州": {"苏州": 100, "合肥": 170, "武汉": 290},
    "苏州": {"合肥": 160, "武汉": 280},
    "合肥": {"武汉": 140},
}
NEEDS = [
    ("交换机", "network"), ("网络", "network"), ("无线", "network"), ("数据库", "database"), ("存储", "storage"), ("服务器", "server"),
    ("打印", "printer"), ("多媒体", "av"), ("培训", "training"), ("电源", "power"), ("电池", "power"),
]  # fmt: skip
HOURS = {"wang": 480, "zhao": 360, "liu": 480, "ma": 480, "zhu": 420}


def add_planning(*, staff, today, zone, at):
    """Deterministic for a day; nothing here meets the visits that were played, because it lies behind them."""
    rows = [(here, there, minutes) for here, ways in WAYS.items() for there, minutes in ways.items()]
    travel.take_over(rows=[*rows, *((there, here, minutes) for here, there, minutes in rows)], by=staff["chen"], at=at)
    for username, minutes in HOURS.items():
        set_capacity(engineer=staff[username].engineer, minutes=minutes, by=staff["chen"], at=at)
    electrician = staff["zhu"].engineer
    people.add_certificate(
        engineer=electrician, name="低压电工作业证", skill=Skill.objects.get(code="power"), valid_until=today + 400 * DAY,
        by=staff["zhou"], at=at,
    )  # fmt: skip
    waiting = _needs(WorkOrder.objects.filter(state="open").select_related("site").order_by("number"))
    _trip(staff, [order for order in waiting if order.site.city != "武汉"], today, zone, at)


def _needs(orders):
    skills = {skill.code: skill for skill in Skill.objects.all()}
    lengths = itertools.cycle([120, 90, 180, 120, 240])
    for order in orders:
        code = next((code for word, code in NEEDS if word in order.reported_fault), "software")
        order.duration_minutes = next(lengths)
        order.save(update_fields=["duration_minutes"])
        order.skills.set([skills[code]])
        order.certified.set([skills["power"]] if code == "power" else [])
    return [order for order in orders if not order.visits.exclude(state__in=VisitState.CALLED_OFF).exists()]


def _trip(staff, orders, today, zone, at):
    """Ma of Wuhan goes east for some days: two orders in a row, not told to him yet; the first site wants an entry pack."""
    monday = today + DAY * (21 - today.weekday())
    legs = [(monday, 32), (monday + 2 * DAY, 6)]
    for order in orders:
        if legs and _place(order, staff, *legs[0], zone, at):
            if len(legs) == 2:
                _pack(order, staff["chen"], monday, at)
            legs.pop(0)


def _place(order, staff, day, hours, zone, at):
    """Whether the site lets somebody in then: a customer may have closed its doors for that week."""
    start = datetime.datetime.combine(day, datetime.time(9), zone)
    try:
        schedule.place(
            order=order, engineer=staff["ma"].engineer, planned_start=start, planned_end=start + datetime.timedelta(hours=hours),
            reason="两地相邻的任务一次出差完成", by=staff["chen"], at=at,
        )  # fmt: skip
    except DomainError:
        return False
    return True


def _pack(order, by, first, at):
    pack = EntryPack(
        order=order, permit_number=f"JF-{first:%Y}-118", permit_from=first, permit_until=first + 4 * DAY,
        people="马超，身份证 4201…0931", tools="笔记本电脑 1 台\n光纤跳线 4 根\n防静电手环 1 只", escort_name="网络中心值班员",
        escort_telephone="025-84421200", house_rules="进出登记；机房内禁止饮食；拍照须经陪同人同意",
    )  # fmt: skip
    permits.save(pack=pack, by=by, at=at)
