from conduct.notices.actions import tell
from tests.rooms.who import EVERYBODY

PAGES = {"list": EVERYBODY, "bell": EVERYBODY}
POST_ONLY = {"open", "read_all"}
OF_ONESELF = {"read_all"}
LISTS = {"/notices/": ("chen", 5)}


def things(story):
    return {"pk": 1}


def add_row(story):
    tell(to=story.chen, code="question.answered", about=story.working.number, url="/", at=story.at)
