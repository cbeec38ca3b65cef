"""Builders for projects, through the product's actions."""

import datetime
from decimal import Decimal

from conduct.projects import actions
from conduct.projects.models import PaymentMilestone, PlannedDay, Project, ProjectMember, ProjectTask

DAY = datetime.timedelta(days=1)


def project(customer, manager, by, at, name="校园一卡通升级", **facts):
    told = {"contract_number": "HT-2026-118", **facts}
    return actions.save_project(project=Project(customer=customer, name=name, manager=manager, **told), by=by, at=at)


def member(project, staff, by, at, part="实施"):
    return actions.save_row(row=ProjectMember(project=project, staff=staff, part=part), by=by, at=at)


def task(project, by, at, name="安装服务器", start=0, days=5, **facts):
    """A task that begins `start` days after the day of `at` and takes `days`."""
    first = at.date() + start * DAY
    row = ProjectTask(project=project, name=name, starts_on=first, ends_on=first + (days - 1) * DAY, **facts)
    return actions.save_row(row=row, by=by, at=at)


def payment(project, by, at, what="预付款", amount="120000.00", due=0, **facts):
    row = PaymentMilestone(project=project, what=what, amount=Decimal(amount), planned_on=at.date() + due * DAY, **facts)
    return actions.save_row(row=row, by=by, at=at)


def day(project, staff, by, at, after=0, note="配合割接"):
    return actions.save_row(row=PlannedDay(project=project, staff=staff, day=at.date() + after * DAY, note=note), by=by, at=at)
