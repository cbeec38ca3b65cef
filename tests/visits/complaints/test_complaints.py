"""A complaint from what the customer says to a manager who closes it, and what happens when nobody sees to it."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.notices.models import Notice
from conduct.outbox import actions as outbox
from conduct.outbox.channels.registry import channel
from tests.factories import visits
from tests.rooms.complaints import registered
from tests.rooms.replies import WRITTEN
from visits.complaints import actions
from visits.complaints.models import Complaint
from visits.complaints.states import TRANSITIONS, ComplaintState
from visits.complaints.timing import in_words
from visits.replies import actions as replies
from visits.replies.models import Reply
from visits.retention.actions import erase_due

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
S = ComplaintState


@pytest.mark.parametrize(
    ("here", "to"),
    [
        (S.REGISTERED, {S.INVESTIGATED}), (S.INVESTIGATED, {S.ANSWERED}), (S.ANSWERED, {S.IMPROVING}),
        (S.IMPROVING, {S.CLOSED}), (S.CLOSED, {S.REGISTERED}),
    ],
)  # fmt: skip
def test_how_it_moves(here, to):
    assert TRANSITIONS[here] == to


@pytest.fixture
def visit(house, chen, wang, at):
    return visits.signed(chen, at - 2 * DAY, wang.engineer)[0]


@pytest.fixture
def complaint(visit, chen, at):
    return registered(SimpleNamespace(chen=chen, at=at), visit.order.customer, order=visit.order, visit=visit)


def fresh(complaint):
    return Complaint.objects.get(pk=complaint.pk)


def told(person):
    return list(Notice.objects.filter(to=person, code__startswith="complaint.").order_by("pk").values_list("code", flat=True))


def test_from_the_follow_up_call_to_a_manager_who_closes_it(client, visit, chen, wang, manager_sun, at):
    """Registered, investigated, answered on the telephone, improved, closed; each step by its form, on the page of its owner."""
    client.force_login(chen)
    call = client.get(f"/visits/{visit.number}/follow-up/").content.decode()
    assert f"/complaints/new/?visit={visit.number}&amp;way=follow_up" in call
    typed = {
        "said_by": "李喆",
        "way": "follow_up",
        "received_at": "2026-11-24T09:30",
        "matter": "manner",
        "text": "态度生硬",
        "owner": chen.pk,
    }
    late = client.post(f"/complaints/new/?visit={visit.number}", typed | {"received_at": "2099-01-01T09:00"})
    assert late.status_code == 422 and "received_at" in late.context["form"].errors and "态度生硬" in late.content.decode()
    url = client.post(f"/complaints/new/?visit={visit.number}", typed)["Location"]
    number = url.split("/")[2]
    assert "态度生硬" in client.get(visit.get_absolute_url()).content.decode() and number in client.get("/").content.decode()

    assert (
        client.post(f"{url}investigate/", {"investigate-text": "王工抢修中未作解释", "investigate-justified": "yes"}).status_code
        == 302
    )
    assert client.post(
        f"{url}improve/", {"improve-text": "x", "improve-who": wang.pk, "improve-until": "2099-01-01"}
    ).status_code == 422
    client.post(f"{url}answer_by_call/", {"answer_by_call-said_to": "李喆", "answer_by_call-text": "已致歉"})
    past = client.post(f"{url}improve/", {"improve-text": "培训", "improve-who": wang.pk, "improve-until": "2020-01-01"})
    assert past.status_code == 422 and "until" in past.context["improve_form"].errors
    client.post(f"{url}improve/", {"improve-text": "现场沟通培训", "improve-who": wang.pk, "improve-until": "2099-12-04"})
    assert told(wang) == ["complaint.improvement"] and told(manager_sun) == ["complaint.to_close"]
    assert client.post(f"{url}close/", {"close-text": "好"}).status_code == 422  # Chen is its owner, and no manager

    client.force_login(wang)
    assert (
        "现场沟通培训" in client.get(url).content.decode()
        and client.post(f"{url}close/", {"close-text": "好"}).status_code == 404
    )
    client.force_login(manager_sun)
    assert number in client.get("/").content.decode()
    client.post(f"{url}close/", {"close-text": "已旁听一次现场，沟通良好"})
    closed = Complaint.objects.get()
    assert (closed.state, closed.closed_by, told(chen)) == ("closed", manager_sun, ["complaint.closed"])
    assert number in client.get(f"/complaints/?show=closed&matter=manner&customer={closed.customer.number}").content.decode()
    assert number not in client.get("/complaints/?show=closed&matter=charges").content.decode()


def test_a_reviewed_reply_that_has_arrived_is_the_answer(client, complaint, chen, manager_sun, at):
    actions.investigate(complaint=complaint, text="堵车未提前告知", justified=True, by=chen, at=at)
    client.force_login(chen)
    page = client.get(f"/replies/new/?complaint={complaint.number}")
    assert page.context["form"].initial["addressee"] == "李主任" and page.context["complaint"] == complaint
    about = {"order": complaint.order, "visit": complaint.visit, "complaint": complaint}
    reply = replies.draft(customer=complaint.customer, written=WRITTEN, by=chen, at=at, **about)
    replies.ask(reply=reply, by=chen, at=at)
    replies.review(reply=reply, good=True, version=1, by=manager_sun, at=at)
    replies.send(reply=Reply.objects.get(), mail_channels=["mail_folder"], fax_channels=["fax_folder"], by=chen, at=at)
    assert fresh(complaint).state == "investigated"

    outbox.carry(delivery=Reply.objects.get().delivery, channel_of=channel, now=lambda: at + HOUR)

    assert fresh(complaint).state == "answered"
    assert reply.number in client.get(complaint.get_absolute_url()).content.decode()


def test_who_is_named_for_the_improvement_follows_no_link_that_is_anothers(client, complaint, chen, wang, zhao, at):
    actions.investigate(complaint=complaint, text="堵车", justified=True, by=chen, at=at)
    replies.draft(customer=complaint.customer, written=WRITTEN, complaint=complaint, by=chen, at=at)
    actions.answer_by_call(complaint=fresh(complaint), said_to="李主任", text="致歉", by=chen, at=at)
    actions.improve(complaint=fresh(complaint), text="查路况", who=zhao, until=at.date(), by=chen, at=at)
    pages = {}
    for person in (chen, zhao):
        client.force_login(person)
        pages[person] = client.get(complaint.get_absolute_url()).content.decode()

    about = f'href="{complaint.visit.get_absolute_url()}"'
    assert about in pages[chen] and WRITTEN["subject"] in pages[chen]
    assert about not in pages[zhao] and complaint.visit.number in pages[zhao] and WRITTEN["subject"] not in pages[zhao]


def test_working_hours_say_when_it_is_due_and_a_reminder_comes_once(complaint, chen, manager_sun, at):
    """Tuesday ten o'clock and sixteen working hours: Thursday before noon."""
    assert in_words(complaint.due_at) == "2026-11-26 10:00"
    assert actions.remind(at=complaint.due_at - HOUR) == 0
    assert actions.remind(at=complaint.due_at) == 1 and actions.remind(at=complaint.due_at + DAY) == 0
    assert told(chen) == ["complaint.due"] == told(manager_sun)


