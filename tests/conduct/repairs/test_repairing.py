"""Wang takes tickets up, judges, waits for parts, repairs, and says what came of it."""

import datetime
from decimal import Decimal

import pytest

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.notices.models import Notice
from conduct.repairs import closing, repairing
from conduct.repairs.models import RepairTicket
from conduct.repairs.queries import free_tickets, ordered, queue_of
from conduct.tally.models import Posting
from tests.factories import repairs
from tests.people import engineer

HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR


def local(moment):
    return moment.astimezone(datetime.timezone(8 * HOUR)).strftime("%m-%d %H:%M")


def test_a_free_ticket_becomes_ones_own_and_the_reporter_hears_it(beamer, triager_li, wang, reporter_he, at):
    ticket = repairs.sorted_in(beamer, at, triager_li, reporter=reporter_he)
    assert list(free_tickets()) == [ticket]

    repairing.take(ticket=ticket, by=wang, at=at + HOUR)

    assert (ticket.state, ticket.assigned_to, ticket.answer_minutes) == ("assigned", wang, 60)
    assert not free_tickets().exists() and list(queue_of(wang)) == [ticket]
    assert Notice.objects.get(to=reporter_he).code == "ticket.taken"


def test_two_technicians_take_the_same_ticket_the_second_is_told(beamer, triager_li, wang, zhao, at):
    ticket = repairs.sorted_in(beamer, at, triager_li)
    hers = RepairTicket.objects.get(pk=ticket.pk)
    repairing.take(ticket=ticket, by=wang, at=at)

    with pytest.raises(ForbiddenMove, match="快了一步"):
        repairing.take(ticket=hers, by=zhao, at=at)
    with pytest.raises(ForbiddenMove, match="已有人接单"):
        repairing.take(ticket=RepairTicket.objects.get(pk=ticket.pk), by=zhao, at=at)


def test_the_queue_has_one_right_order(beamer, printer, triager_li, wang, at):
    office_later = repairs.taken(printer, at + HOUR, triager_li, wang, "iu")
    office = repairs.taken(printer, at, triager_li, wang, "iu")
    teaching = repairs.taken(beamer, at, triager_li, wang, "nn")
    waiting = repairs.taken(beamer, at, triager_li, wang, "iu")
    repairing.pause(ticket=waiting, reason="part", expected_until=at.date() + DAY, by=wang, at=at)

    assert list(ordered(queue_of(wang))) == [teaching, office, office_later, waiting]


def test_a_pause_moves_the_deadline_and_both_are_kept(beamer, triager_li, wang, at):
    ticket = repairs.taken(beamer, at, triager_li, wang)  # due at 15:00
    repairing.pause(ticket=ticket, reason="reporter", expected_until=at.date(), by=wang, at=at + HOUR)
    repairing.resume(ticket=ticket, by=wang, at=at + 4 * HOUR)  # 11:00 to 14:00, two of them working hours

    assert local(ticket.finish_due_at) == "11-24 17:00"
    assert [local(row.finish_due_at) for row in ticket.deadlines.all()] == ["11-24 15:00", "11-24 17:00"]
    assert "等待报修人" in ticket.deadlines.last().reason


@pytest.mark.parametrize("days", [-1, -400])
def test_a_pause_cannot_end_before_it_begins(beamer, triager_li, wang, at, days):
    ticket = repairs.taken(beamer, at, triager_li, wang)
    with pytest.raises(DomainError) as refused:
        repairing.pause(ticket=ticket, reason="part", expected_until=at.date() + days * DAY, by=wang, at=at)
    assert refused.value.field == "expected_until"


def test_after_midnight_yesterday_is_past_whatever_the_clock_in_greenwich_says(beamer, triager_li, wang, at):
    ticket = repairs.taken(beamer, at, triager_li, wang)
    midnight = (at + 14 * HOUR).astimezone(datetime.UTC)
    with pytest.raises(DomainError):
        repairing.pause(ticket=ticket, reason="part", expected_until=at.date(), by=wang, at=midnight)
    repairing.pause(ticket=ticket, reason="part", expected_until=at.date() + DAY, by=wang, at=midnight)


def test_the_clock_is_stopped_once_and_started_once(beamer, triager_li, wang, at):
    ticket = repairs.taken(beamer, at, triager_li, wang)
    stale = RepairTicket.objects.get(pk=ticket.pk)
    facts = {"reason": "part", "expected_until": at.date(), "by": wang, "at": at}
    repairing.pause(ticket=ticket, **facts)
    with pytest.raises(ForbiddenMove, match="已处于暂停"):
        repairing.pause(ticket=stale, **facts)

    repairing.resume(ticket=ticket, by=wang, at=at + HOUR)
    with pytest.raises(ForbiddenMove, match="已在计时"):
        repairing.resume(ticket=ticket, by=wang, at=at + HOUR)


def test_a_pause_that_nobody_ended_ends_with_the_repair(beamer, triager_li, wang, at):
    ticket = repairs.taken(beamer, at, triager_li, wang)
    repairing.pause(ticket=ticket, reason="part", expected_until=at.date(), by=wang, at=at + HOUR)

    repairing.repaired(ticket=ticket, cause="保险丝", work_done="更换", by=wang, at=at + 25 * HOUR)

    assert ticket.pauses.get().ended_at == at + 25 * HOUR and ticket.paused_since is None
    assert ticket.finish_minutes == 60  # the hour before the pause; the rest waited


