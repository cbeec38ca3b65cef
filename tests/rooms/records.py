from tests.rooms.who import SEES

PAGES = {"record": {"wang"}, "file": set(), "checklist": SEES}
POST_ONLY = {"entries", "files", "answer"}
ANYBODY = {"shell"}


def things(story):
    return {"file_id": story.sign_off.pk, "language": "en", "code": "after.customer_documents"}
