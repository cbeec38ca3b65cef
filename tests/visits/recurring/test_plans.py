"""Chen sets up what is done every month; the orders come by themselves, each once."""

import datetime

import pytest
from django.utils.translation import override

from conduct.base.errors import ForbiddenMove
from conduct.notices.models import Notice
from conduct.workdays.actions import add_freeze
from tests.factories import visits
from visits.orders.models import WorkOrder
from visits.recurring import actions
from visits.recurring.models import PlanDay, RecurringPlan
from visits.recurring.queries import next_days
from visits.recurring.states import TRANSITIONS, PlanState
from visits.recurring.tasks import make

DAY = datetime.timedelta(days=1)


@pytest.fixture
def school(house):
    return visits.site()


def plan(site, by, at, first="2026-11-30", **facts):
    told = {"name": "巡检", "scope": "检查电源\n清洁滤网", "rhythm": "weekly", "from_time": datetime.time(9), "until_time": datetime.time(17)}
    made = RecurringPlan(site=site, first_on=datetime.date.fromisoformat(first), **told | facts)
    return actions.save_plan(plan=made, equipment=site.equipment.all(), skills=[], certified=[], by=by, at=at)


def made(plan):
    return [(f"{row.day:%m-%d}", row.made) for row in plan.days.order_by("nominal")]


def test_orders_are_raised_as_far_ahead_as_the_plan_says_and_once(chen, at, school):
    weekly = plan(school, chen, at, lead_days=14)

    assert made(weekly) == [("11-30", "raised"), ("12-07", "raised")]
    assert actions.make_due(plan=weekly, at=at + 3 * DAY) == []
    assert len(actions.make_due(plan=weekly, at=at + 7 * DAY)) == 1
    order = WorkOrder.objects.order_by("number").first()
    assert order.wanted_from.isoformat() == "2026-11-30T01:00:00+00:00" and order.reported_fault == "巡检"
    assert [item.text for item in order.scope.all()] == ["检查电源", "清洁滤网"] and order.equipment.count() == 1


def test_days_on_which_nothing_ran_are_made_up_for_and_old_ones_named(chen, at, school):
    weekly = plan(school, chen, at, lead_days=0)
    actions.make_due(plan=weekly, at=at + 23 * DAY)

    assert made(weekly) == [("11-30", "missed"), ("12-07", "missed"), ("12-14", "raised")]


def test_a_freeze_of_the_customer_moves_the_day(chen, at, school):
    add_freeze(customer=school.customer, first=datetime.date(2026, 11, 30), last=datetime.date(2026, 12, 1), kind="exams", by=chen, at=at)

    assert made(plan(school, chen, at))[0] == ("12-02", "raised")
    assert made(plan(school, chen, at, name="另一个", holidays="back"))[0] == ("11-27", "raised")


def test_two_plans_that_fall_together_are_made_once(chen, at, school):
    plan(school, chen, at, duration_minutes=60, traits=["repair"], lead_days=7)
    monthly = plan(school, chen, at, name="月度", scope="清洁滤网\n备份配置", rhythm="monthly", duration_minutes=90, lead_days=7)

    order = WorkOrder.objects.get()
    assert [item.text for item in order.scope.all()] == ["检查电源", "清洁滤网", "备份配置"]
    assert order.duration_minutes == 150 and made(monthly) == [("11-30", "together")]


@pytest.mark.parametrize(("hours", "wanted"), [((11, 18), "11-17"), ((18, 20), "09-20")])
def test_what_falls_together_is_wanted_when_both_want_it_and_as_urgent_as_either(chen, at, school, hours, wanted):
    plan(school, chen, at, lead_days=7)
    window = {"from_time": datetime.time(hours[0]), "until_time": datetime.time(hours[1])}
    plan(school, chen, at, name="月度", rhythm="monthly", lead_days=7, priority="high", **window)

    order = WorkOrder.objects.get()
    ends = [moment + 8 * datetime.timedelta(hours=1) for moment in (order.wanted_from, order.wanted_to)]
    assert "-".join(f"{moment:%H}" for moment in ends) == wanted and order.priority == "high"


def test_an_order_that_is_closed_takes_nothing_more(chen, at, school):
    plan(school, chen, at, lead_days=7)
    WorkOrder.objects.update(state="closed")
    assert made(plan(school, chen, at, name="月度", rhythm="monthly", lead_days=7)) == [("11-30", "raised")]


