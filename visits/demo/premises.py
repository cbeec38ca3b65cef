"""Our own premises in the demo: what stands there, what breaks, and what is looked after by plan."""

import datetime

from conduct.customers import actions as customers
from conduct.customers.models import Customer, Equipment, Site
from conduct.rounds import actions as rounds
from conduct.rounds.models import MaintenancePlan, MaintenanceRound

DAY = datetime.timedelta(days=1)
SITES = [("教学楼", "南京市建邺区江东中路188号2栋"), ("办公楼", "南京市建邺区江东中路188号1栋")]

# name, category, model, site, used for teaching
THINGS = [
    *[(f"{floor}0{room}教室一体机", "多媒体", "MTR-86", 0, True) for floor in range(1, 5) for room in range(1, 7)],
    ("报告厅投影机", "多媒体", "CB-2265U", 0, True), ("阶梯教室功放", "多媒体", "PA-600", 0, True),
    ("计算机教室交换机", "网络", "S5735", 0, True), ("实训楼交换机", "网络", "S5735", 0, True),
    *[(f"教师机 T-{number:02d}", "计算机", "ThinkCentre M90", 0, True) for number in range(1, 17)],
    ("教学楼三层打印机", "输出", "M433a", 0, False), ("教务处打印机", "输出", "M433a", 1, False),
    ("人事处打印机", "输出", "M405dn", 1, False), ("财务室计算机", "计算机", "ThinkCentre M70", 1, False),
    ("档案室计算机", "计算机", "ThinkCentre M70", 1, False), ("招生办计算机", "计算机", "ThinkCentre M70", 1, False),
    ("会议室电视", "多媒体", "65E7", 1, False), ("二层无线接入点", "网络", "AP7050", 1, False),
    ("五层无线接入点", "网络", "AP7050", 1, False), ("前台考勤机", "办公", "X628", 1, False), ("后门考勤机", "办公", "X628", 1, False),
]  # fmt: skip

# what is wrong, its cause, what was done; by the category of the thing
FAULTS = {
    "多媒体": [("无法开机，指示灯不亮", "电源板损坏", "更换电源板，通电测试正常"), ("画面偏色，左侧有竖线", "排线松动", "重新插接排线"),
            ("没有声音", "音频线接触不良", "更换音频线"), ("触摸没有反应", "驱动异常", "重装触摸驱动并校准")],
    "网络": [("教室断网，指示灯不闪", "端口故障", "更换端口并调整网线"), ("无线信号时有时无", "信道干扰", "调整信道与功率")],
    "计算机": [("开机蓝屏", "内存条松动", "重新安装内存条并检测"), ("运行很慢，经常卡住", "硬盘老化", "更换固态硬盘并迁移数据")],
    "输出": [("卡纸，打印有条纹", "定影组件磨损", "更换定影组件，试印正常"), ("扫描不到电脑", "共享设置丢失", "重新设置共享文件夹")],
    "办公": [("指纹识别不了", "传感器积尘", "清洁传感器，重新采集")],
}  # fmt: skip

# name, site, category, days between, last done so many days ago, what is looked at
PLANS = [
    ("多媒体设备月度巡检", 0, "多媒体", 30, 2, "开机自检、触摸校准、音量、滤网与散热、线缆与接口"),
    ("打印机季度保养", 1, "输出", 90, -9, "清洁纸路与定影、试印、核对硒鼓余量"),
]


def make_premises(by, at):
    """Every piece of equipment of our own, in the order of THINGS."""
    owner = Customer(name="远景信息（本公司）", short_name="远景", city="南京", telephone="025-20002000")
    customers.save(thing=owner, by=by, at=at)
    sites = []
    for name, address in SITES:
        site = Site(customer=owner, name=name, city="南京", address=address, is_own_premises=True)
        sites.append(customers.save(thing=site, by=by, at=at))
    found = []
    for name, category, model, place, is_teaching in THINGS:
        thing = Equipment(site=sites[place], name=name, category=category, model=model, is_teaching=is_teaching)
        found.append(customers.save(thing=thing, by=by, at=at))
    return found


def make_rounds(*, staff, today, zone):
    """The plans; the round that is due was begun: one thing was found broken, some wait still."""
    sites = list(Site.objects.filter(is_own_premises=True).order_by("pk"))
    for name, place, category, every, ago, checks in PLANS:
        at = datetime.datetime.combine(today - max(ago, 1) * DAY, datetime.time(8, 40), zone)
        facts = {"name": name, "category": category, "checks": checks, "technician": staff["xu"]}
        plan = MaintenancePlan(site=sites[place], every_days=every, next_on=today - ago * DAY, **facts)
        rounds.save_plan(plan=plan, by=staff["li"], at=at)
        rounds.make_due(at=at)
    shown = MaintenanceRound.objects.order_by("pk").first()
    items = list(shown.items.order_by("equipment__number")[:18])
    found = {item.pk: ("ok", "") for item in items} | {items[11].pk: ("fault", "风扇异响，机身过热")}
    at = datetime.datetime.combine(shown.due_on, datetime.time(16, 20), zone)
    rounds.record(round=shown, findings=found, by=staff["xu"], at=at)
