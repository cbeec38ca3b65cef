"""A dispatcher's morning without a page: plan, move, take back, publish."""

import datetime

import pytest
from django.forms.models import model_to_dict

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.notices.models import Notice
from conduct.people.access import Role
from conduct.tally.queries import totals
from conduct.trail.models import Event
from tests.factories import visits
from tests.people import person
from visits.board import health
from visits.schedule import actions, shifting
from visits.schedule.decision import Conflicted
from visits.schedule.models import Capacity, Visit

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
pytestmark = pytest.mark.both_databases


@pytest.fixture
def work(house, chen, at):
    return visits.order(chen, at)


@pytest.fixture
def planned(work, chen, wang, at):
    return place(work, chen, wang, at)


@pytest.fixture
def dispatcher_he(db):
    return person("he", "何洁", Role.DISPATCHER)


def place(work, by, who, at, start=None, **facts):
    start = start or at + DAY
    return actions.place(
        order=work, engineer=who.engineer, planned_start=start, planned_end=start + 2 * HOUR, by=by, at=at, **facts
    )


def shift(visit, by, at, *, who=None, start=None, end=None, **facts):
    start = start or visit.planned_start
    return shifting.shift(
        visit=visit, engineer=who.engineer if who else visit.engineer, planned_start=start,
        planned_end=end or start + (visit.planned_end - visit.planned_start),
        plan_version=facts.pop("plan_version", visit.plan_version), by=by, at=at, **facts,
    )  # fmt: skip


def told(someone):
    return list(Notice.objects.filter(to=someone).order_by("pk").values_list("code", flat=True))


def counted(visit, measure):
    day = visit.planned_start.date()
    return totals(day, day + DAY).get(measure, 0)


def test_planning_tells_nobody_and_publishing_does(planned, chen, wang, at):
    assert planned.state == "planned" and told(wang) == []
    assert planned.scope.count() == 2 and planned.identity_name == "王磊"

    assert shifting.publish(visits=[planned], by=chen, at=at) == [(planned, None)]

    planned.refresh_from_db()
    assert planned.state == "proposed" and told(wang) == ["visit.asked"]


def test_nobody_plans_over_a_plan_that_was_not_told_yet(planned, work, chen, wang, at):
    with pytest.raises(Conflicted) as refusal:
        place(work, chen, wang, at, start=planned.planned_start + HOUR)
    assert refusal.value.hard and planned.number in refusal.value.message


def test_moving_in_time_changes_nothing_else(planned, chen, at):
    before = model_to_dict(planned)

    shift(planned, chen, at, start=planned.planned_start + 3 * HOUR)

    after = model_to_dict(Visit.objects.get(pk=planned.pk))
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"planned_start", "planned_end", "plan_version"}


def test_pulling_the_edge_changes_the_end_only(planned, chen, at):
    shift(planned, chen, at, end=planned.planned_end + HOUR)
    assert [(p.planned_start, p.planned_end) for p in planned.plan_versions.all()] == [
        (at + DAY, at + DAY + 2 * HOUR), (at + DAY, at + DAY + 3 * HOUR),
    ]  # fmt: skip


def test_another_engineer_comes_under_another_name(planned, chen, zhao, at):
    moved = shift(planned, chen, at, who=zhao, reason="王磊另有安排")
    moved.refresh_from_db()
    assert (moved.engineer, moved.identity_name, moved.traits) == (zhao.engineer, "赵工", ["outstation"])


def test_a_soft_conflict_asks_for_a_reason_and_counts_it(work, chen, zhao, at):
    with pytest.raises(Conflicted) as refusal:
        place(work, chen, zhao, at)
    assert not refusal.value.hard and refusal.value.field == "reason"

    visit = place(work, chen, zhao, at, reason="客户点名要赵敏")

    assert counted(visit, "overruled.far") == 1
    assert health.checks(chen, visit.planned_start, "Asia/Shanghai")[-1]["rows"][0][0] == "离家太远: 1"
    assert Event.objects.get(verb="visit.overruled").data == {"reason": "客户点名要赵敏", "about": ["far"]}


def test_a_reason_counts_as_long_as_its_plan_stands(work, chen, wang, zhao, at):
    visit = place(work, chen, zhao, at, reason="客户点名要赵敏")
    shift(visit, chen, at, who=wang)
    assert counted(visit, "overruled.far") == 0

    shifting.undo(by=chen, at=at)
    assert counted(visit, "overruled.far") == 1
    shifting.undo(by=chen, at=at)
    assert counted(visit, "overruled.far") == 0


def test_a_proposed_visit_is_proposed_anew(planned, chen, wang, zhao, at):
    shifting.publish(visits=[planned], by=chen, at=at)
    planned.refresh_from_db()

    moved = shift(planned, chen, at, who=zhao, reason="调整")

    assert (moved.state, moved.plan_version, moved.engineer) == ("proposed", 2, zhao.engineer)
    assert told(wang) == ["visit.asked", "visit.withdrawn"] and told(zhao) == ["visit.asked"]


def test_a_countered_visit_that_is_moved_is_proposed(house, chen, wang, at):
    visit = visits.proposed(chen, at, wang.engineer)
    actions.counter(visit=visit, counter_start=at + 30 * HOUR, counter_end=at + 31 * HOUR, by=wang, at=at)
    assert told(chen) == ["visit.countered"]

    assert shift(visit, chen, at, start=at + 50 * HOUR).state == "proposed"


