"""A written reply: drafted, read by a superior, sent as it was read, and seen to arrive."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from conduct.approvals.models import Approval
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.notices.models import Notice
from conduct.outbox import actions as outbox
from conduct.outbox.channels.base import ChannelError
from conduct.outbox.channels.registry import channel
from conduct.outbox.reasons import Reason
from conduct.people.models import Staff
from tests.factories import visits
from tests.rooms.replies import drafted
from visits.replies import actions
from visits.replies.models import Reply
from visits.replies.states import TRANSITIONS, ReplyState
from visits.retention.actions import erase_due

HOUR = datetime.timedelta(hours=1)
CHANNELS = {"mail_channels": ["mail_folder"], "fax_channels": ["fax_folder"]}
S = ReplyState


@pytest.mark.parametrize(
    ("here", "to"),
    [
        (S.DRAFT, {S.ASKED, S.DISCARDED}), (S.ASKED, {S.APPROVED, S.SENT_BACK, S.DRAFT}), (S.SENT_BACK, {S.DRAFT, S.DISCARDED}),
        (S.APPROVED, {S.SENT, S.DRAFT, S.DISCARDED}), (S.SENT, {S.DELIVERED, S.FAILED}), (S.DELIVERED, {S.FAILED}),
        (S.FAILED, {S.DELIVERED, S.SENT, S.DRAFT}), (S.DISCARDED, set()),
    ],
)  # fmt: skip
def test_how_it_moves(here, to):
    assert TRANSITIONS[here] == to


@pytest.fixture
def visit(house, chen, wang, at):
    place = visits.site()
    place.fax = "025-84420000"
    place.save()
    return visits.signed(chen, at - 48 * HOUR, wang.engineer, work=visits.order(chen, at - 50 * HOUR, place))[0]


@pytest.fixture
def led(chen, techmgr_qian):
    """Qian leads Chen."""
    Staff.objects.filter(pk=chen.pk).update(line_manager=techmgr_qian)
    chen.refresh_from_db()
    return chen


@pytest.fixture
def reply(visit, led, at):
    return drafted(visit, led, at)


def fresh(reply):
    return Reply.objects.get(pk=reply.pk)


def test_from_the_draft_to_the_customers_mailbox(client, visit, led, techmgr_qian, at, settings):
    client.force_login(led)
    assert f"/replies/new/?visit={visit.number}" in client.get(visit.get_absolute_url()).content.decode()
    page = client.get(f"/replies/new/?visit={visit.number}")
    typed = {
        "to": "mail:it@school.example",
        "subject": "关于断电",
        "addressee": "李主任",
        "text": "自检正常。",
        "language": "zh-hans",
    }
    assert page.status_code == 200 and "mail:it@school.example" in page.content.decode()
    reply = Reply.objects.get(number=client.post(f"/replies/new/?visit={visit.number}", typed)["Location"].split("/")[2])
    client.post(f"{reply.get_absolute_url()}ask/", {"ask-note": "请尽快"})
    assert client.post(f"{reply.get_absolute_url()}send/").status_code in (302, 409) and fresh(reply).state == "asked"

    client.force_login(techmgr_qian)
    desk = client.get("/").content.decode()
    assert reply.number in desk and Notice.objects.filter(to=techmgr_qian, code="approval.asked").exists()
    back = client.post(f"{reply.get_absolute_url()}review/", {"review-good": "no", "review-reason": " ", "review-version": 1})
    assert back.status_code == 422 and "reason" in back.context["review_form"].errors
    client.post(f"{reply.get_absolute_url()}review/", {"review-good": "yes", "review-version": 1})

    client.force_login(led)
    assert reply.number in client.get("/").content.decode()
    client.post(f"{reply.get_absolute_url()}send/")
    sent = fresh(reply)
    outbox.carry(delivery=sent.delivery, channel_of=channel, now=lambda: at + 3 * HOUR)
    assert (fresh(reply).state, sent.delivery.recipient_kind) == ("delivered", "customer_mail")
    letter = next((settings.OUTBOX_FOLDER / "mail").iterdir()).read_bytes()
    assert b"application/pdf" in letter and b"it@school.example" in letter
    assert client.get(f"{reply.get_absolute_url()}letter.pdf").getvalue().startswith(b"%PDF-")
    shown = client.get(reply.get_absolute_url()).content.decode()
    assert (
        sent.delivery.number in shown
        and "已确认" in shown
        and reply.number in client.get(visit.get_absolute_url()).content.decode()
    )


def test_what_changes_after_the_review_is_reviewed_again(reply, led, techmgr_qian, at):
    actions.ask(reply=reply, by=led, at=at)
    actions.review(reply=reply, good=True, version=1, by=techmgr_qian, at=at)
    read = fresh(reply)

    actions.change(reply=read, written=_words(read) | {"text": "其实是我们的错。"}, by=led, at=at)

    changed = fresh(reply)
    assert (changed.state, changed.version, changed.reviewed_by) == ("draft", 2, None)
    with pytest.raises(ForbiddenMove):
        actions.send(reply=changed, by=led, at=at, **CHANNELS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.filter(pk=reply.pk).update(state="sent")
    # Who holds the page of what was read cannot send what was written since.
    with pytest.raises(ForbiddenMove):
        actions.send(reply=read, by=led, at=at, **CHANNELS)


def _words(reply):
    return {name: getattr(reply, name) for name in actions.WRITTEN}


def test_changed_while_it_is_reviewed_the_question_is_withdrawn(reply, led, techmgr_qian, at):
    actions.ask(reply=reply, by=led, at=at)
    actions.change(reply=fresh(reply), written=_words(reply) | {"subject": "更正"}, by=led, at=at)

    assert Approval.objects.get().state == "withdrawn" and fresh(reply).state == "draft"
    with pytest.raises(ForbiddenMove):
        actions.review(reply=fresh(reply), good=True, version=1, by=techmgr_qian, at=at)


def test_nobody_reviews_a_reply_of_ones_own(visit, chen, manager_sun, at):
    own = drafted(visit, manager_sun, at)
    with pytest.raises(DomainError):  # nobody else is manager here
        actions.ask(reply=own, by=manager_sun, at=at)
    without_leader = drafted(visit, chen, at)
    asked = actions.ask(reply=without_leader, by=chen, at=at)
    assert asked.asked_of_role == "manager"
    with pytest.raises(DomainError):
        actions.review(reply=fresh(without_leader), good=True, version=1, by=chen, at=at)
    actions.review(reply=fresh(without_leader), good=False, version=1, reason="语气要缓和", by=manager_sun, at=at)
    assert (fresh(without_leader).state, fresh(without_leader).remark) == ("sent_back", "语气要缓和")


def test_a_colleague_goes_on_with_what_somebody_left_behind(client, reply, led, techmgr_qian, manager_sun, wang, at):
    actions.ask(reply=reply, by=led, at=at)
    actions.review(reply=reply, good=True, version=1, by=techmgr_qian, at=at)
    url = reply.get_absolute_url()
    client.force_login(manager_sun)
    assert client.post(f"{url}take_over/").status_code == 422 and reply.number not in client.get("/").content.decode()
    Staff.objects.filter(pk=led.pk).update(is_active=False)

    assert reply.number in client.get("/").content.decode() and "take_over" in client.get(url).content.decode()
    client.post(f"{url}take_over/")
    assert (fresh(reply).author, fresh(reply).state) == (manager_sun, "approved")
    assert "send/" in client.get(url).content.decode()
    Reply.objects.update(author=led)
    actions.take_over(reply=fresh(reply), by=techmgr_qian, at=at)  # nobody reviews one's own
    assert (fresh(reply).author, fresh(reply).state, fresh(reply).reviewed_by) == (techmgr_qian, "draft", None)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("text", "有事打我手机 138 0013 8000"),
        ("subject", "加微信 wanglei_2020"),
        ("text", "王磊已经换好电源"),
        ("recipient", "someone@mail.example"),
    ],
)
def test_no_private_contact_and_no_real_name_reaches_the_customer(client, visit, chen, field, text, at):
    with pytest.raises(DomainError) as refused:
        drafted(visit, chen, at, **{field: text})
    assert refused.value.field == ("to" if field == "recipient" else field)


def test_the_hotline_and_the_customers_own_number_may_stand_there(visit, chen, at):
    assert drafted(visit, chen, at, text="请拨打 400-820-5566，或由我们致电 025-84421234。").pk


def test_a_fax_that_does_not_arrive_comes_back_to_its_author(visit, led, techmgr_qian, at):
    reply = drafted(visit, led, at, means="fax", recipient="025-84420000")
    actions.ask(reply=reply, by=led, at=at)
    actions.review(reply=reply, good=True, version=1, by=techmgr_qian, at=at)
    actions.send(reply=fresh(reply), by=led, at=at, **CHANNELS)

    outbox.carry(delivery=fresh(reply).delivery, channel_of=lambda code: Broken(), now=lambda: at + HOUR)

    assert fresh(reply).state == "failed" and Notice.objects.filter(to=led, code="reply.failed").exists()
    outbox.mark_arrived(delivery=fresh(reply).delivery, reason="电话确认已收到", by=led, at=at + 2 * HOUR)
    assert fresh(reply).state == "delivered"


class Broken:
    def send(self, parcel, point_of_no_return):
        raise ChannelError(Reason.BAD_NUMBER, "Invalid dialing command")


def test_at_the_end_of_its_term_the_words_go(visit, led, techmgr_qian, at):
    reply = drafted(visit, led, at)
    actions.discard(reply=reply, reason="改用电话", by=led, at=at)
    erase_due(at=at + datetime.timedelta(days=61 * 31))
    gone = fresh(reply)
    assert (gone.text, gone.recipient, gone.author) == ("–", "–", led) and gone.erased_at
