from conduct.outbox.models import Delivery
from tests.rooms.who import ADMIN

PAGES = {
    "channels": ADMIN,
    "test": ADMIN,
    "list": {"chen", "manager_sun", "admin_zhou"},
    "detail": {"chen", "manager_sun", "admin_zhou"},
}
POST_ONLY = {"decide"}
LISTS = {"/deliveries/": ("chen", 4)}


def delivery(number, reference, at, **facts):
    return Delivery.objects.create(
        number=number, origin="test", reference=reference, subject="s", recipient_kind="hq_mail", recipient="hq@example.com",
        channel="mail_folder", channels=[], message_id=f"<{number}>", queued_at=at, **facts,
    )  # fmt: skip


def things(story):
    row = delivery("D-2026-000001", story.visit.record_number, story.at)
    return {"number": row.number, "what": "again", "code": "mail_folder"}


def add_row(story):
    delivery(f"D-2026-9{story.place}", story.visit.record_number, story.at, state="confirmed")
