"""What was said to customers in the demo: promises kept or not, requests seen to, delays told; the newest of each still waits."""

import datetime

from visits.informing import actions as informing
from visits.informing.models import CustomerNotice
from visits.points import actions as points
from visits.points.models import Point
from visits.promises import actions as promises
from visits.promises.models import Promise
from visits.schedule import actions as schedule
from visits.schedule.models import Visit
from visits.schedule.shifting import shift

MINUTE, HOUR, DAY = datetime.timedelta(minutes=1), datetime.timedelta(hours=1), datetime.timedelta(days=1)


def keep_words(*, staff, at):
    """`at` is the morning of the demo's day."""
    _tell(CustomerNotice.objects.filter(state="open", asked_at__lt=at).select_related("visit__order__contact"), staff["chen"])
    _keep(Promise.objects.filter(due__lt=at.date()).select_related("site").order_by("due", "id"), at)
    _see_to(Point.objects.filter(state="open", raised_at__lt=at).select_related("visit").order_by("raised_at", "id"), staff, at)
    _move_one(staff["chen"], at)


def _tell(notices, by):
    for notice in notices.order_by("id"):
        moment, contact = notice.asked_at + 4 * MINUTE, notice.visit.order.contact
        informing.note(notice=notice, outcome="told", told_at=moment, told_to=contact.name, told_how="电话", by=by, at=moment)


def _keep(rows, at):
    """Of eight one is not kept and one is put off by agreement; the last that is due waits, late."""
    for place, promise in enumerate(list(rows)[:-1]):
        moment = promise.made_at + DAY
        if place % 8 == 5:
            promises.settle(promise=promise, outcome="broken", why="备件停产，未能按期提供", by=promise.owner, at=moment + 6 * DAY)
        elif place % 8 == 3:
            facts = {"text": promise.text, "due": promise.due + 3 * DAY, "agreed_with": "李主任", "why": "客户同意与下次巡检一并提供"}
            later = promises.change(promise=promise, by=promise.owner, at=moment, **facts)
            if later.due < at.date():
                promises.settle(promise=later, outcome="kept", why="已随巡检提供", by=later.owner, at=moment + 7 * DAY)
        else:
            promises.settle(promise=promise, outcome="kept", why="已发送至客户邮箱", by=promise.owner, at=moment)


def _see_to(rows, staff, at):
    """Half is dealt with at once, half is reported first; the last waits, loudly."""
    for place, point in enumerate(list(rows)[:-1]):
        if place % 2:
            points.report(point=point, how="电话告知客服代表陈静", by=point.owner, at=point.raised_at + HOUR)
        if not place % 2 or point.raised_at + 3 * DAY < at:
            points.close(point=point, how="客服代表已答复客户", by=staff["chen"], at=point.raised_at + 2 * HOUR)


def _move_one(by, at):
    """A visit that was agreed begins half an hour later: its engineer has agreed, its customer was not told yet."""
    agreed = Visit.objects.filter(state="confirmed", planned_start__gt=at + DAY).order_by("planned_start", "id").first()
    if agreed:
        start, end = agreed.planned_start + 30 * MINUTE, agreed.planned_end + 30 * MINUTE
        facts = {"plan_version": agreed.plan_version, "reason": "前一单顺延", "by": by, "at": at}
        following = shift(visit=agreed, engineer=agreed.engineer, planned_start=start, planned_end=end, **facts)
        schedule.confirm(visit=following, by=following.engineer.staff, at=at + HOUR)
