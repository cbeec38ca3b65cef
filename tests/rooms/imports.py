from visits.imports import actions

PAGES = dict.fromkeys(("upload", "sample", "detail"), {"chen"})
POST_ONLY = {"discard"}
LISTS = {"/orders/import/": ("chen", 4)}
ROWS = [["site number", "scope"], ["S-0001", "检查电源"]]


def things(story):
    source = actions.look_at(name="orders.csv", rows=ROWS, by=story.chen, at=story.at)
    return {"number": source.number}


def add_row(story):
    actions.look_at(name=f"orders{story.place}.csv", rows=ROWS, by=story.chen, at=story.at)
