"""The demo's courses and exams: a week of a school, one of them late, one ready, one half prepared."""

import datetime

from conduct.preparations import actions
from conduct.preparations.models import Job

DAY = datetime.timedelta(days=1)
# kind, name, department, room, class, software, days from today, planned so many days ago, what became of it
JOBS = [
    ("course", "Python 数据分析", "信息系", "机房 401", "大数据2401", "Anaconda 2024.10", 21, 20, "prepared"),
    ("course", "工业机器人仿真", "机电系", "实训楼 205", "机电2402", "RobotStudio 2024", 5, 20, "no_standard"),
    ("exam", "大学计算机基础", "信息系", "机房 402", "护理2403", "", 3, 15, "ready"),
    ("exam", "会计电算化", "财经系", "机房 403", "会计2401", "", 1, 15, "late"),
    ("midterm", "英语听力", "外语系", "听力室 2", "英语2401", "", 12, 15, "half"),
    ("final", "高等数学", "基础部", "机房 401", "软件2401", "", 34, 10, ""),
    ("final", "大学英语", "外语系", "听力室 1", "软件2401", "", 35, 10, ""),
]  # fmt: skip


def make_preparations(*, staff, today, zone):
    triager, teacher = staff["li"], staff["he"]
    for kind, name, department, room, group, software, ahead, ago, fate in JOBS:
        start = datetime.datetime.combine(today + ahead * DAY, datetime.time(8), zone)
        at = datetime.datetime.combine(today - ago * DAY, datetime.time(10), zone)
        facts = {"name": name, "department": department, "room": room, "group": group, "software": software}
        job = actions.plan(kind=kind, starts_at=start, teacher=teacher if kind == "course" else None, by=triager, at=at, **facts)
        _play(job, fate, staff, at)


def _play(job, fate, staff, at):
    technician = staff["wang"] if fate in ("ready", "prepared") else staff["liu"]
    if fate == "prepared":
        standard = "Anaconda 2024.10，Jupyter Lab，pandas 2.2；学生账户无管理员权限，数据集放在 D:\\data。"
        actions.hand_in(job=job, standard=standard, by=staff["he"], at=at + 2 * DAY)
    if fate not in ("", "no_standard"):
        actions.assign(job=job, to=technician, by=technician, at=at + 3 * DAY)
    looked_at = {"ready": 99, "half": 3, "late": 2}.get(fate, 0)
    if looked_at:
        job = Job.objects.get(pk=job.pk)
        done = dict.fromkeys(job.checks.all()[:looked_at], (True, ""))
        actions.tick(job=job, done=done, by=technician, at=at + 9 * DAY)
    if fate == "ready":
        actions.say_ready(job=job, by=technician, at=at + 9 * DAY)
