"""A breach from being seen to the ruling that stands."""

import datetime

import pytest
from django.db import IntegrityError, models, transaction

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.notices.models import Notice
from conduct.people.models import Staff
from conduct.violations import actions
from conduct.violations.models import Violation
from conduct.violations.queries import points_before, points_by_month, ruling_of, violations_for, waiting_for
from conduct.violations.states import TRANSITIONS, ViolationState
from conduct.violations.words import measures
from tests.factories import visits
from tests.people import person
from visits.schedule import actions as schedule

from .conftest import CONTACT, DAY, TIDY, answered, raised, rule, ruled

ALLOWED = {
    "proposed": "raised withdrawn", "raised": "answered ruled withdrawn", "answered": "ruled withdrawn", "ruled": "appealed",
    "appealed": "settled", "settled": "", "withdrawn": "",
}  # fmt: skip
UNTIL = datetime.date(2027, 2, 1)
BARRED = {"code": CONTACT, "outcome": "fee_cut_and_barred", "fee_cut": 50, "barred_until": UNTIL}


def proposed(engineer, at, code=CONTACT, **facts):
    return actions.propose_violation(engineer=engineer, rule=rule(code), happened_on=at.date(), text="微信号", at=at, **facts)


def told(person):
    return list(Notice.objects.filter(to=person).order_by("pk").values_list("code", flat=True))


def test_the_table_is_the_one_we_agreed_on():
    assert {str(here): set(map(str, after)) for here, after in TRANSITIONS.items()} == {
        here: set(after.split()) for here, after in ALLOWED.items()
    }


@pytest.mark.parametrize("here", ViolationState.values)
def test_every_move_outside_the_table_is_refused(house, chen, wang, at, here):
    violation = raised(chen, wang.engineer, at)
    Violation.objects.filter(pk=violation.pk).update(state=here, withdrawn_reason="x")
    violation.refresh_from_db()
    for to in set(ViolationState.values) - set(ALLOWED[here].split()):
        with pytest.raises(ForbiddenMove):
            move(violation, to)


def test_the_engineer_is_asked_first_and_then_it_is_ruled(house, chen, wang, techmgr_qian, at):
    violation = raised(chen, wang.engineer, at)
    assert (violation.number, violation.rule.edition.code, told(wang)) == ("VL-2026-000001", "2026.1", ["violation.raised"])

    actions.answer(violation=violation, answer="堵车", by=wang, at=at + DAY)
    assert told(techmgr_qian) == ["violation.answered"]
    actions.rule_on(violation=violation, outcome="warning", reason="须先报告", by=techmgr_qian, at=at + DAY)

    assert (violation.state, ruling_of(violation).points, told(wang)[-1]) == ("ruled", 3, "violation.ruled")
    assert violation.appeal_until == at + 8 * DAY


def test_nobody_rules_before_the_engineer_had_time_to_answer(house, chen, wang, techmgr_qian, at):
    violation = raised(chen, wang.engineer, at)
    ruling = {"violation": violation, "outcome": "warning", "reason": "x", "by": techmgr_qian}

    with pytest.raises(DomainError, match="2026-11-27 10:00"):
        actions.rule_on(at=at + 3 * DAY, **ruling)
    actions.rule_on(at=at + 3 * DAY + datetime.timedelta(seconds=1), **ruling)

    assert violation.state == "ruled"
    with pytest.raises(ForbiddenMove):
        actions.answer(violation=violation, answer="晚了", by=wang, at=at + 4 * DAY)


def test_two_managers_rule_at_once_and_one_wins(house, chen, wang, techmgr_qian, manager_sun, at):
    here, there = answered(chen, wang.engineer, at), Violation.objects.get()

    actions.rule_on(violation=here, outcome="warning", reason="须先报告", by=techmgr_qian, at=at + DAY)
    with pytest.raises(ForbiddenMove, match="已处理"):
        actions.rule_on(violation=there, outcome="no_breach", reason="情有可原", by=manager_sun, at=at + DAY)

    assert [(one.by, one.outcome) for one in here.rulings.all()] == [(techmgr_qian, "warning")]


