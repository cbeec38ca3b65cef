"""Two projects of the demo: one under way with a payment that is overdue, one at its beginning."""

import datetime
from decimal import Decimal

from django.db.models import Count

from conduct.customers.models import Customer
from conduct.projects import actions
from conduct.projects.models import PaymentMilestone, PlannedDay, Project, ProjectMember, ProjectTask
from visits.orders.models import WorkOrder
from visits.presence import actions as presence

DAY = datetime.timedelta(days=1)
# task, who, planned first and last day, begun and done, percent; days count from today
PLAN = [
    ("现场勘察与方案确认", "liu", -40, -34, -40, -35, 100),
    ("设备到货与安装", "wang", -30, -18, -29, -15, 100),
    ("网络割接与联调", "liu", -14, -2, -12, None, 70),
    ("管理员与教师培训", "xu", -1, 6, -1, None, 20),
    ("试运行与验收", "liu", 7, 28, None, None, 0),
]
# milestone, amount, planned, invoiced, paid
PAYMENTS = [
    ("预付款 30%", "186000.00", -45, -50, -44),
    ("到货款 40%", "248000.00", -9, -16, None),
    ("验收款 25%", "155000.00", 30, None, None),
    ("质保金 5%", "31000.00", 395, None, None),
]
ORDERS = 4


def make_projects(*, staff, today, at):
    """At the customer with the most orders, and at the one after it."""
    first, second = Customer.objects.annotate(many=Count("orders")).order_by("-many", "number")[:2]
    by = staff["sun"]
    told = {"contract_number": f"YJ-{today.year}-118", "aim": "两个校区核心网络更换，新教务系统上线，含培训与三年质保。"}
    big = _project(first, "智慧校园网络改造", staff["liu"], by, at - 45 * DAY, **told)
    for username, part in (("wang", "网络实施"), ("xu", "培训"), ("wu", "远程支持")):
        actions.save_row(row=ProjectMember(project=big, staff=staff[username], part=part), by=staff["liu"], at=at - 44 * DAY)
    for row in PLAN:
        actions.save_row(row=_task(big, row, staff, today), by=staff["liu"], at=at - DAY)
    for what, amount, *days in PAYMENTS:
        planned, invoiced, paid = (None if day is None else today + day * DAY for day in days)
        facts = {"planned_on": planned, "invoiced_on": invoiced, "paid_on": paid}
        actions.save_row(row=PaymentMilestone(project=big, what=what, amount=Decimal(amount), **facts), by=by, at=at - DAY)
    for place, username in enumerate(("liu", "wang", "xu"), 3):
        actions.save_row(row=PlannedDay(project=big, staff=staff[username], day=today + place * DAY, note="试运行值守"), by=staff["liu"], at=at)
    for order in WorkOrder.objects.filter(customer=first, state__in=["open", "closed"]).order_by("-created_at", "-pk")[:ORDERS]:
        presence.join(order=order, project=big, by=staff["chen"], at=at)
    small = _project(second, "多媒体教室更新", staff["qian"], by, at - 3 * DAY, contract_number=f"YJ-{today.year}-131")
    task = ProjectTask(project=small, name="现场勘察", staff=staff["qian"], starts_on=today + 2 * DAY, ends_on=today + 4 * DAY)
    actions.save_row(row=task, by=staff["qian"], at=at)
    actions.remind(at=at)


def _project(customer, name, manager, by, at, **told):
    return actions.save_project(project=Project(customer=customer, name=name, manager=manager, **told), by=by, at=at)


def _task(project, row, staff, today):
    name, username, *days, percent = row
    starts, ends, begun, done = (None if day is None else today + day * DAY for day in days)
    facts = {"starts_on": starts, "ends_on": ends, "begun_on": begun, "done_on": done}
    return ProjectTask(project=project, name=name, staff=staff[username], percent=percent, **facts)
