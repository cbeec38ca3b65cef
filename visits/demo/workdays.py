"""The demo's working calendars: office hours, a school's hours, a half day, and two freezes ahead."""

import datetime

from conduct.workdays import actions
from conduct.workdays.models import WorkCalendar
from conduct.workdays.official import SINCE
from conduct.workdays.queries import calendar_of

SCHOOL_DAY = [[480, 690], [810, 1050]]


def make_calendars(sites, by, today, at):
    """The official years from 2020 on; 8:00-11:30 and 13:30-17:30 for the school, Saturday mornings at the hotline."""
    actions.load_package(since=SINCE, by=by, at=at)
    office = actions.load_standard(code="office", name="标准工作日历", zone="Asia/Shanghai", at=at)
    school = WorkCalendar(code="school", name="教学时间", week=[SCHOOL_DAY] * 5 + [[], []], makeup=SCHOOL_DAY)
    hotline = WorkCalendar(code="hotline", name="热线值班", week=[[[480, 1200]]] * 5 + [[[540, 720]], []], makeup=[[480, 1200]])
    for calendar in (school, hotline):
        actions.save_calendar(calendar=calendar, by=by, at=at)
    last_day = _last_working_day(today)
    actions.save_own_day(calendar=office, day=last_day, hours=[[540, 720]], name="年终盘点，下午放假", by=by, at=at)
    first = today + datetime.timedelta(days=28 - today.weekday())
    week = datetime.timedelta(days=4)
    actions.add_freeze(customer=sites[0].customer, first=first, last=first + week, kind="exams", note="期末考试周", by=by, at=at)
    actions.add_freeze(customer=sites[2].customer, first=first, last=first + 2 * week, kind="accounts", by=by, at=at)


def _last_working_day(today):
    day, calendar = datetime.date(today.year, 12, 31), calendar_of("office")
    while not calendar.works_on(day):
        day -= datetime.timedelta(days=1)
    return day