def test_cost_and_time_are_noted_and_counted(beamer, triager_li, wang, at):
    ticket = repairs.fed_back(beamer, at, triager_li, wang)

    measures = Posting.objects.get(number=ticket.number).measures
    assert (ticket.cost, ticket.work_minutes) == (Decimal(120), 40)
    assert measures["ticket.cost_fen"] == 12000 and measures["ticket.work_minutes"] == 40
    assert measures["ticket.finish_met"] == measures["ticket.answer_met"] == measures["ticket.repaired"] == 1


def test_what_is_given_back_is_everybodys_again(beamer, triager_li, wang, at):
    ticket = repairs.taken(beamer, at, triager_li, wang)

    repairing.give_back(ticket=ticket, reason="没有权限进机房", by=wang, at=at)

    assert (ticket.state, ticket.assigned_to, ticket.taken_at) == ("triaged", None, None)
    assert Notice.objects.filter(to=triager_li, code="ticket.given_back").exists()


def test_help_is_asked_and_answered_once(beamer, triager_li, wang, online_wu, at):
    ticket = repairs.taken(beamer, at, triager_li, wang)
    asked = repairing.ask_help(ticket=ticket, asked_of="headquarters", question="固件版本？", by=wang, at=at)
    assert Notice.objects.get(to=online_wu).code == "ticket.help_asked"

    repairing.answer_help(asked=asked, answer="用 2.1", by=online_wu, at=at)

    assert Notice.objects.get(to=wang).facts["answer"] == "用 2.1"
    with pytest.raises(ForbiddenMove, match="已有答复"):
        repairing.answer_help(asked=asked, answer="用 2.2", by=online_wu, at=at)


def test_the_reporter_reopens_within_seven_days_and_the_triager_sees_it(beamer, triager_li, wang, at):
    ticket = repairs.fed_back(beamer, at, triager_li, wang)

    closing.reopen(ticket=ticket, reason="又黑屏了", by=None, at=at + 7 * DAY)

    assert (ticket.state, ticket.assigned_to, ticket.reopened_at) == ("triaged", None, at + 7 * DAY)
    assert local(ticket.finish_due_at) == "12-01 15:00"
    assert Notice.objects.filter(code="ticket.reopened").values_list("to__username", flat=True).count() == 2


def test_after_seven_days_or_once_closed_the_fault_is_reported_anew(beamer, triager_li, wang, at):
    late, closed = (repairs.fed_back(beamer, at, triager_li, wang) for _place in range(2))
    closing.close(ticket=closed, by=triager_li, at=at + HOUR)

    for ticket, moment in ((late, at + 7 * DAY + HOUR), (closed, at + 2 * HOUR)):
        with pytest.raises(ForbiddenMove, match="请重新报修"):
            closing.reopen(ticket=ticket, reason="又坏了", by=None, at=moment)


def test_what_nobody_objects_to_closes_by_itself_once(beamer, triager_li, wang, at):
    ticket = repairs.fed_back(beamer, at, triager_li, wang)

    assert closing.close_unanswered(at=at + 6 * DAY) == 0
    assert closing.close_unanswered(at=at + 8 * DAY) == 1
    assert closing.close_unanswered(at=at + 8 * DAY) == 0
    ticket.refresh_from_db()
    assert ticket.state == "closed" and "ticket.open" not in Posting.objects.get(number=ticket.number).measures


def test_what_cannot_be_repaired_goes_on_when_its_replacement_comes(beamer, triager_li, wang, at):
    ticket = repairs.taken(beamer, at, triager_li, wang)
    repairing.unrepairable(ticket=ticket, cause="主板烧毁", by=wang, at=at + HOUR)
    closing.await_purchase(ticket=ticket, by=wang, at=at + HOUR)
    closing.feed_back(ticket=ticket, feedback="正在购置", told_how="telephone", by=wang, at=at + HOUR)
    assert closing.close_unanswered(at=at + 30 * DAY) == 0

    closing.go_on(ticket=ticket, reference="PR-2026-000001", by=None, at=at + 30 * DAY)

    assert (ticket.state, ticket.assigned_to, ticket.finished_at) == ("assigned", wang, None)
    assert Notice.objects.filter(to=wang, code="ticket.went_on").exists()
    assert Posting.objects.get(number=ticket.number).measures["ticket.unrepairable"] == 1


def test_nobody_else_changes_what_a_technician_works_on(beamer, triager_li, wang, zhao, at):
    ticket = repairs.taken(beamer, at, triager_li, wang)
    stale = RepairTicket.objects.get(pk=ticket.pk)
    repairing.assign(ticket=ticket, technician=engineer("ma", "马超", "武汉"), by=triager_li, at=at)

    with pytest.raises(ForbiddenMove, match="由他人负责"):
        repairing.judge(ticket=stale, verdict="here", verdict_note="", by=wang, at=at)