def test_a_confirmed_visit_is_called_off_and_another_follows(house, chen, wang, zhao, at):
    visit = visits.confirmed(chen, at, wang.engineer, start=at + DAY)
    with pytest.raises(DomainError) as refusal:
        shift(visit, chen, at, start=at + 2 * DAY)
    assert refusal.value.field == "reason"

    following = shift(visit, chen, at, who=zhao, reason="王磊生病")

    visit.refresh_from_db()
    assert (visit.state, visit.cancel_reason) == ("cancelled", "王磊生病")
    assert (following.previous, following.state, following.engineer) == (visit, "proposed", zhao.engineer)
    assert "visit.cancelled" in told(wang) and told(zhao) == ["visit.asked"]


def test_a_visit_under_way_stays(on_site, chen, at):
    with pytest.raises(ForbiddenMove):
        shift(on_site, chen, at, start=at + 2 * DAY)


def test_a_stale_board_is_told_who_changed_what(planned, chen, dispatcher_he, at):
    shift(planned, dispatcher_he, at, start=at + 2 * DAY)

    with pytest.raises(ForbiddenMove) as refusal:
        shift(planned, chen, at, start=at + 3 * DAY, plan_version=1)
    assert "何洁" in refusal.value.message and planned.number in refusal.value.message
    assert planned.plan_versions.count() == 2


def test_a_board_that_missed_the_answer_is_told(planned, chen, at):
    shifting.publish(visits=[planned], by=chen, at=at)
    with pytest.raises(ForbiddenMove):
        shift(planned, chen, at, start=at + 3 * DAY, plan_version=1, state="planned")


def test_undo_goes_back_step_by_step(planned, chen, at):
    shift(planned, chen, at, start=at + 2 * DAY)
    planned.refresh_from_db()
    shift(planned, chen, at, start=at + 3 * DAY)

    assert shifting.undo(by=chen, at=at).planned_start == at + 2 * DAY
    assert shifting.undo(by=chen, at=at).planned_start == at + DAY
    planned.refresh_from_db()
    assert counted(planned, "state.planned") == 1
    assert shifting.undo(by=chen, at=at).state == "cancelled"
    assert totals(at.date() - DAY, at.date() + 9 * DAY).get("state.cancelled", 0) == 0
    with pytest.raises(ForbiddenMove):
        shifting.undo(by=chen, at=at)


def test_what_was_told_cannot_be_taken_back(planned, chen, at):
    shifting.publish(visits=[planned], by=chen, at=at)
    with pytest.raises(ForbiddenMove):
        shifting.undo(by=chen, at=at)


def test_nobody_takes_back_under_anothers_move(planned, chen, dispatcher_he, at):
    shift(planned, dispatcher_he, at, start=at + 2 * DAY)
    with pytest.raises(ForbiddenMove):
        shifting.undo(by=chen, at=at)
    assert shifting.undo(by=dispatcher_he, at=at).planned_start == at + DAY


def test_undo_does_not_fall_on_a_place_that_is_taken(planned, work, chen, dispatcher_he, wang, at):
    shift(planned, chen, at, start=at + 2 * DAY)
    place(work, dispatcher_he, wang, at)
    with pytest.raises(Conflicted):
        shifting.undo(by=chen, at=at)


def test_declined_to_the_same_person_needs_a_reason_for_a_day(planned, work, chen, wang, at):
    shifting.publish(visits=[planned], by=chen, at=at)
    planned.refresh_from_db()
    actions.decline(visit=planned, decline_code="busy", by=wang, at=at)
    assert told(chen) == ["visit.declined"]

    with pytest.raises(Conflicted) as refusal:
        place(work, chen, wang, at + HOUR, start=at + 3 * DAY)
    assert [conflict.code for conflict in refusal.value.found] == ["declined"]
    assert place(work, chen, wang, at + HOUR, start=at + 3 * DAY, reason="已电话说好")
    assert place(work, chen, wang, at + 25 * HOUR, start=at + 5 * DAY)


def test_a_plan_from_before_the_no_is_not_published_without_a_reason(planned, work, chen, wang, at):
    other = place(work, chen, wang, at, start=at + 3 * DAY)
    shifting.publish(visits=[planned], by=chen, at=at)
    actions.decline(visit=Visit.objects.get(pk=planned.pk), decline_code="busy", by=wang, at=at + HOUR)

    ((_visit, why),) = shifting.publish(visits=[other], by=chen, at=at + 2 * HOUR)
    assert "24" in why and told(wang) == ["visit.asked"]

    assert shifting.publish(visits=[other], reason="已电话说好", by=chen, at=at + 2 * HOUR) == [(other, None)]


def test_what_became_impossible_is_not_published(planned, chen, wang, at):
    Capacity.objects.create(engineer=wang.engineer, minutes=0)

    ((visit, why),) = shifting.publish(visits=[planned], by=chen, at=at)

    visit.refresh_from_db()
    assert visit.state == "planned" and "0" in why and told(wang) == []


def test_a_visit_of_two_months_is_refused(work, chen, wang, at):
    with pytest.raises(DomainError) as refusal:
        actions.place(
            order=work, engineer=wang.engineer, planned_start=at + DAY, planned_end=at + 60 * DAY, reason="x", by=chen, at=at
        )
    assert refusal.value.field == "planned_end"


def test_taking_over_a_visit_keeps_the_orders_due_date_and_everything_else_of_it(work, chen, wang, zhao, at):
    work.wanted_to = at + 5 * DAY
    work.save()
    before = model_to_dict(work)
    shift(place(work, chen, wang, at), chen, at, who=zhao, reason="顶班")
    work.refresh_from_db()
    assert model_to_dict(work) == before
