from visits.recurring import actions
from visits.recurring.models import RecurringPlan

PAGES = dict.fromkeys(("list", "new", "find", "plan", "edit"), {"chen"})
POST_ONLY = {"change_state"}
LISTS = {"/recurring/": ("chen", 4)}


def plan(story, name):
    made = RecurringPlan(site=story.order.site, name=name, scope="检查电源", first_on=story.at.date(), from_time="09:00", until_time="17:00")
    return actions.save_plan(plan=made, equipment=[], skills=[], certified=[], by=story.chen, at=story.at)


def things(story):
    return {"number": plan(story, "季度巡检").number, "to": "pause"}


def add_row(story):
    plan(story, f"巡检{story.place}")
