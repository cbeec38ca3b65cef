from tests.factories import stores
from tests.rooms.who import ADMIN, STAFF

PAGES = {
    **dict.fromkeys(("items", "item", "slips", "slip", "sheet", "places"), STAFF),
    **dict.fromkeys(("new_item", "edit_item", "new_slip", "new_place", "edit_place"), ADMIN),
}
POST_ONLY = {"reverse"}
LISTS = {"/stock/": ("chen", 5), "/stock/slips/": ("chen", 4), "/stock/places/": ("chen", 4)}


def things(story):
    thing, shelf = stores.stocked(story.chen, story.at)
    slip = stores.slip(story.chen, story.at, "out", [(thing, 1)], taken_from=shelf)
    items = dict.fromkeys(("item.number", "edit_item.number"), thing.number)
    return {"number": slip.number, **items, "edit_place.number": shelf.number}


def add_row(story):
    stores.stocked(story.chen, story.at, 3, stores.item(story.chen, story.at, f"备件{story.place}"))
