from tests.rooms.who import STAFF
from tests.visits.trips.telling import back, set_out

PAGES = {"list": STAFF, "trip": {"chen", "manager_sun", "techmgr_qian", "wang"}, "new": set(), "month": {"manager_sun"}, "receipt": set()}
POST_ONLY = {"act", "drop_expense"}
LISTS = {"/business-trips/": ("chen", 6)}


def things(story):
    trip = set_out(story.visit, story.visit.planned_start)
    return {"number": trip.number, "pk": 1, "verb": "pay", "month.month": "2026-11"}


def add_row(story):
    back(set_out(story.working, story.working_at), story.working_at)
