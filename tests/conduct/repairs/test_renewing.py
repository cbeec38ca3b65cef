"""A calendar changes after deadlines were given: the room names them, and a person keeps them or works them out anew."""

import datetime

import pytest

from conduct.repairs import repairing
from conduct.repairs.policies import change_policy
from conduct.repairs.states import Quadrant
from conduct.workdays import actions as workdays
from conduct.workdays import dependents
from conduct.workdays.models import WorkCalendar
from tests.factories import repairs

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


@pytest.fixture
def ticket(beamer, triager_li, at):
    """Due tomorrow, Wednesday, at 10:00: eight working hours from today at 10:00."""
    return repairs.sorted_in(beamer, at, triager_li, "nu")


def freeze(ticket, at, days=0):
    day = at.date() + days * DAY
    _freeze, change = workdays.add_freeze(
        customer=ticket.equipment.site.customer, first=day, last=day, kind="exams", by=None, at=at
    )
    return change


def named(change):
    return [row for code, _label, rows in dependents.affected_by(change) if code == "repairs" for row in rows]


def test_a_freeze_on_the_way_names_the_ticket_with_both_deadlines(ticket, at):
    (row,) = named(freeze(ticket, at, days=1))

    assert (row.key, row.was) == (ticket.number, ticket.finish_due_at)
    assert row.would_be == row.was + DAY


@pytest.mark.parametrize("days", [-3, 9])
def test_a_freeze_before_or_after_it_names_nothing(ticket, at, days):
    assert named(freeze(ticket, at, days)) == []


def test_working_it_out_anew_keeps_the_old_deadline_visible(ticket, at):
    before = ticket.finish_due_at
    (row,) = named(freeze(ticket, at, days=1))

    dependents.renew("repairs", keys=[row.key], reason="考试周", by=None, at=at)

    ticket.refresh_from_db()
    assert ticket.finish_due_at == before + DAY
    assert [(d.finish_due_at, d.reason) for d in ticket.deadlines.all()] == [(before, ""), (before + DAY, "考试周")]


def test_a_calendar_that_the_rule_does_not_name_moves_nothing(ticket, at):
    other = WorkCalendar(code="night", name="夜班")
    workdays.save_calendar(calendar=WorkCalendar(code="std", name="标准", is_standard=True), by=None, at=at)
    workdays.save_calendar(calendar=other, by=None, at=at)
    other.week = [[[600, 660]]] * 7

    change = workdays.save_calendar(calendar=other, by=None, at=at)

    assert named(change) == []


def test_a_pause_ends_under_the_policy_that_the_deadline_was_given_under(ticket, wang, triager_li, at):
    repairing.take(ticket=ticket, by=wang, at=at)
    repairing.pause(ticket=ticket, reason="part", expected_until=at.date(), by=wang, at=at)
    rules = dict.fromkeys(Quadrant.values, (60, 60, ""))
    facts = {"teaching_first": "all", "soon_percent": 75, "late_hours": 24, "reopen_days": 7, "repeat_months": 3}
    change_policy(rules=rules, reason="缩短", by=triager_li, at=at, **facts)

    repairing.resume(ticket=ticket, by=wang, at=at + HOUR)

    assert ticket.finish_due_at == at + 25 * HOUR  # eight hours and the pause, not the one hour of the new policy
