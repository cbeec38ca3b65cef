from tests.rooms.who import HQ
from visits.feeds.actions import open_feed

PAGES = {"list": HQ | {"wang", "zhao"}}
POST_ONLY = {"revoke"}
ANYBODY = {"read"}
LISTS = {"/feeds/": ("chen", 5)}


def things(story):
    feed, secret = open_feed(engineer=None, name="手机日历", by=story.manager_sun, at=story.at)
    return {"pk": feed.pk, "secret": secret}


def add_row(story):
    open_feed(engineer=None, name=f"日历{story.place}", by=story.chen, at=story.at)
