from tests.rooms.who import ADMIN

PAGES = {"edit": ADMIN}
ANYBODY = {"logo"}
