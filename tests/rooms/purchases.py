from tests.factories import stores
from tests.rooms.who import ADMIN, STAFF

PAGES = {
    "list": STAFF,
    "new": STAFF,
    "purchase": {"chen", "manager_sun", "techmgr_qian", "admin_zhou"},
    "edit": {"chen"},
    "receive": ADMIN,
    "policy": {"manager_sun", "admin_zhou"},
    "quote_file": set(),
}
POST_ONLY = {"add_quote", "drop_quote", "choose", "ask", "order", "cancel"}
LISTS = {"/purchases/": ("manager_sun", 6)}


def things(story):
    return {"number": stores.purchase(story.chen, story.at).number, "pk": 1}


def add_row(story):
    stores.purchase(story.chen, story.at)
