from tests.visits.documents.files import pdf
from visits.documents import actions

HANDS_OUT = {"chen", "techmgr_qian", "online_wu"}
PAGES = {"new": HANDS_OUT, "document": HANDS_OUT}
POST_ONLY = {"open", "withdraw"}


def things(story):
    document = actions.hand_out(visit=story.visit, title="接线图", file=pdf(), by=story.chen, at=story.at)
    return {"document.number": document.number, "open.number": document.number, "withdraw.number": document.number}
