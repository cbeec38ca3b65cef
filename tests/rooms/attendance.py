import datetime

from conduct.attendance.actions import ask_leave, clock
from tests.rooms.who import STAFF

DAY = datetime.timedelta(days=1)
PAGES = {
    **dict.fromkeys(("today", "month", "people", "export", "leaves", "new_leave"), STAFF),
    "leave": {"wang", "manager_sun", "admin_zhou"},
}
POST_ONLY = {"clock", "forgotten", "strike", "consent", "withdraw", "cancel"}
OF_ONESELF = {"clock", "forgotten"}
LISTS = {"/leave/": ("manager_sun", 4), "/attendance/2026-11/people/": ("manager_sun", 11)}


def asked(story, by):
    return ask_leave(kind="annual", start=story.at + DAY, end=story.at + 2 * DAY, reason="探亲", by=by, at=story.at)


def things(story):
    entry = clock(kind="in", by=story.wang, at=story.at)
    return {"number": asked(story, story.wang).number, "pk": entry.pk, "month": "2026-11"}


def add_row(story):
    asked(story, story.someone)
