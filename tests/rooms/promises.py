import datetime

from tests.factories import visits
from tests.rooms.who import SEES
from visits.promises import actions

PAGES = {"list": SEES | {"zhao"}, "promise": SEES, "new": {"chen", "techmgr_qian", "online_wu"}}
POST_ONLY = {"settle", "change", "hand_on"}
LISTS = {"/promises/": ("chen", 5)}


def things(story):
    site, due = story.order.site, datetime.date(2027, 1, 1)
    made = actions.make(site=site, visit=story.visit, text="周五前送来备用电源", due=due, owner=story.wang, by=story.wang, at=story.at)
    return {"number": made.number, "new.number": site.number}


def add_row(story):
    visits.enter(story.working, "promise", {"text": "周五前送来备用电源", "due": "2026-12-01"}, story.working_at)
