from conduct.people.models import Staff
from tests.factories import repairs
from tests.rooms.who import HQ

PAGES = {
    "list": {"wang", "zhao", "online_wu", "techmgr_qian"},
    "round": HQ | {"wang"},
    "new_plan": {"techmgr_qian"},
    "plan": {"techmgr_qian"},
}
LISTS = {"/rounds/": ("triager_li", 5)}


def things(story):
    inspection = repairs.inspection(story.order.site, story.wang, story.at)
    return {"number": inspection.number, "pk": inspection.plan.pk}


def add_row(story):
    repairs.equipment(story.order.site, f"EQ-91000{story.place}")
    wang = Staff.objects.get(username="wang")
    repairs.inspection(story.order.site, wang, story.at, name=f"巡检{story.place}")
