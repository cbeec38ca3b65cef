from tests.rooms.who import STAFF

PAGES = {"mapping": STAFF}
LISTS = {"/mechanisms/": ("chen", 5)}
