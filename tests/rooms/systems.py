from conduct.systems.actions import connect
from tests.rooms.who import ADMIN

PAGES = {"list": ADMIN}
POST_ONLY = {"revoke"}
LISTS = {"/systems/": ("admin_zhou", 5)}


def system(story, name):
    return connect(name=name, acts_for=story.chen, scopes=["orders:read"], per_minute=60, by=story.chen, at=story.at)[0]


def things(story):
    return {"number": system(story, "报修平台").number}


def add_row(story):
    system(story, f"平台{story.place}")
