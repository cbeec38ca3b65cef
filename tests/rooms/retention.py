from tests.rooms.who import ADMIN

PAGES = {"table": ADMIN, "staff": ADMIN, "contact": ADMIN}


def things(story):
    return {"username": "wang", "pk": story.order.contact_id}
