from tests.rooms.who import ADMIN, EVERYBODY

PAGES = {
    **dict.fromkeys(("list", "new", "edit", "engineer"), ADMIN),
    "detail": ADMIN | {"wang"},
    "me": EVERYBODY,
    "access": {"manager_sun", "techmgr_qian", "admin_zhou"},
    "trail": {"manager_sun", "admin_zhou"},
}
POST_ONLY = {"add_certificate", "remove_certificate", "language"}
OF_ONESELF = {"language"}
LISTS = {"/staff/": ("admin_zhou", 5), "/trail/": ("manager_sun", 4)}


def things(story):
    return {"username": "wang", "pk": 1}
