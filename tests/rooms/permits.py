from tests.rooms.who import SEES

PAGES = {"pack": SEES, "edit": {"chen"}}
