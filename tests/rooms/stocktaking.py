from conduct.stocktaking.actions import begin
from tests.factories import stores
from tests.rooms.who import ADMIN, STAFF

PAGES = {
    **dict.fromkeys(("list", "stocktaking", "sheet"), STAFF),
    "begin": ADMIN, "count": STAFF - {"manager_sun"},
}  # fmt: skip
POST_ONLY = {"add", "close", "reopen", "explain", "book", "cancel"}
OF_ONESELF = {"add"}  # whoever may count in the store may say that something lies there
LISTS = {"/stocktaking/": ("chen", 4)}


def _begun(story, name):
    shelf = stores.place(story.chen, story.at, name)
    stores.stocked(story.chen, story.at, 3, stores.item(story.chen, story.at, f"{name}灯泡"), shelf)
    return begin(place=shelf, by=story.chen, at=story.at)


def things(story):
    return {"number": _begun(story, "盘点库房").number}


def add_row(story):
    _begun(story, f"盘点架{story.place}")
