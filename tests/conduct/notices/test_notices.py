"""What a person is told: in the application at once, by one e-mail when it stays unread."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from conduct.notices import actions, trail_head
from conduct.notices.models import Notice
from conduct.outbox.models import Delivery
from conduct.trail import actions as trail
from conduct.trail.actions import seal
from conduct.trail.models import Seal
from tests.factories import visits
from visits.escalations import actions as escalations
from visits.escalations.models import SiteQuestion

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def answered(house, chen, wang, at):
    """Chen answered the question that Wang asked from the site."""
    visit = visits.on_site(chen, at, wang.engineer)
    visits.enter(visit, "question", {"question_kind": "technical", "text": "固件版本？"}, at)
    Notice.objects.all().delete()  # what planning told him before is another story
    escalations.answer(question=SiteQuestion.objects.get(), answer="V200R019", by=chen, at=at)
    return visit


def test_wang_reads_of_the_answer_and_goes_to_his_record(client, wang, answered):
    client.force_login(wang)

    assert "1" in client.get("/notices/bell/").content.decode()
    assert answered.number in client.get("/notices/").content.decode()
    response = client.post(f"/notices/{Notice.objects.get().pk}/open/")

    assert response.url == f"/visits/{answered.number}/record/"
    assert Notice.objects.get().read_at is not None


def test_a_notice_is_its_readers_alone(client, zhao, answered):
    client.force_login(zhao)

    assert client.post(f"/notices/{Notice.objects.get().pk}/open/").status_code == 404
    assert answered.number not in client.get("/notices/").content.decode()


def test_the_sentence_is_in_the_readers_language(answered):
    notice = Notice.objects.get()
    with translation.override("en"):
        assert notice.sentence == f"Headquarters answered your question about {answered.number}."
    with translation.override("zh-hans"):
        assert answered.number in notice.sentence and "总部" in notice.sentence


def test_what_stays_unread_for_a_minute_is_mailed_once(wang, answered, at):
    wang.email = "wang@example.com"
    wang.save()

    assert actions.mail_waiting(channels=["mail_folder"], at=at) == 0
    assert actions.mail_waiting(channels=["mail_folder"], at=at + MINUTE) == 1
    assert actions.mail_waiting(channels=["mail_folder"], at=at + 2 * MINUTE) == 0
    letter = Delivery.objects.get(origin="notice")
    assert (letter.recipient, letter.channel) == ("wang@example.com", "mail_folder")
    assert f"/visits/{answered.number}/record/" in letter.body


def test_who_has_read_it_gets_no_mail(wang, answered, at):
    wang.email = "wang@example.com"
    wang.save()
    actions.read_all(by=wang, at=at)

    assert actions.mail_waiting(channels=["mail_folder"], at=at + MINUTE) == 0


def test_a_reminder_is_told_once_however_often_it_is_due(house, wang, zhao, at):
    for _time in range(3):
        actions.tell(to=[wang, zhao], code="question.answered", about="V-1", url="/", once="answer-1", at=at)

    assert Notice.objects.count() == 2


def test_somebody_who_left_is_told_nothing(house, wang, at):
    wang.is_active = False
    actions.tell(to=wang, code="question.answered", about="V-1", url="/", at=at)

    assert not Notice.objects.exists()


def test_the_head_of_the_trail_leaves_the_house_once_a_day(house, wang, at):
    seal(at=at)
    trail.note(verb="staff.changed", subject=wang, by=None, at=at)
    seal(at=at)

    first = trail_head.send(channels=["mail_folder"], at=at)
    again = trail_head.send(channels=["mail_folder"], at=at + 60 * MINUTE)
    next_day = trail_head.send(channels=["mail_folder"], at=at + 24 * 60 * MINUTE)

    assert (again, first.recipient) == (None, house.mailbox)
    assert Seal.objects.last().sha256 in first.body and next_day.reference > first.reference
    call_command("verify_trail", head=Seal.objects.last().sha256, stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("verify_trail", head="0" * 64, stdout=StringIO())
