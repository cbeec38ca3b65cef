from tests.rooms.who import HQ, SEES

PAGES = {"order": SEES, "list": HQ | {"wang", "zhao"}}
POST_ONLY = {"propose", "confirm", "decline", "counter", "accept_counter", "cancel", "missed"}
LISTS = {"/visits/": ("chen", 5)}
