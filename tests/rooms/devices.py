from tests.rooms.who import EVERYBODY

PAGES = {"mine": EVERYBODY, "list": {"chen", "admin_zhou"}, "wipe": {"wang", "chen", "admin_zhou"}}
POST_ONLY = {"revoke"}
LISTS = {"/devices/": ("chen", 4)}


def things(story):
    return {"device_id": story.laptop["device"].pk}