def test_its_owner_does_not_close_it_and_nobody_closes_it_half_way(complaint, chen, manager_sun, at):
    actions.hand_on(complaint=complaint, to=manager_sun, reason="涉及收费", by=chen, at=at)
    with pytest.raises(DomainError):
        actions.investigate(complaint=fresh(complaint), text="x", justified=False, by=chen, at=at)
    with pytest.raises(DomainError):
        actions.close(complaint=fresh(complaint), text="x", by=manager_sun, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.update(state="closed", closed_by=manager_sun, closed_at=at)
    actions.hand_on(complaint=fresh(complaint), to=chen, reason="还给陈静", by=manager_sun, at=at)
    with pytest.raises(ForbiddenMove):
        actions.close(complaint=fresh(complaint), text="x", by=manager_sun, at=at)


def test_a_customer_who_is_not_content_begins_it_anew_and_the_words_end(complaint, chen, wang, manager_sun, at):
    def through(held):
        actions.investigate(complaint=held, text="堵车", justified=True, by=chen, at=at)
        actions.answer_by_call(complaint=held, said_to="李主任", text="致歉", by=chen, at=at)
        actions.improve(complaint=held, text="出发前查路况", who=wang, until=at.date(), by=chen, at=at)
        actions.close(complaint=held, text="已改", by=manager_sun, at=at)

    through(complaint)
    actions.reopen(complaint=complaint, reason="又迟到了", by=chen, at=at + DAY)
    again = fresh(complaint)
    assert (again.state, again.round, again.closed_by, again.steps.count()) == ("registered", 2, None, 5)
    through(again)
    assert fresh(complaint).steps.count() == 9
    with pytest.raises(DomainError):
        actions.reopen(complaint=fresh(complaint), reason=" ", by=chen, at=at)

    erase_due(at=at + 61 * 31 * DAY)
    gone = fresh(complaint)
    assert (gone.said_by, gone.text, gone.matter) == ("–", "–", "punctuality")
    assert set(gone.steps.values_list("text", "said_to")) == {("–", "")}
