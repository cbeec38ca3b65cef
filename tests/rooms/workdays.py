from conduct.workdays.actions import add_freeze, load_standard, save_calendar
from conduct.workdays.models import WorkCalendar
from tests.rooms.who import ADMIN, HQ, STAFF

PAGES = {
    **dict.fromkeys(("list", "calendar", "what_if"), STAFF),
    **dict.fromkeys(("new", "change"), {"manager_sun", "admin_zhou"}),
    "freezes": HQ | ADMIN,
}
POST_ONLY = {"edit", "add_day", "remove_day", "import_year", "take_years", "remove_freeze"}
LISTS = {"/calendars/": ("chen", 6), "/calendars/freezes/": ("chen", 5)}


def freeze(story):
    day = story.at.date()
    return add_freeze(customer=story.order.customer, first=day, last=day, kind="exams", by=story.chen, at=story.at)


def things(story):
    load_standard(code="office", name="office", zone="Asia/Shanghai", at=story.at)
    _freeze, change = freeze(story)
    return {"code": "office", "pk": change.pk}


def add_row(story):
    save_calendar(calendar=WorkCalendar(code=f"c{story.place}", name=f"日历{story.place}"), by=None, at=story.at)
    freeze(story)
