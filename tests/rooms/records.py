PAGES = {"record": {"wang"}, "file": set()}
POST_ONLY = {"entries", "files"}
ANYBODY = {"shell"}


def things(story):
    return {"file_id": story.sign_off.pk, "language": "en"}
