"""Deadlines speak before, at and after their moment: once each, to whom it concerns, by what is due and not done."""

import datetime

import pytest
from django.utils.translation import override

from conduct.notices.models import Notice
from conduct.repairs import actions, reminders, repairing
from conduct.repairs.models import RepairTicket
from tests.factories import repairs

HOUR = datetime.timedelta(hours=1)


def told(person):
    return list(Notice.objects.filter(to=person).exclude(code__in=OTHERS).order_by("pk").values_list("code", flat=True))


OTHERS = ["ticket.reported", "ticket.assigned", "ticket.taken"]


@pytest.fixture
def ticket(beamer, triager_li, manager_sun, wang, at):
    """Taken up at once; due at 15:00, near from 14:00 on."""
    return repairs.taken(beamer, at, triager_li, wang)


def test_nothing_is_said_before_its_time(ticket, wang, at):
    assert reminders.remind(at=at + 3 * HOUR) == 0
    assert told(wang) == []


@pytest.mark.parametrize(
    ("hours", "wangs", "lis", "suns"),
    [
        (4, ["ticket.finish_soon"], [], []),
        (5, ["ticket.finish_due"], ["ticket.finish_due"], []),
        (29, ["ticket.finish_late"], ["ticket.finish_late"], ["ticket.finish_late"]),
    ],
)
def test_who_is_told_when_and_a_beat_that_slept_says_the_last_word(
    ticket, triager_li, manager_sun, wang, at, hours, wangs, lis, suns
):
    reminders.remind(at=at + hours * HOUR)

    assert (told(wang), told(triager_li), told(manager_sun)) == (wangs, lis, suns)


def test_each_step_is_told_once_however_often_the_beat_runs(ticket, wang, at):
    for minutes in range(0, 36 * 60, 30):
        reminders.remind(at=at + minutes * datetime.timedelta(minutes=1))

    assert told(wang) == ["ticket.finish_soon", "ticket.finish_due", "ticket.finish_late"]
    ticket.refresh_from_db()
    assert ticket.next_step_at is None


def test_what_nobody_takes_up_is_told_to_the_triager(beamer, triager_li, at):
    repairs.sorted_in(beamer, at, triager_li)

    reminders.remind(at=at + HOUR)

    assert told(triager_li) == ["ticket.answer_due"]


def test_a_pause_holds_the_deadlines_tongue(ticket, wang, at):
    repairing.pause(ticket=ticket, reason="part", expected_until=at.date(), by=wang, at=at)

    assert reminders.remind(at=at + 48 * HOUR) == 0


def test_a_new_deadline_speaks_anew(ticket, triager_li, wang, at):
    reminders.remind(at=at + 5 * HOUR)
    actions.sort(ticket=RepairTicket.objects.get(), quadrant="nu", reason="借到教室", by=triager_li, at=at + 5 * HOUR)
    reminders.remind(at=at + 28 * HOUR)

    assert told(wang) == ["ticket.finish_due", "ticket.sorted_again", "ticket.finish_soon"]


def test_what_was_not_urgent_and_waited_too_long_becomes_urgent(beamer, triager_li, at):
    ticket = repairs.sorted_in(beamer, at, triager_li, "nn")  # five working days
    before = ticket.queue_key

    reminders.remind(at=at + 7 * 24 * HOUR)

    ticket.refresh_from_db()
    assert ticket.grew_urgent_at and ticket.queue_key < before


def test_a_pause_that_should_have_ended_is_told_once(ticket, triager_li, wang, at):
    repairing.pause(ticket=ticket, reason="part", expected_until=at.date(), by=wang, at=at)

    for days in (1, 2, 3):
        reminders.remind_of_pauses(at=at + days * 24 * HOUR)

    assert told(wang) == told(triager_li) == ["ticket.pause_late"]
    notice = Notice.objects.get(to=wang, code="ticket.pause_late")
    assert "等待配件" in notice.sentence
    with override("en"):
        assert "waiting for a part" in notice.sentence, "in the reader's language, not in that of whoever told"


def test_a_pause_is_late_from_the_midnight_of_the_house_on(ticket, wang, at):
    repairing.pause(ticket=ticket, reason="part", expected_until=at.date(), by=wang, at=at)
    midnight = (at + 14 * HOUR).astimezone(datetime.UTC)  # still the 24th in Greenwich

    assert reminders.remind_of_pauses(at=midnight - HOUR) == 0
    assert reminders.remind_of_pauses(at=midnight) == 1


def test_one_ticket_that_fails_does_not_hold_up_the_others(ticket, printer, triager_li, wang, at, monkeypatch):
    other = repairs.taken(printer, at, triager_li, wang)
    say = reminders._say

    def broken(shown, *rest):
        if shown.pk == ticket.pk:
            raise RuntimeError
        say(shown, *rest)

    monkeypatch.setattr(reminders, "_say", broken)
    reminders.remind(at=at + 4 * HOUR)

    assert list(Notice.objects.filter(code="ticket.finish_soon").values_list("about", flat=True)) == [other.number]
