from tests.rooms.who import HQ, STAFF
from visits.complaints import actions

PAGES = {"list": STAFF, "new": HQ, "find": HQ, "policy": {"manager_sun"}, "complaint": HQ}
POST_ONLY = {"step"}
LISTS = {"/complaints/": ("chen", 4)}


def registered(story, customer, **facts):
    told = {
        "said_by": "李主任",
        "way": "telephone",
        "received_at": story.at,
        "matter": "punctuality",
        "text": "约好九点，十点才到",
    }
    return actions.register(customer=customer, told=told, owner=story.chen, by=story.chen, at=story.at, **facts)


def things(story):
    made = registered(story, story.order.customer, order=story.order, visit=story.visit)
    return {"number": made.number, "what": "investigate"}


def add_row(story):
    registered(story, story.order.customer)
