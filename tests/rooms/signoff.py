PAGES = {
    **dict.fromkeys(("sign", "leave", "correct", "statement"), {"wang"}),
    **dict.fromkeys(("transcribe", "stamped_copy"), {"wang", "chen"}),
    **dict.fromkeys(("stamp", "stamped_copy_file", "scan"), set()),
    "settle": {"chen", "techmgr_qian"},
}
POST_ONLY = {"start", "sign_off"}
ANYBODY = {"shell"}


def things(story):
    return {"package_id": story.sign_off.pk, "language": "en"}
