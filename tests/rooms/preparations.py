from conduct.preparations import actions
from tests.factories import preparations
from tests.rooms.who import STAFF

SEES = STAFF - {"chen"}
PAGES = {
    **dict.fromkeys(("list", "job"), SEES),
    **dict.fromkeys(("new", "import", "policy"), {"admin_zhou"}),
    "standard_file": set(),
}
POST_ONLY = {"hand_in", "take", "assign", "tick", "ready", "reopen", "move", "cancel"}
LISTS = {"/preparations/": ("manager_sun", 9)}


def things(story):
    job = preparations.job(story.chen, story.at)
    actions.assign(job=job, to=story.wang, by=story.chen, at=story.at)
    return {"number": job.number}


def add_row(story):
    job = preparations.job(story.chen, story.at, room=f"机房 {story.place}")
    actions.assign(job=job, to=story.someone, by=story.chen, at=story.at)
