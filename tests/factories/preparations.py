"""Builders for preparations of courses and exams."""

import datetime

from conduct.preparations import actions

DAY = datetime.timedelta(days=1)


def job(by, at, kind="exam", *, days=14, **facts):
    """An exam, or a course, that begins at eight in the morning so many days later."""
    start = (at + days * DAY).replace(hour=8, minute=0)
    what = {"name": "大学计算机基础", "department": "信息系", "room": "机房 401", "starts_at": start} | facts
    return actions.plan(kind=kind, by=by, at=at, **what)
