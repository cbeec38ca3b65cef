"""What another department looks after: one repair there was ordered by the line manager, another waits for the order."""

import datetime

from conduct.approvals import actions as approvals
from conduct.approvals.models import Approval
from conduct.customers import actions as customers
from conduct.customers.models import Customer, Equipment, Site
from conduct.people.models import Department
from conduct.repairs import actions, repairing

MINUTE = datetime.timedelta(minutes=1)
FAULTS = [("会议室投影机", "画面偏色，部分区域发暗", True), ("档案室扫描仪", "进纸卡顿，扫描有黑线", False)]


def make_foreign_work(*, staff, at):
    """The administration's own house. Li wants Xu to help out there; Qian, who leads Xu, is asked."""
    owner = Customer.objects.get(short_name="远景")
    site = Site(
        customer=owner, name="行政楼", city="南京", address="南京市江东中路 86 号", is_own_premises=True,
        department=Department.objects.get(name="行政部"),
    )  # fmt: skip
    customers.save(thing=site, by=staff["zhou"], at=at - 60 * MINUTE)
    for name, fault, is_ordered in FAULTS:
        thing = customers.save(thing=Equipment(site=site, name=name, category="多媒体"), by=staff["zhou"], at=at - 50 * MINUTE)
        facts = {"source": "staff", "reporter": staff["he"], "reporter_name": staff["he"].name, "disturbance": "hinders"}
        ticket, _token = actions.report(equipment=thing, fault=fault, by=staff["he"], at=at - 40 * MINUTE, **facts)
        repairing.sort_and_assign(ticket=ticket, quadrant="in", technician=staff["xu"], by=staff["li"], at=at - 30 * MINUTE)
        if is_ordered:
            approval = Approval.objects.get(reference=ticket.number, state="asked")
            approvals.approve(approval=approval, reason="本周可安排", by=staff["qian"], at=at - 10 * MINUTE)
