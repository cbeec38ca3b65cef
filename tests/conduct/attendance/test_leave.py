"""Leave from the request to its end: who is asked, in which order, and what it blocks."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from conduct.approvals import actions as approvals
from conduct.approvals.models import Approval
from conduct.attendance import actions
from conduct.attendance.models import Leave
from conduct.attendance.queries import away
from conduct.attendance.states import TRANSITIONS, LeaveState
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.notices.models import Notice
from conduct.people.models import Staff
from conduct.tally.models import Posting
from tests.factories import visits
from visits.schedule import actions as schedule
from visits.schedule.booking import OnLeave

ZONE = ZoneInfo("Asia/Shanghai")
ALLOWED = {
    "consent": "asked withdrawn", "asked": "approved refused withdrawn", "approved": "cancelled", "refused": "", "withdrawn": "",
    "cancelled": "",
}  # fmt: skip


def day(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture
def qian_leads_wang(house, wang, techmgr_qian):
    Staff.objects.filter(pk=wang.pk).update(line_manager=techmgr_qian)
    wang.refresh_from_db()
    return techmgr_qian


def asked(wang, at, start="2026-12-01", end="2026-12-02", **facts):
    return actions.ask_leave(
        **{"kind": "annual", "start": day(start), "end": day(end), "reason": "探亲", "by": wang, "at": at} | facts
    )


def approved(wang, leader, at, **facts):
    leave = asked(wang, at, **facts)
    approvals.approve(approval=Approval.objects.get(reference=leave.number), by=leader, at=at)
    leave.refresh_from_db()
    return leave


def test_the_table_is_the_one_we_agreed_on():
    assert {str(here): set(map(str, after)) for here, after in TRANSITIONS.items()} == {
        here: set(after.split()) for here, after in ALLOWED.items()
    }


@pytest.mark.parametrize("here", LeaveState.values)
def test_every_move_outside_the_table_is_refused(qian_leads_wang, wang, at, here):
    leave = asked(wang, at)
    Leave.objects.filter(pk=leave.pk).update(state=here)
    leave.refresh_from_db()
    for to in set(LeaveState.values) - set(ALLOWED[here].split()):
        with pytest.raises(ForbiddenMove):
            move(leave, to)


def test_the_line_manager_is_asked_and_approves(qian_leads_wang, wang, at):
    leave = approved(wang, qian_leads_wang, at)

    assert (leave.state, leave.minutes) == (LeaveState.APPROVED, 480)
    assert list(away(wang, day("2026-12-01T10:00"), day("2026-12-01T12:00"))) == [leave]
    assert Posting.objects.get(kind="leave").measures == {"leave.days_hundredths": 100}


def test_nobody_approves_ones_own_leave(qian_leads_wang, wang, at):
    leave = asked(wang, at)
    with pytest.raises(DomainError):
        approvals.approve(approval=Approval.objects.get(reference=leave.number), by=wang, at=at)


def test_who_leads_oneself_is_decided_about_by_a_manager(house, wang, manager_sun, at):
    Staff.objects.filter(pk=wang.pk).update(line_manager=wang)
    wang.refresh_from_db()

    leave = asked(wang, at)

    assert Approval.objects.get(reference=leave.number).asked_of_role == "manager"


def test_on_a_customers_premises_the_customer_is_asked_first(qian_leads_wang, wang, at):
    leave = asked(wang, at, site=visits.site())
    assert leave.state == LeaveState.CONSENT and not Approval.objects.exists()

    actions.note_consent(leave=leave, consent_name="李喆", consent_way="telephone", by=wang, at=at)

    assert leave.state == LeaveState.ASKED
    assert Approval.objects.get(reference=leave.number).asked_of == qian_leads_wang


def test_the_database_wants_the_consent_too(qian_leads_wang, wang, at):
    leave = asked(wang, at, site=visits.site())
    with pytest.raises(Exception, match="leave_with_the_customers_consent"):
        Leave.objects.filter(pk=leave.pk).update(state="approved")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"start": "2026-11-24", "end": "2026-11-25"}, "first_day"),
        ({"start": "2026-11-23", "end": "2026-11-24", "kind": "sick"}, "first_day"),
        ({"start": "2026-12-02", "end": "2026-12-01"}, "last_day"),
        ({"start": "2026-12-05", "end": "2026-12-07"}, "first_day"),
        ({"start": "2026-12-01", "end": "2028-12-01"}, "last_day"),
    ],
)
def test_leave_that_cannot_be_is_refused_beside_its_field(qian_leads_wang, wang, at, facts, field):
    with pytest.raises(DomainError) as refusal:
        asked(wang, at, **facts)
    assert refusal.value.field == field


def test_who_falls_ill_may_ask_on_the_same_day(qian_leads_wang, wang, at):
    assert asked(wang, at, start="2026-11-24", end="2026-11-25", kind="sick").minutes == 480


def test_the_same_time_is_asked_for_once(qian_leads_wang, wang, at):
    first = asked(wang, at)
    with pytest.raises(DomainError, match=first.number):
        asked(wang, at, start="2026-12-01T14:00", end="2026-12-03")

    actions.withdraw(leave=first, by=wang, at=at)

    assert first.state == LeaveState.WITHDRAWN
    assert asked(wang, at).number != first.number


def test_a_cancelled_leave_gives_the_time_back(qian_leads_wang, wang, at):
    leave = approved(wang, qian_leads_wang, at)

    actions.cancel(leave=leave, reason="计划有变", by=wang, at=at)

    assert not away(wang, leave.start, leave.end).exists()
    assert Posting.objects.get(kind="leave").measures == {}
    with pytest.raises(ForbiddenMove):
        actions.withdraw(leave=leave, by=wang, at=at)


def test_leave_over_the_end_of_a_month_counts_in_both(qian_leads_wang, wang, at):
    approved(wang, qian_leads_wang, at, start="2026-11-30", end="2026-12-03")

    assert {row.part: row.measures["leave.days_hundredths"] for row in Posting.objects.filter(kind="leave")} == {
        "2026-11": 100,
        "2026-12": 200,
    }


@pytest.mark.parametrize(
    ("start", "end", "blocked"),
    [
        ("2026-12-01T10:00", "2026-12-01T12:00", True),  # two hours within a whole day
        ("2026-11-30T23:00", "2026-12-01T01:00", True),
        ("2026-11-30T22:00", "2026-12-01T00:00", False),
        ("2026-12-02T00:00", "2026-12-02T02:00", False),
    ],
)
def test_nobody_is_proposed_while_on_leave(qian_leads_wang, chen, wang, at, start, end, blocked):
    approved(wang, qian_leads_wang, at)
    visit = visits.planned(chen, at, wang.engineer, start=day("2026-11-26T10:00"))
    type(visit).objects.filter(pk=visit.pk).update(planned_start=day(start), planned_end=day(end))
    visit.refresh_from_db()

    if blocked:
        with pytest.raises(OnLeave, match="王磊 请假中（年假）"):
            schedule.propose(visit=visit, by=chen, at=at)
    else:
        schedule.propose(visit=visit, by=chen, at=at)
    assert visit.state == ("planned" if blocked else "proposed")


def test_a_colleagues_leave_does_not_block(qian_leads_wang, chen, wang, zhao, at):
    approved(wang, qian_leads_wang, at)

    visit = visits.proposed(chen, at, zhao.engineer, start=day("2026-12-01T10:00"))

    assert visit.state == "proposed"


def test_leave_that_is_only_asked_for_does_not_block(qian_leads_wang, chen, wang, at):
    asked(wang, at)
    assert visits.proposed(chen, at, wang.engineer, start=day("2026-12-01T10:00")).state == "proposed"


def test_dispatchers_hear_of_visits_that_fall_into_a_leave(qian_leads_wang, chen, wang, at):
    visit = visits.confirmed(chen, at, wang.engineer, start=day("2026-12-01T10:00"))

    leave = approved(wang, qian_leads_wang, at)

    notice = Notice.objects.get(to=chen, code="leave.clashes")
    assert visit.number in notice.sentence and leave.number in notice.sentence


def test_the_engineers_wish_for_a_time_on_leave_is_not_agreed_to(qian_leads_wang, chen, wang, at):
    visit = visits.proposed(chen, at, wang.engineer)
    schedule.counter(visit=visit, counter_start=day("2026-12-01T10:00"), counter_end=day("2026-12-01T12:00"), by=wang, at=at)
    approved(wang, qian_leads_wang, at)

    with pytest.raises(DomainError, match="年假"):
        schedule.accept_counter(visit=visit, by=chen, at=at)


def test_a_leave_of_hours_leaves_the_rest_of_the_day(qian_leads_wang, chen, wang, at):
    approved(wang, qian_leads_wang, at, start="2026-12-01T13:00", end="2026-12-01T15:00")

    assert not away(wang, day("2026-12-01T15:00"), day("2026-12-01T17:00")).exists()
    assert away(wang, day("2026-12-01T14:00"), day("2026-12-01T16:00")).exists()
    assert visits.proposed(chen, at, wang.engineer, start=day("2026-12-01T15:00")).state == "proposed"