@pytest.mark.parametrize(
    ("ruling", "field"),
    [
        ({"outcome": "barred", "barred_until": UNTIL}, "outcome"),
        ({"outcome": "fee_cut", "fee_cut": 100}, "fee_cut"),
        ({"outcome": "fee_cut"}, "fee_cut"),
        ({"outcome": "warning", "barred_until": UNTIL}, "barred_until"),
        ({"outcome": "warning", "fee_cut": 50}, "fee_cut"),
    ],
)
def test_a_ruling_outside_of_the_frame_is_refused_beside_its_field(
    house, chen, zhao, techmgr_qian, at, on_a_visit, ruling, field
):
    violation = answered(chen, zhao.engineer, at, **on_a_visit)

    with pytest.raises(DomainError) as refusal:
        actions.rule_on(violation=violation, reason="x", by=techmgr_qian, at=at + DAY, **ruling)

    assert refusal.value.field == field and violation.state == "answered"


def test_private_contact_details_cost_a_contractor_fee_and_visits(house, chen, zhao, techmgr_qian, at, on_a_visit):
    violation = ruled(chen, zhao.engineer, at, ruler=techmgr_qian, **(BARRED | {"fee_cut": 70}), **on_a_visit)

    assert measures(ruling_of(violation)) == ["扣减报酬 70%", "2027-02-01 前（含当日）不派单"]
    zhao.engineer.refresh_from_db()
    assert zhao.engineer.barred_until == UNTIL


def test_an_employees_wages_are_not_cut_even_by_hand(house, chen, wang, techmgr_qian, at, on_a_visit):
    violation = ruled(chen, wang.engineer, at, ruler=techmgr_qian, **on_a_visit)

    with pytest.raises(IntegrityError, match="wages"), transaction.atomic():
        violation.rulings.update(outcome="fee_cut", fee_cut=50)


def test_a_barred_engineer_is_not_proposed(house, chen, zhao, techmgr_qian, at, on_a_visit):
    ruled(chen, zhao.engineer, at, ruler=techmgr_qian, **BARRED, **on_a_visit)
    zhao.engineer.refresh_from_db()

    with pytest.raises(DomainError, match="2027"):
        visits.planned(chen, at + DAY, zhao.engineer)


def test_a_visit_that_was_planned_before_the_bar_is_not_proposed_either(house, chen, zhao, techmgr_qian, at, on_a_visit):
    visit = visits.planned(chen, at, zhao.engineer, start=at + 3 * DAY)
    ruled(chen, zhao.engineer, at, ruler=techmgr_qian, **BARRED, **on_a_visit)
    visit.refresh_from_db()

    with pytest.raises(DomainError, match="2027-02-01"):
        schedule.propose(visit=visit, by=chen, at=at + DAY)


def test_what_was_proposed_before_the_bar_cannot_be_accepted(house, chen, zhao, techmgr_qian, at, on_a_visit):
    visit = visits.proposed(chen, at, zhao.engineer, start=at + 3 * DAY)
    ruled(chen, zhao.engineer, at, ruler=techmgr_qian, **BARRED, **on_a_visit)

    with pytest.raises(DomainError, match="2027-02-01"):
        schedule.confirm(visit=visit, by=zhao, at=at + 2 * DAY)


def test_dispatchers_hear_of_visits_that_fall_into_the_bar(house, chen, zhao, techmgr_qian, at, on_a_visit):
    visit = visits.confirmed(chen, at, zhao.engineer, start=at + 3 * DAY)
    ruled(chen, zhao.engineer, at, ruler=techmgr_qian, **BARRED, **on_a_visit)

    assert visit.number in Notice.objects.get(to=chen, code="engineer.barred").sentence


def test_an_appeal_goes_to_another_person_whose_ruling_stands(house, chen, zhao, techmgr_qian, manager_sun, at, on_a_visit):
    violation = ruled(chen, zhao.engineer, at, ruler=techmgr_qian, **BARRED, **on_a_visit)
    actions.appeal(violation=violation, appeal="那是公司的号码", by=zhao, at=at + 2 * DAY)
    assert "violation.appealed" in told(manager_sun) and "violation.appealed" not in told(techmgr_qian)

    with pytest.raises(DomainError, match="由他人"):
        actions.rule_upon_appeal(violation=violation, outcome="no_breach", reason="x", by=techmgr_qian, at=at + 3 * DAY)
    actions.rule_upon_appeal(violation=violation, outcome="no_breach", reason="确为公司号码", by=manager_sun, at=at + 3 * DAY)

    zhao.engineer.refresh_from_db()
    assert (violation.state, ruling_of(violation).outcome, zhao.engineer.barred_until) == ("settled", "no_breach", None)
    assert points_before(zhao.engineer, at + 4 * DAY) == 0


