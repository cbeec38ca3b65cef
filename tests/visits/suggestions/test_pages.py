"""Suggestions on the page: ranked with reasons, accepted or not, and decided again when accepted."""

import datetime

import pytest
from django.utils import timezone

from conduct.people.models import Skill
from conduct.tally.queries import by_key
from conduct.workdays.models import OfficialDay, OfficialYear
from tests.factories import visits
from visits.schedule import actions as schedule
from visits.schedule.models import Capacity, Visit
from visits.suggestions import suggesting
from visits.suggestions.models import WayOn
from visits.suggestions.queries import pasts_of, tasks_of

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


@pytest.fixture
def work(house, chen, wang, zhao):
    order = visits.order(chen, timezone.now())
    skill = Skill.objects.create(code="network", name="网络")
    order.skills.add(skill)
    wang.engineer.skills.add(skill)
    return order


@pytest.fixture
def as_chen(client, chen):
    client.force_login(chen)
    return client


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(suggesting, "SECONDS", 0)


def test_the_local_with_the_skill_comes_first(as_chen, work, wang, zhao):
    shown = as_chen.get(f"/orders/{work.number}/who/").context
    assert [row["engineer"].staff.name for row in shown["able"]] == ["王磊", "赵敏"]
    assert any("网络" in sentence for sentence in shown["able"][1]["words"])


def test_who_cannot_is_shown_with_the_reason(as_chen, work, zhao):
    Capacity.objects.create(engineer=zhao.engineer, minutes=0)
    response = as_chen.get(f"/orders/{work.number}/who/")
    ((row),) = response.context["unable"]
    assert row["engineer"] == zhao.engineer and "0" in row["words"][0] and row["words"][0] in response.content.decode()


def test_who_declined_an_hour_ago_is_marked(work, chen, wang):
    at = timezone.now()
    visit = schedule.plan_and_propose(
        order=work, engineer=wang.engineer, planned_start=at + DAY, planned_end=at + DAY + HOUR, reason="x", by=chen, at=at
    )
    schedule.decline(visit=visit, decline_code="busy", by=wang, at=at)

    able, _unable = suggesting.who_could_go(work, at + HOUR)

    row = next(row for row in able if row["engineer"] == wang.engineer)
    assert [conflict.code for conflict in row["place"].found] == ["declined"]


def test_a_plan_changes_nothing_until_it_is_accepted(as_chen, work, chen, quick):
    other = visits.order(chen, timezone.now(), work.site)

    page = as_chen.post("/board/plan-these/", {"orders": [work.number, other.number]})

    assert page.context["placed"] == 2 and not Visit.objects.exists()
    assert "按先急后缓排定" in page.content.decode()
    places = [
        f"{row['order'].number}|{engineer.number}|{row['place'].start.isoformat()}|{row['place'].end.isoformat()}"
        for engineer, _today, new in page.context["rows"] for row in new
    ]  # fmt: skip
    as_chen.post("/board/plan-these/accept/", {"places": places, "reason": "照建议"})
    assert sorted(Visit.objects.values_list("order__number", "state")) == [(work.number, "planned"), (other.number, "planned")]


def test_what_was_taken_meanwhile_is_refused_and_the_rest_planned(as_chen, work, chen, wang):
    start = (timezone.now() + 3 * DAY).replace(minute=0, second=0, microsecond=0)
    visits.proposed(chen, timezone.now(), wang.engineer, start=start, work=visits.order(chen, timezone.now(), work.site))
    times = [(start, start + HOUR), (start + 3 * HOUR, start + 4 * HOUR)]
    places = [f"{work.number}|{wang.engineer.number}|{a.isoformat()}|{b.isoformat()}" for a, b in times]

    page = as_chen.post("/board/plan-these/accept/", {"places": places, "reason": "x"})

    assert page.status_code == 422 and [message.level_tag for message in page.context["messages"]] == ["success"]
    ((engineer, today, (new,)),) = page.context["rows"]
    assert (engineer, new["place"]["start"], page.context["reason"]) == (wang.engineer, start, "x")
    assert [visit.state for visit in today] == ["proposed", "planned"] and today[0].number in new["words"][0]
    assert work.visits.count() == 1


def test_a_no_of_today_stands_in_the_plan_and_asks_why(as_chen, work, chen, wang, zhao, quick):
    at = timezone.now()
    Capacity.objects.create(engineer=zhao.engineer, minutes=0)
    visit = schedule.plan_and_propose(
        order=work, engineer=wang.engineer, planned_start=at + 9 * DAY, planned_end=at + 9 * DAY + HOUR, by=chen, at=at
    )
    schedule.decline(visit=visit, decline_code="busy", by=wang, at=at)

    page = as_chen.post("/board/plan-these/", {"orders": [work.number]}).context
    ((_engineer, _today, (new,)),) = page["rows"]
    place = "|".join([work.number, wang.engineer.number, new["place"].start.isoformat(), new["place"].end.isoformat()])

    assert page["soft"] and "24" in new["words"][0]
    again = as_chen.post("/board/plan-these/accept/", {"places": [place], "reason": ""})
    assert again.status_code == 422 and place in again.content.decode()
    assert as_chen.post("/board/plan-these/accept/", {"places": [place], "reason": "已电话说好"}).status_code == 302


@pytest.mark.parametrize("text", ["", "a|b", "WO|E-001|x|y", "WO-2026-000001|E-001|2026-11-24T09:00|2026-11-24T10:00"])
def test_places_that_nobody_can_read_are_refused_in_words(as_chen, work, text):
    page = as_chen.post("/board/plan-these/accept/", {"places": [text]}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]


def test_holidays_are_known_in_the_year_that_was_wished_for(house, chen, at):
    year = OfficialYear.objects.create(country="CN", year=at.year + 1, source="国务院通知", imported_at=at)
    holiday = OfficialDay.objects.create(year=year, day=datetime.date(at.year + 1, 3, 1), kind="holiday", name="假日").day
    wish = datetime.datetime.combine(holiday, datetime.time(), datetime.UTC)
    (task,) = tasks_of([visits.order(chen, at, wanted_from=wish, wanted_to=wish + 3 * DAY)], at)
    assert holiday.weekday() < 5 and not task.world.is_workday(holiday) and task.world.is_workday(holiday + DAY)


def test_nights_and_weekends_are_counted_when_a_visit_is_confirmed(house, chen, zhao, at):
    saturday = at + 4 * DAY
    visit = visits.confirmed(chen, at, zhao.engineer, start=saturday, hours=30)
    pasts = pasts_of({zhao.engineer.pk: zhao.engineer}, at, "Asia/Shanghai", [visit.order.customer.number])
    assert (pasts[zhao.engineer.pk].nights, pasts[zhao.engineer.pk].weekend_days) == (1, 2)

    schedule.cancel(visit=visit, cancel_reason="客户改期", by=chen, at=at)
    assert not any(by_key(at.date().replace(day=1), "engineer", measures=["burden.nights"])[zhao.engineer.number].values())


def test_a_trip_asks_whether_to_return(as_chen, house, chen, zhao):
    at, noon = timezone.now(), (timezone.now() + DAY).replace(hour=4)
    first = visits.proposed(chen, at, zhao.engineer, start=noon)
    visits.proposed(chen, at, zhao.engineer, start=noon + DAY, work=visits.order(chen, at, first.order.site))

    (trip,) = as_chen.get("/trips/").context["trips"]
    assert trip["nights"] == 1
    as_chen.post(f"/trips/{first.number}/", {"choice": "return"})

    assert WayOn.objects.get().by == chen
    assert as_chen.get("/trips/").context["trips"][0]["nights"] == 0
