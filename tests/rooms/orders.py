from tests.factories import repairs
from tests.rooms.who import HQ

PAGES = {"list": HQ | {"wang", "zhao"}, "edit": {"chen"}, "from_ticket": {"chen"}, "ticket_photo": set()}
POST_ONLY = {"change_state"}
LISTS = {"/orders/": ("chen", 5)}


def things(story):
    ticket = repairs.sorted_in(story.order.site.equipment.first(), story.at, story.chen)
    return {"to": "close", "from_ticket.ticket": ticket.number, "file_id": story.sign_off.pk}
