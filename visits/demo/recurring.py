"""What is done again and again in the demo: two plans of the same site that meet once a quarter, and a weekly one."""

import datetime

from visits.recurring import actions as recurring
from visits.recurring.models import RecurringPlan

PLANS = [
    (0, "每月巡检", "monthly", 1, "检查电源与风扇\n清洁滤网", 120),
    (0, "季度备份检查", "quarterly", 1, "恢复演练\n核对备份日志", 90),
    (4, "每周机房走查", "weekly", 1, "记录温湿度\n核对告警", 60),
]


def make_plans(sites, by, today, at):
    """The first day lies behind the visits that were played and those of the next weeks."""
    for place, name, rhythm, interval, scope, minutes in PLANS:
        site = sites[place]
        plan = RecurringPlan(
            site=site, name=name, scope=scope, rhythm=rhythm, interval=interval, duration_minutes=minutes,
            first_on=today + datetime.timedelta(days=10), from_time=datetime.time(9), until_time=datetime.time(17), lead_days=14,
        )  # fmt: skip
        recurring.save_plan(plan=plan, equipment=[], skills=[], certified=[], by=by, at=at)
