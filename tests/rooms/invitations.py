import datetime

from tests.rooms.who import HQ
from visits.postponements import actions

DAY = datetime.timedelta(days=1)
PAGES = {"links": {"wang", "chen"}, "postpone": {"chen"}, "postponement": HQ | {"wang"}}
POST_ONLY = {"revoke", "end", "hand_out"}
ANYBODY = {"enter", "record", "statement", "sign_off"}


def things(story):
    facts = {"new_from": story.at + 9 * DAY, "new_until": story.at + 10 * DAY, "reason": "缺货", "by": story.chen, "at": story.at}
    made = actions.postpone(order=story.order, **facts)
    return {"postponement.number": made.number, "end.number": made.number, "what": "revoke"}
