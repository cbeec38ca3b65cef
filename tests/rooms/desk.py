from tests.rooms.who import EVERYBODY, SEES

PAGES = {"today": EVERYBODY, "visit": SEES}
LISTS = {"/": ("chen", 32)}