def test_a_bar_that_is_lifted_leaves_the_other_one(house, chen, zhao, techmgr_qian, manager_sun, at, on_a_visit):
    earlier = BARRED | {"barred_until": UNTIL - 9 * DAY}
    ruled(chen, zhao.engineer, at, ruler=techmgr_qian, **earlier, **on_a_visit)
    second = ruled(chen, zhao.engineer, at, ruler=techmgr_qian, **BARRED, **(on_a_visit | {"reference": "V-2"}))
    actions.appeal(violation=second, appeal="不是我", by=zhao, at=at + 2 * DAY)

    actions.rule_upon_appeal(violation=second, outcome="no_breach", reason="x", by=manager_sun, at=at + 3 * DAY)

    zhao.engineer.refresh_from_db()
    assert zhao.engineer.barred_until == UNTIL - 9 * DAY


def test_an_appeal_after_its_deadline_says_so(house, chen, wang, techmgr_qian, at):
    violation = ruled(chen, wang.engineer, at, ruler=techmgr_qian)

    with pytest.raises(DomainError, match="申诉期限已于 2026-12-02 10:00 截止"):
        actions.appeal(violation=violation, appeal="太重", by=wang, at=at + 8 * DAY + datetime.timedelta(seconds=1))
    actions.appeal(violation=violation, appeal="太重", by=wang, at=at + 8 * DAY)

    assert violation.state == "appealed"


def test_when_nobody_else_may_rule_the_administrator_hears_of_the_appeal(house, chen, wang, techmgr_qian, admin_zhou, at):
    violation = ruled(chen, wang.engineer, at, ruler=techmgr_qian)

    actions.appeal(violation=violation, appeal="太重", by=wang, at=at + 2 * DAY)

    notice = Notice.objects.get(to=admin_zhou)
    assert (notice.code, notice.url) == ("violation.nobody", "/staff/"), "an administrator cannot open a breach"


def test_what_the_software_saw_is_looked_at_first(house, chen, zhao, techmgr_qian, at, on_a_visit):
    violation = proposed(zhao.engineer, at, **on_a_visit)
    assert (told(zhao), told(techmgr_qian)) == ([], ["violation.proposed"])
    assert not violations_for(zhao).exists() and violations_for(chen).get() == violation

    actions.confirm(violation=violation, by=chen, at=at + DAY)

    assert (violation.raised_by, violation.state, told(zhao)) == (chen, "raised", ["violation.raised"])
    assert violations_for(zhao).get() == violation


def test_what_is_dropped_before_that_never_reaches_the_engineer(house, chen, zhao, at, on_a_visit):
    violation = proposed(zhao.engineer, at, **on_a_visit)

    actions.withdraw(violation=violation, reason="公司的号码", by=chen, at=at)

    assert told(zhao) == [] and not violations_for(zhao).exists()


def test_who_knew_of_it_hears_that_it_is_dropped(house, chen, wang, techmgr_qian, at):
    violation = raised(chen, wang.engineer, at)
    actions.withdraw(violation=violation, reason="弄错了人", by=techmgr_qian, at=at)
    assert told(wang)[-1] == "violation.withdrawn" and points_before(wang.engineer, at) == 0


def test_the_same_breach_of_the_same_thing_is_registered_once(house, chen, zhao, techmgr_qian, at, on_a_visit):
    first = raised(chen, zhao.engineer, at, **on_a_visit)
    with pytest.raises(DomainError, match="已登记"):
        raised(techmgr_qian, zhao.engineer, at, **on_a_visit)

    actions.withdraw(violation=first, reason="写错了", by=techmgr_qian, at=at)
    assert raised(techmgr_qian, zhao.engineer, at, **on_a_visit).number != first.number


@pytest.mark.parametrize(("days", "field"), [(1, "happened_on")])
def test_a_breach_of_tomorrow_is_refused(house, chen, wang, at, days, field):
    with pytest.raises(DomainError) as refusal:
        raised(chen, wang.engineer, at, happened_on=at.date() + days * DAY)
    assert refusal.value.field == field


