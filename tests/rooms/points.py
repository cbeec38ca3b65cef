from tests.factories import visits
from tests.rooms.who import SEES
from visits.points.models import Point

PAGES = {"ticket": set(), "list": SEES | {"zhao"}, "point": SEES}
POST_ONLY = {"report", "close", "hand_on"}
LISTS = {"/points/": ("chen", 4)}


def things(story):
    entry = story.visit.entries.filter(kind="result").first()
    facts = {"raised_at": story.at, "day_ends_at": story.at, "owner": story.wang, "text": "加装一个插座"}
    Point.objects.create(visit=story.visit, entry=entry, kind="request", **facts)
    return {"entry_id": entry.pk}


def add_row(story):
    visits.enter(story.working, "request", {"text": "加装一个插座"}, story.working_at)