def test_a_pause_is_not_made_up_for(chen, at, school):
    weekly = plan(school, chen, at, lead_days=0)
    actions.pause(plan=weekly, by=chen, at=at)
    assert actions.make_due(plan=weekly, at=at + 7 * DAY) == []
    actions.resume(plan=weekly, by=chen, at=at + 8 * DAY)

    actions.make_due(plan=weekly, at=at + 13 * DAY)
    assert made(weekly) == [("12-07", "raised")]


def test_a_new_rhythm_leaves_alone_what_was_raised(chen, at, school):
    weekly = plan(school, chen, at, lead_days=7)
    weekly.rhythm, weekly.first_on = "weekly", datetime.date(2026, 12, 2)
    actions.save_plan(plan=weekly, equipment=[], skills=[], certified=[], by=chen, at=at + DAY)
    assert made(weekly) == [("11-30", "raised"), ("12-02", "raised")]


@pytest.mark.parametrize("here", PlanState)
@pytest.mark.parametrize("to", PlanState)
def test_states(chen, at, school, here, to):
    weekly = plan(school, chen, at)
    RecurringPlan.objects.update(state=here)
    weekly.refresh_from_db()
    verb = {"paused": actions.pause, "active": actions.resume, "ended": actions.end}[to]
    if to in TRANSITIONS[here]:
        verb(plan=weekly, by=chen, at=at)
        assert RecurringPlan.objects.get().state == to
    else:
        with pytest.raises(ForbiddenMove):
            verb(plan=weekly, by=chen, at=at)


def test_the_last_day_and_the_next_ones(chen, at, school):
    weekly = plan(school, chen, at, lead_days=0, last_on=datetime.date(2026, 12, 14))
    assert [f"{row.day:%m-%d}" for row in next_days(weekly, at.date())] == ["11-30", "12-07", "12-14"]


def test_the_daily_look_raises_what_is_due_and_tells_of_what_it_cannot(chen, wang, at, school, monkeypatch):
    stuck, fine = plan(school, chen, at, lead_days=0), plan(school, chen, at, "2026-11-27", name="另一个", scope="备份", lead_days=0)
    RecurringPlan.objects.filter(pk=stuck.pk).update(reported_fault="请打王工手机 13812345678")
    wang.telephone = "13812345678"
    wang.save()
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + 6 * DAY)
    make()
    make()

    assert not PlanDay.objects.filter(plan=stuck).exists() and made(fine) == [("11-27", "raised")]
    notice = Notice.objects.get(code="recurring.stuck")
    assert notice.to == chen and "属于个人联系方式" in notice.sentence
    with override("en"):
        assert "is a private contact" in notice.sentence


def test_a_day_that_is_dealt_with_is_not_done_again_under_another_rhythm(chen, at, school):
    add_freeze(customer=school.customer, first=datetime.date(2026, 11, 30), last=datetime.date(2026, 12, 1), kind="exams", by=chen, at=at)
    monthly = plan(school, chen, at, rhythm="monthly")
    assert made(monthly) == [("12-02", "raised")]

    monthly.rhythm, monthly.first_on = "weekly", datetime.date(2026, 12, 2)
    actions.save_plan(plan=monthly, equipment=[], skills=[], certified=[], by=chen, at=at + DAY)
    assert made(monthly) == [("12-02", "raised"), ("12-09", "raised")]


def test_an_order_is_repeated_from_its_page(client, chen, at, school):
    order = visits.order(chen, at, school)
    client.force_login(chen)

    form = client.get(f"/recurring/new/?order={order.number}").context["form"]
    assert form["scope"].value() == "更换电源模块\n升级固件"
    assert "S-0001" not in client.get("/recurring/new/").content.decode()
    told = {"name": "巡检", "scope": "检查", "rhythm": "monthly", "interval": 1, "first_on": "2126-01-31", "from_time": "09:00",
            "until_time": "17:00", "holidays": "back", "lead_days": 7, "priority": "normal"}  # fmt: skip
    assert client.post("/recurring/new/?site=S-0001", told | {"until_time": "08:00"}).status_code == 422
    response = client.post("/recurring/new/?site=S-0001", told, follow=True)
    assert "2126-01-31" in response.content.decode() and not PlanDay.objects.exists()
