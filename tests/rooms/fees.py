SEES = {"manager_sun", "admin_zhou", "wang", "zhao"}  # an engineer the own ones
PAGES = {"latest": SEES, "month": SEES, "export": SEES}
POST_ONLY = {"close"}
LISTS = {"/fees/2026-11/": ("manager_sun", 10)}


def things(story):
    return {"month": "2026-11"}
