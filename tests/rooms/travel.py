PAGES = {"list": {"chen"}, "import": {"chen"}}
POST_ONLY = {"remove"}
LISTS = {"/travel-times/": ("chen", 4)}


def things(story):
    return {"pk": 1}
