from conduct.files.actions import store_bytes
from tests.rooms.who import HQ, STAFF
from visits.replies import actions
from visits.replies.models import Reply

PAGES = {"list": STAFF, "new": HQ, "find": HQ, "reply": HQ, "edit": {"chen"}, "letter": HQ}
POST_ONLY = {"send", "change_state"}
LISTS = {"/replies/?show=all": ("chen", 4)}
WRITTEN = {
    "means": "mail", "recipient": "it@school.example", "addressee": "李主任", "subject": "关于机房断电的说明",
    "text": "断电由贵方配电柜检修引起，设备自检正常。", "language": "zh-hans",
}  # fmt: skip


def drafted(visit, by, at, **facts):
    return actions.draft(customer=visit.order.customer, order=visit.order, visit=visit, written=WRITTEN | facts, by=by, at=at)


def things(story):
    """A reply that did not arrive, so that there is a letter and its author may still change it."""
    reply = drafted(story.visit, story.chen, story.at)
    letter = store_bytes(data=b"%PDF-", name="RE.pdf", content_type="application/pdf", kind="letter", by=story.chen, at=story.at)
    reviewed = {"reviewed_by": story.manager_sun, "reviewed_at": story.at, "reviewed_version": 1}
    Reply.objects.filter(pk=reply.pk).update(state="failed", letter=letter, **reviewed)
    return {"number": reply.number, "what": "ask"}


def add_row(story):
    customer = story.order.customer
    actions.draft(customer=customer, written=WRITTEN | {"recipient": customer.email}, by=story.chen, at=story.at)
