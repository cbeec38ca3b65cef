from tests.rooms.who import SEES
from visits.remote.actions import hand_over

PAGES = {"list": SEES | {"zhao"}, "case": SEES, "hand_over": SEES - {"manager_sun"}}
POST_ONLY = {"take", "change"}
LISTS = {"/remote-support/": ("chen", 4)}


def handed_over(story):
    facts = {"wanted": "升级后请远程复查", "means": "telephone", "contact": "李主任 025-81084201"}
    return hand_over(visit=story.visit, by=story.chen, at=story.at, **facts)


def things(story):
    return {"number": handed_over(story).number, "what": "note"}


def add_row(story):
    handed_over(story)
