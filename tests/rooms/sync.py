from tests.factories import laptops
from tests.rooms.who import EVERYBODY

PAGES = {
    **dict.fromkeys(("overview", "import", "laptop", "entry", "unreadable"), {"chen", "techmgr_qian"}),
    "bundle": {"wang"},
    "blob": set(),
    "earlier": set(),
    "receipts": EVERYBODY,
}
POST_ONLY = {"contact", "packages", "sealed"}
OF_ONESELF = {"contact", "sealed"}
LISTS = {"/sync/": ("chen", 8)}


def things(story):
    laptop = story.laptop
    ids = {"device_id": laptop["device"].pk, "entry_id": laptop["entry"].pk, "pk": laptop["quarantined"].pk}
    return ids | dict.fromkeys(("blob_id", "file_id"), story.sign_off.pk)


def add_row(story):
    laptops.everything(story.visit, story.working_at)
