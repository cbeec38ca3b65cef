"""Complaints and written replies of the demo: one of every state, so that every desk has something to do."""

import datetime

from conduct.outbox import actions as outbox
from visits.complaints import actions as complaints
from visits.replies import actions as replies
from visits.replies.queries import addresses_of
from visits.schedule.models import Visit

from .channel import DemoChannel

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
CHANNELS = {"mail_channels": ["email"], "fax_channels": ["fax_hylafax"]}
# matter, way, what the customer says, its cause, what was answered, what becomes better, how far it went
COMPLAINTS = [
    ("punctuality", "telephone", "约好上午九点，工程师十点过后才到，事先没有电话。", "高架封路，工程师未按规定提前告知。", "已向客户说明并致歉，客户接受。",
     "出发前查看路况，预计迟到即报总部并告知客户", "closed"),
    ("result", "follow_up", "更换电源后两天又断电，客户问是不是没修好。", "机房配电支路跳闸，与更换的电源无关；交付时未提示。", "已告知客户由物业检修配电，我方可配合。",
     "交付时说明供电条件并写入记录", "improving"),
    ("manner", "letter", "现场工程师接电话时间过长，影响机房管理员下班。", "工程师就技术问题与总部通话，未向客户说明。", "", "", "investigated"),
    ("charges", "mail", "客户对本次备件费用有疑问，要求书面说明。", "", "", "", "registered"),
]  # fmt: skip
REPLIES = [
    (
        "关于 UPS 电池更换周期的说明",
        "贵方机房 UPS 电池已使用四年，建议于本季度内更换。更换可在夜间进行，不影响业务。",
        "delivered",
    ),
    ("关于固件升级时间的答复", "固件升级需停机约三十分钟，建议安排在周六上午。请贵方确认时间。", "approved"),
    ("关于巡检报告的补充说明", "巡检中发现的两处风扇异响已列入下次上门的工作内容。", "draft"),
]


def make_letters(*, staff, at):
    """`at` is the last afternoon. Each is about a visit that ended some days ago; with too few visits there are fewer."""
    done = Visit.objects.filter(state__in=["signed", "archived"], planned_end__lt=at - 4 * DAY)
    rows = done.select_related("order__customer", "order__contact", "order__site", "engineer__staff")
    visits = iter(list(rows.order_by("-planned_start", "-pk")[: len(COMPLAINTS) + len(REPLIES)]))
    for tale, visit in zip(COMPLAINTS, visits, strict=False):
        _complaint(tale, visit, staff, at)
    for (subject, text, fate), visit in zip(REPLIES, visits, strict=False):
        _reply(visit, subject, text, fate, staff, at - 2 * DAY)


def _about(visit):
    return {"customer": visit.order.customer, "order": visit.order, "visit": visit}


def _complaint(tale, visit, staff, at):
    matter, way, text, cause, answer, better, fate = tale
    said = visit.planned_end + DAY
    contact = visit.order.contact
    told = {
        "said_by": f"{contact.name[0]}主任" if contact else "客户",
        "way": way,
        "received_at": said,
        "matter": matter,
        "text": text,
    }
    made = complaints.register(told=told, owner=staff["chen"], by=staff["chen"], at=said + HOUR, **_about(visit))
    if cause:
        complaints.investigate(complaint=made, text=cause, justified=matter != "result", by=staff["chen"], at=said + 4 * HOUR)
    if answer:
        complaints.answer_by_call(complaint=made, said_to=told["said_by"], text=answer, by=staff["chen"], at=said + 5 * HOUR)
        until = (said + 10 * DAY).date()
        complaints.improve(
            complaint=made, text=better, who=visit.engineer.staff, until=until, by=staff["chen"], at=said + 6 * HOUR
        )
    if fate == "closed":
        complaints.close(complaint=made, text="已抽查两次上门，均按规定告知。", by=staff["sun"], at=at)
    if fate == "investigated":
        words = (
            "来信收悉。工程师在现场就技术问题与总部核对，未向贵方说明，耽误了贵方下班时间，我们深表歉意，今后将事先征得贵方同意。"
        )
        _reply(visit, "关于贵方投诉的答复", words, "asked", staff, at, complaint=made)


def _reply(visit, subject, text, fate, staff, at, **about):
    to = next((place for place in addresses_of(visit.order.customer)), None)
    if to is None:
        return
    contact = visit.order.contact
    written = {
        "means": to[0],
        "recipient": to[1],
        "addressee": f"{contact.name[0]}主任" if contact else "",
        "subject": subject,
        "text": text,
    }
    by = staff["wu"] if fate == "approved" else staff["chen"]
    reply = replies.draft(written=written | {"language": "zh-hans"}, by=by, at=at, **_about(visit), **about)
    if fate == "draft":
        return
    replies.ask(reply=reply, by=by, at=at + HOUR)
    if fate in ("approved", "delivered"):
        replies.review(reply=reply, good=True, version=1, reason="同意", by=staff["sun"], at=at + 2 * HOUR)
        reply.refresh_from_db()
    if fate == "delivered":
        replies.send(reply=reply, by=by, at=at + 3 * HOUR, **CHANNELS)
        channel = DemoChannel("good", first=False, kind=reply.delivery.recipient_kind)
        outbox.carry(delivery=reply.delivery, channel_of=lambda code: channel, now=lambda: at + 3 * HOUR)
