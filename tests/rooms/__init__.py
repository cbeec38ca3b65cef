"""What each room promises of its pages; one file a room, named as the room's addresses are. tests/test_access.py and tests/test_lists.py read them.

PAGES      who gets the page by GET: {name of the address: set of people}; everybody else gets 404
POST_ONLY  addresses that answer 405 to a GET; who has no part in the visit of the story gets 404
OF_ONESELF those of POST_ONLY that are about the caller: who may call is asked by each of them
ANYBODY    addresses that need no sign-in
things     makes the room's things in the story and gives the arguments of its addresses: {"number": ...} for every page of the room,
           {"loan.number": ...} for one; an address that begins with visits/ or orders/ takes the visit's or the order's number by itself
LISTS      {address of a list page: (person, queries)}
add_row    adds one more row to each of these lists
"""

import importlib
import pkgutil

ROOMS = {name: importlib.import_module(f"{__name__}.{name}") for _finder, name, _package in pkgutil.iter_modules(__path__)}


def of_all(what):
    """The sets or dicts of that name of all rooms, as one; {"page": …} of room x is named "x:page"."""
    found = {}
    for room, module in ROOMS.items():
        for name in getattr(module, what, ()):
            whole = name if what == "LISTS" or room == "machinery" else f"{room}:{name}"
            assert whole not in found, whole
            found[whole] = getattr(module, what)[name] if isinstance(getattr(module, what), dict) else True
    return found
