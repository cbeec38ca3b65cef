from tests.rooms.who import STAFF

PAGES = {
    **dict.fromkeys(("list", "briefing", "editions", "edition", "export_yaml", "export_xlsx"), STAFF),
    "readers": {"manager_sun", "techmgr_qian", "admin_zhou"},
    "begin": {"techmgr_qian", "admin_zhou"},
    **dict.fromkeys(("import", "new_rule", "edit_rule"), set()),  # the edition of the story is published
}
POST_ONLY = {"publish", "discard", "remove_rule"}


def things(story):
    return {"edition": "2026.1", "code": "none"}
