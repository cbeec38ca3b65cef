from tests.factories import stores
from tests.rooms.who import ADMIN, STAFF

PAGES = {
    **dict.fromkeys(("list", "loans", "spare", "loan"), STAFF),
    **dict.fromkeys(("new", "edit"), ADMIN),
    "lend": {"chen", "techmgr_qian"},
}
POST_ONLY = {"give_back", "extend", "set_state"}
LISTS = {"/spares/": ("chen", 7), "/spares/loans/": ("chen", 5)}


def things(story):
    loan = stores.lent(story.chen, story.at)
    loans = dict.fromkeys(("loan.number", "give_back.number", "extend.number"), loan.number)
    return {"number": loan.spare.number, **loans, "to": "retired"}


def add_row(story):
    shelf = stores.place(story.chen, story.at, f"货架{story.place}")
    stores.lent(story.chen, story.at, stores.spare(story.chen, story.at, shelf=shelf))
