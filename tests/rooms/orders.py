from tests.rooms.who import HQ

PAGES = {"list": HQ | {"wang", "zhao"}, "new": {"chen"}, "edit": {"chen"}}
POST_ONLY = {"change_state"}
LISTS = {"/orders/": ("chen", 4)}


def things(story):
    return {"to": "close"}