def test_nobody_raises_confirms_or_rules_against_oneself(house, wang, at):
    for role in ("technical_manager", "dispatcher"):
        wang.staff_roles.create(role=role, given_at=at)
    with pytest.raises(DomainError):
        raised(wang, wang.engineer, at)
    with pytest.raises(ForbiddenMove):
        actions.confirm(violation=proposed(wang.engineer, at), by=wang, at=at)
    assert not violations_for(Staff.objects.get(pk=wang.pk)).filter(state="withdrawn").exists()


def test_points_end_after_twelve_months_and_make_the_next_frame_stricter(house, chen, zhao, techmgr_qian, at, on_a_visit):
    for place in range(2):
        ruled(chen, zhao.engineer, at, ruler=techmgr_qian, **(on_a_visit | {"reference": f"V-{place}"}))
    assert points_before(zhao.engineer, at + 2 * DAY) == 6
    assert points_by_month(zhao.engineer, at + 2 * DAY, "Asia/Shanghai") == [("2026-11", 6, datetime.date(2027, 11, 25))]

    minor = answered(chen, zhao.engineer, at + 3 * DAY, code=TIDY, **on_a_visit)
    actions.rule_on(violation=minor, outcome="fee_cut", fee_cut=50, reason="屡犯", by=techmgr_qian, at=at + 4 * DAY)

    assert measures(ruling_of(minor)) == ["报酬减半"]
    assert points_before(zhao.engineer, at + 367 * DAY) == 1


def test_what_is_waiting_for_whom(house, chen, wang, techmgr_qian, manager_sun, at):
    violation = raised(chen, wang.engineer, at)

    def waits(moment):
        return [list(waiting_for(who, moment)) == [violation] for who in (wang, techmgr_qian, manager_sun, chen)]

    assert waits(at) == [True, False, False, False], "as long as the answer may come nobody can rule"
    assert waits(at + 3.1 * DAY) == [True, True, True, False]
    actions.rule_on(violation=violation, outcome="warning", reason="未报告", by=techmgr_qian, at=at + 4 * DAY)
    actions.appeal(violation=violation, appeal="太重", by=wang, at=at + 5 * DAY)
    assert waits(at + 5 * DAY) == [False, False, True, False], "an appeal is not for who ruled first"

    seen = proposed(wang.engineer, at)
    assert list(waiting_for(chen, at)) == [seen]


def test_each_side_is_reminded_once_of_an_answer_that_does_not_come(house, chen, wang, techmgr_qian, at):
    raised(chen, wang.engineer, at)
    for hours in (1, 47, 49, 71, 73, 74, 100):
        actions.remind(at=at + hours * DAY / 24)
        assert "violation.unanswered" not in told(techmgr_qian) or hours > 72

    assert told(wang) == ["violation.raised", "violation.soon"] and told(techmgr_qian) == ["violation.unanswered"]
    actions.remind(at=at + 9 * DAY)
    assert len(told(wang)) + len(told(techmgr_qian)) == 3


def test_a_second_click_registers_nothing(house, chen, wang, techmgr_qian, at):
    first = raised(chen, wang.engineer, at)
    with pytest.raises(DomainError, match="已登记"):
        raised(chen, wang.engineer, at)
    raised(chen, wang.engineer, at, text="同日又迟到一次。")

    actions.withdraw(violation=first, reason="写错了", by=techmgr_qian, at=at)
    assert raised(chen, wang.engineer, at).number != first.number


def test_an_engineer_with_violations_cannot_be_deleted(house, chen, wang, at):
    raised(chen, wang.engineer, at)
    with pytest.raises(models.ProtectedError), transaction.atomic():
        wang.engineer.delete()
    assert Violation.objects.count() == 1


def test_of_who_left_only_who_rules_still_reads(house, chen, wang, techmgr_qian, at):
    violation = raised(chen, wang.engineer, at)
    Staff.objects.filter(pk=wang.pk).update(is_active=False)

    assert not violations_for(chen).exists() and violations_for(techmgr_qian).get() == violation


def test_a_colleague_without_a_part_in_it_knows_nothing(house, chen, wang, zhao, at):
    raised(chen, wang.engineer, at)
    other = person("feng", "冯雪", "dispatcher")
    assert not violations_for(zhao).exists() and not violations_for(other).exists()
