from tests.rooms.who import EVERYBODY

PAGES = {"mapping": EVERYBODY}
LISTS = {"/mechanisms/": ("chen", 5)}
