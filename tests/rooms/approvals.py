from conduct.approvals import actions
from tests.rooms.who import STAFF

PAGES = {"list": STAFF, "detail": {"wang", "chen", "manager_sun"}}
POST_ONLY = {"decide", "hand_on"}
LISTS = {"/approvals/": ("chen", 4)}


def asked(story, by, reference="1"):
    return actions.ask(
        kind="purchase", origin="test", reference=reference, subject="s", reason="r", asked_of=story.chen, by=by, at=story.at
    )


def things(story):
    return {"number": asked(story, story.wang).number, "what": "approve"}


def add_row(story):
    asked(story, story.someone, str(story.place))
