PAGES = dict.fromkeys(("order", "plan_these", "trips"), {"chen"})
POST_ONLY = {"accept", "way_on"}
LISTS = {"/trips/": ("chen", 6), "/board/plan-these/": ("chen", 9)}


def things(story):
    return {"way_on.number": story.visit.number}
