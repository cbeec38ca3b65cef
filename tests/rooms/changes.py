import base64

from django.core.files.uploadedfile import SimpleUploadedFile

from conduct.files.actions import store_upload
from tests.rooms.who import SEES
from visits.changes import actions
from visits.changes.models import ChangeApproval

PAGES = {
    "list": SEES | {"zhao"}, "change": SEES, "new": SEES - {"manager_sun"}, "edit": SEES - {"manager_sun"}, "copy": SEES, "sheet": set(),  # a draft has none
}  # fmt: skip
POST_ONLY = {"act"}
LISTS = {"/changes/": ("chen", 4)}
DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def drafted(visit, by, at):
    return actions.save(change=ChangeApproval(visit=visit, title="升级数据库", requested_name="李喆"), by=by, at=at)


def things(story):
    change = drafted(story.visit, story.chen, story.at)
    change.copy = store_upload(upload=SimpleUploadedFile("form.png", DOT), by=story.chen, at=story.at, kind="scan")
    change.save()
    return {"number": change.number, "what": "signed", "verb": "ask"}


def add_row(story):
    drafted(story.working, story.chen, story.at)
