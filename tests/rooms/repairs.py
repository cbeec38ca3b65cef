from conduct.approvals import actions as approvals
from conduct.approvals.models import Approval
from conduct.customers.models import Equipment
from conduct.people.models import Staff
from conduct.repairs.states import Quadrant
from tests.factories import repairs
from tests.rooms.who import ADMIN, HQ, SEES, STAFF

PAGES = {
    "list": STAFF,
    "find": STAFF,
    "board": HQ,
    "queue": {"wang", "zhao", "online_wu"},
    "new": SEES | ADMIN,
    "history": SEES | ADMIN,
    "ticket": SEES,
    "deadline": SEES,
    "photo": set(),
    "move": {"wang"},
    "policy": {"manager_sun", "techmgr_qian", "admin_zhou"},
    "labels": {"chen", "admin_zhou"},
}
POST_ONLY = {"label_sheet", "answer", "object_to", "content_with"}
ANYBODY = {"label", "follow", "follow_photo"}
LISTS = {
    "/repairs/": ("triager_li", 5),
    "/repairs/board/": ("triager_li", 10),
    "/repairs/queue/": ("wang", 9),
    "/repairs/new/": ("triager_li", 4),
    "/repairs/equipment/EQ-900001/": ("triager_li", 6),
    "/repairs/labels/": ("triager_li", 4),
}


def things(story):
    """A customer's switch: Wang works on it because Sun, who stands in for his line manager, ordered it."""
    equipment = story.order.site.equipment.first()
    ticket = repairs.taken(equipment, story.at, story.chen, story.wang)
    approvals.approve(approval=Approval.objects.get(reference=ticket.number), by=story.manager_sun, at=story.at)
    return {
        "number": ticket.number,
        "new.number": equipment.number,
        "history.number": equipment.number,
        "what": "judge",
        "file_id": story.sign_off.pk,
        "pk": 1,
        "label": "NOBODYS234",
        "token": "nobodys",
    }


def add_row(story):
    """One more ticket in every place of the board and of Wang's queue."""
    thing = Equipment.objects.filter(number="EQ-900001").first() or repairs.equipment()
    wang = Staff.objects.get(username="wang")
    repairs.reported(thing, story.at, reporter=story.someone)
    for quadrant in Quadrant.values:
        repairs.sorted_in(thing, story.at, story.chen, quadrant)
    repairs.taken(thing, story.at, story.chen, wang)
