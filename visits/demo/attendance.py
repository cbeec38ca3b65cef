"""The demo's hours of the last two months and its leave: taken, coming, waiting, refused, and one that waits for a customer."""

import datetime
from zoneinfo import ZoneInfo

from conduct.approvals import actions as approvals
from conduct.approvals.models import Approval
from conduct.attendance import actions
from conduct.attendance.models import ClockEntry
from conduct.people.models import Engineer
from conduct.workdays.arithmetic import working_days
from conduct.workdays.queries import calendar_of

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = datetime.timedelta(days=62)
# user name, kind, days from today, length in days, reason, what became of it
LEAVES = [
    ("xu", "annual", 24, 2, "回老家", "approved"),
    ("liu", "personal", 27, 1, "搬家", "approved"),
    ("ma", "annual", 30, 3, "探亲", "asked"),
    ("wang", "personal", 33, 1, "家中有事", "refused"),
    ("zhao", "annual", 36, 2, "旅行", "consent"),
]


def make_attendance(rng, staff, sites, today):
    """Two months of presses of everybody but the contractors, and leave of engineers."""
    contractors = set(Engineer.objects.filter(standing=Engineer.Standing.OUTSTATION).values_list("staff", flat=True))
    calendar = calendar_of("office")
    days = working_days(today - HOURS, today - datetime.timedelta(days=1), calendar)
    ClockEntry.objects.bulk_create(
        ClockEntry(staff=person, kind=kind, at=moment, entered_at=moment)
        for person in staff.values() if person.pk not in contractors for day in days for kind, moment in _day(rng, day)
    )  # fmt: skip
    asked = datetime.datetime.combine(today - datetime.timedelta(days=2), datetime.time(9, 30), ZONE)
    for username, kind, ahead, length, reason, outcome in LEAVES:
        _leave(staff, sites, today + datetime.timedelta(days=ahead), length, (username, kind, reason, outcome), asked)


def _day(rng, day):
    """The presses of one person's day, now and then late or without the last one."""
    came = datetime.datetime.combine(day, datetime.time(8, 40), ZONE) + datetime.timedelta(minutes=rng.randint(0, 18))
    if rng.random() < 0.04:
        came += datetime.timedelta(minutes=35)
    yield "in", came
    if rng.random() < 0.97:
        yield "out", datetime.datetime.combine(day, datetime.time(18, 1), ZONE) + datetime.timedelta(minutes=rng.randint(0, 40))


def _leave(staff, sites, first, length, row, asked):
    username, kind, reason, outcome = row
    start = datetime.datetime.combine(first, datetime.time(), ZONE)
    facts = {"kind": kind, "start": start, "end": start + datetime.timedelta(days=length), "reason": reason}
    while not actions.leave_minutes(facts["start"], facts["end"]):
        facts = facts | {name: facts[name] + datetime.timedelta(days=1) for name in ("start", "end")}
    leave = actions.ask_leave(site=sites[0] if outcome == "consent" else None, by=staff[username], at=asked, **facts)
    waiting = Approval.objects.select_related("asked_of").filter(reference=leave.number).first()
    decided = asked + datetime.timedelta(hours=2)
    if outcome == "approved":
        approvals.approve(approval=waiting, by=waiting.asked_of, at=decided)
    elif outcome == "refused":
        approvals.refuse(approval=waiting, reason="当天人手不足，请改期。", by=waiting.asked_of, at=decided)
