"""The board's pages: what is shown, what a drop posts, what is published, and how it stood."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from conduct.attendance.models import Leave
from conduct.attendance.states import LeaveKind, LeaveState
from conduct.notices.models import Notice
from conduct.trail import actions as trail
from tests.factories import visits
from visits.board import past
from visits.board.queries import rows_of_visits, waiting
from visits.schedule import actions, shifting
from visits.schedule.models import Capacity, Visit

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime.datetime(2099, 1, 5, 9, tzinfo=SHANGHAI)


@pytest.fixture
def work(house, chen):
    return visits.order(chen, timezone.now())


@pytest.fixture
def planned(work, chen, wang):
    return actions.place(
        order=work, engineer=wang.engineer, planned_start=MONDAY, planned_end=MONDAY + 2 * HOUR, by=chen, at=timezone.now()
    )


@pytest.fixture
def as_chen(client, chen):
    client.force_login(chen)
    return client


def drop(client, address, who, start, end, **facts):
    fields = {"engineer": who.engineer.number, "planned_start": start, "planned_end": end, "zone": "Asia/Shanghai", "reason": ""}
    return client.post(address, fields | facts)


def words_of(response):
    return response.content.decode()


@pytest.mark.parametrize("view", ["day", "three", "week", "fortnight"])
def test_every_view_shows_the_visit_its_state_and_the_orders_that_wait(as_chen, planned, chen, view):
    other = visits.order(chen, timezone.now(), planned.order.site)

    shown = words_of(as_chen.get(f"/board/?view={view}&day=2099-01-05"))

    assert planned.number in shown and "09:00–11:00" in shown and "已计划" in shown
    assert other.number in shown and f'data-order="{planned.order.number}"' not in shown


@pytest.mark.both_databases
def test_who_has_to_be_served_soonest_waits_first_and_who_named_no_day_last(chen):
    any_day = visits.order(chen, MONDAY)
    friday = visits.order(chen, MONDAY, any_day.site, wanted_from=MONDAY, wanted_to=MONDAY + 4 * DAY)
    tuesday = visits.order(chen, MONDAY, any_day.site, wanted_from=MONDAY, wanted_to=MONDAY + DAY)

    assert [row.number for row in waiting(chen, {})[0]] == [tuesday.number, friday.number, any_day.number]


def test_a_drop_plans_quietly(as_chen, work, wang):
    response = drop(as_chen, f"/orders/{work.number}/plan/", wang, "2099-01-05T23:00", "2099-01-06T00:00")

    assert response.status_code == 302
    visit = work.visits.get()
    assert (visit.state, visit.planned_start.astimezone(SHANGHAI).isoformat()[:16]) == ("planned", "2099-01-05T23:00")
    assert not Notice.objects.filter(to=wang).exists()


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "Europe/Paris"])
@pytest.mark.parametrize("day", ["2099-03-29", "2099-10-25"])  # in Paris one of 23 and one of 25 hours
def test_a_drop_on_the_last_hour_of_a_day_stays_there(as_chen, work, chen, wang, zone, day):
    chen.time_zone = zone
    chen.save()
    midnight = f"{datetime.date.fromisoformat(day) + DAY}T00:00"

    drop(as_chen, f"/orders/{work.number}/plan/", wang, f"{day}T23:00", midnight, zone=zone)

    visit, area = work.visits.get(), ZoneInfo(zone)
    assert visit.planned_end - visit.planned_start == HOUR
    assert [moment.astimezone(area).isoformat()[:16] for moment in (visit.planned_start, visit.planned_end)] == [f"{day}T23:00", midnight]
    (bar,) = as_chen.get(f"/board/?view=day&day={day}").context["rows"][0].bars
    assert (bar.start, bar.end, bar.times) == (23 * 60, 24 * 60, "23:00–24:00")


def test_of_two_who_drop_the_same_order_the_second_is_told_and_may_go_on(as_chen, work, admin_zhou, wang, zhao):
    place = {"engineer": wang.engineer, "planned_start": MONDAY, "planned_end": MONDAY + HOUR}
    first = actions.place(order=work, **place, by=admin_zhou, at=timezone.now())
    times = ("2099-01-06T09:00", "2099-01-06T11:00")

    told = drop(as_chen, f"/orders/{work.number}/plan/", zhao, *times, reason="支援", known="")

    assert told.status_code == 422 and work.visits.count() == 1
    assert all(said in words_of(told) for said in ("周颖", first.number, "王磊"))
    known = told.context["form"]["known"].value()
    assert drop(as_chen, f"/orders/{work.number}/plan/", zhao, *times, reason="支援", known=known).status_code == 302


def test_an_engineers_no_comes_back_to_the_board_with_its_reason(as_chen, planned, wang):
    version = as_chen.get("/board/changes/").json()["version"]
    actions.propose(visit=planned, by=None, at=timezone.now())
    actions.decline(visit=planned, decline_code="health", decline_note="发烧三天", by=wang, at=timezone.now())

    shown = words_of(as_chen.get("/board/?day=2099-01-05"))

    assert f'data-order="{planned.order.number}"' in shown and planned.number not in shown
    news = as_chen.get("/board/changes/", {"version": version}).json()["news"][-1]
    assert all(said in shown and said in news for said in ("王磊", "身体不适", "发烧三天"))


@pytest.mark.parametrize(("zone", "hour"), [("Asia/Shanghai", 1), ("Europe/Paris", 8), ("UTC", 9)])
def test_a_drop_means_the_clock_of_the_board_it_came_from(as_chen, work, chen, wang, zone, hour):
    chen.time_zone = zone
    chen.save()

    drop(as_chen, f"/orders/{work.number}/plan/", wang, "2099-01-05T09:00", "2099-01-05T11:00", zone=zone)

    assert work.visits.get().planned_start == datetime.datetime(2099, 1, 5, hour, tzinfo=datetime.UTC)


def test_a_soft_conflict_gives_the_form_back_and_asks_why(as_chen, work, zhao):
    response = drop(as_chen, f"/orders/{work.number}/plan/", zhao, "2099-01-05T09:00", "2099-01-05T11:00")

    assert response.status_code == 422 and "reason" in response.context["form"].errors
    assert "2099-01-05T09:00" in words_of(response) and not work.visits.exists()
    times = ("2099-01-05T09:00", "2099-01-05T11:00")
    assert drop(as_chen, f"/orders/{work.number}/plan/", zhao, *times, reason="客户点名").status_code == 302


def test_a_multi_day_visit_that_moves_a_day_keeps_its_length(as_chen, planned, wang):
    Visit.objects.filter(pk=planned.pk).update(planned_end=MONDAY + 2 * DAY + 8 * HOUR)
    facts = {"plan_version": 1, "state": "planned", "reason": "三天工期"}

    drop(as_chen, f"/visits/{planned.number}/move/", wang, "2099-01-06T09:00", "2099-01-08T17:00", **facts)

    planned.refresh_from_db()
    assert (planned.planned_start, planned.planned_end) == (MONDAY + DAY, MONDAY + 3 * DAY + 8 * HOUR)
    shown = as_chen.get("/board/?view=day&day=2099-01-07").context["rows"][0].bars[0]
    assert (shown.start, shown.end) == (9 * 60 - 1440, 17 * 60 + 1440)


def test_a_stale_drop_is_told_and_changes_nothing(as_chen, planned, chen, wang):
    shifting.shift(
        visit=planned, engineer=wang.engineer, planned_start=MONDAY + DAY, planned_end=MONDAY + DAY + HOUR, plan_version=1,
        by=chen, at=timezone.now(),
    )  # fmt: skip
    facts = {"plan_version": 1, "state": "planned"}

    response = drop(as_chen, f"/visits/{planned.number}/move/", wang, "2099-01-07T09:00", "2099-01-07T11:00", **facts)

    assert response.status_code == 422 and "陈静" in words_of(response)
    planned.refresh_from_db()
    assert planned.planned_start == MONDAY + DAY


def test_before_the_drop_everybody_s_place_is_known(as_chen, planned, wang, zhao):
    Capacity.objects.create(engineer=zhao.engineer, minutes=0)
    query = {"order": planned.order.number, "zone": "Asia/Shanghai", "start": "2099-01-05T10:00", "end": "2099-01-05T12:00"}

    found = as_chen.get("/board/check/", query).json()["places"]
    free = as_chen.get("/board/check/", query | {"start": "2099-01-06T10:00", "end": "2099-01-06T12:00"}).json()["places"]

    assert found[wang.engineer.number]["verdict"] == "hard" and planned.number in found[wang.engineer.number]["words"][0]
    assert found[zhao.engineer.number]["verdict"] == "hard"
    assert free[wang.engineer.number] == {"verdict": "free", "cost": 0, "words": []}


@pytest.mark.parametrize("wrong", [{"start": "tomorrow"}, {"zone": "Mars/Base"}, {"end": "2099-01-05T09:00"}])
def test_nonsense_is_answered_with_words(as_chen, planned, wrong):
    query = {"order": planned.order.number, "zone": "Asia/Shanghai", "start": "2099-01-05T10:00", "end": "2099-01-05T12:00"}
    response = as_chen.get("/board/check/", query | wrong)
    assert response.status_code == 400 and response.json()["message"]


def test_publishing_many_says_what_was_not_possible(as_chen, planned, chen, wang, zhao):
    other = actions.place(
        order=planned.order, engineer=zhao.engineer, planned_start=MONDAY, planned_end=MONDAY + HOUR, reason="支援", by=chen,
        at=timezone.now(),
    )  # fmt: skip
    Capacity.objects.create(engineer=zhao.engineer, minutes=0)

    response = as_chen.post("/board/publish/", {"visits": [planned.number, other.number]}, follow=True)

    states = set(Visit.objects.values_list("number", "state"))
    assert states == {(planned.number, "proposed"), (other.number, "planned")}
    assert [str(message.level_tag) for message in response.context["messages"]] == ["success", "error"]


def test_published_are_the_days_that_the_board_shows(as_chen, planned, chen, wang):
    later = actions.place(order=planned.order, engineer=wang.engineer, planned_start=MONDAY + 30 * DAY, planned_end=MONDAY + 30 * DAY + HOUR, by=chen, at=timezone.now())
    gone = visits.planned(chen, MONDAY, wang.engineer, work=planned.order, start=MONDAY + 9 * DAY)
    Visit.objects.filter(pk=gone.pk).update(planned_start=MONDAY - 99 * 366 * DAY)

    board = as_chen.get("/board/?day=2099-01-05").context
    week = as_chen.get(f"/board/publish/{board['query']}").context
    every = as_chen.get("/board/publish/").context

    assert (board["planned"], week["visits"], week["all"]) == (1, [planned], 2)
    assert (every["visits"], every["late"]) == ([planned, later], [gone])


def test_taking_back_on_the_page_takes_back_what_the_button_names(as_chen, planned):
    named = as_chen.get("/board/?day=2099-01-05").context["undoable"].name
    as_chen.post("/board/undo/", {"move": f"{planned.number}/7"})
    planned.refresh_from_db()
    assert (named, planned.state) == (f"{planned.number}/1", "planned")

    as_chen.post("/board/undo/", {"move": named})
    planned.refresh_from_db()
    assert planned.state == "cancelled"


def test_another_dispatchers_move_is_news_and_ones_own_is_not(as_chen, planned, chen, admin_zhou):
    version = as_chen.get("/board/changes/").json()["version"]
    assert as_chen.get("/board/changes/", {"version": version}).json()["changed"] is False

    actions.propose(visit=planned, by=admin_zhou, at=timezone.now())
    answer = as_chen.get("/board/changes/", {"version": version}).json()

    assert answer["changed"] and answer["news"] == [f"周颖: 提议任务 {planned.number}"] or planned.number in answer["news"][0]
    actions.cancel(visit=planned, cancel_reason="x", by=chen, at=timezone.now())
    assert as_chen.get("/board/changes/", {"version": answer["version"]}).json()["news"] == []


def test_filters_hide_what_was_not_asked_for_and_keep_its_time_taken(as_chen, planned):
    shown = as_chen.get("/board/?day=2099-01-05&state=confirmed")
    (bar,) = shown.context["rows"][0].bars
    assert not bar.shown and "data-visit=" not in words_of(shown)
    assert as_chen.get("/board/?day=2099-01-05&city=上海").context["rows"] == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=丢包", True), ("q=王磊", True), ("q=本部机房", True), ("q=打印机", False), ("customer=第一中学", True), ("customer=c-0001", True),
        ("customer=第二", False), ("q=%00丢包", True),
    ],
)  # fmt: skip
def test_text_and_customer_are_found_by_what_a_dispatcher_knows(as_chen, planned, chen, asked, found):
    other = visits.order(chen, timezone.now(), planned.order.site)
    shown = as_chen.get(f"/board/?day=2099-01-05&{asked}").context
    assert shown["shown"] == found
    assert [row.number for row in shown["waiting"]] == ([other.number] if found and "王磊" not in asked else [])


def test_who_left_or_is_barred_is_no_hidden_row(as_chen, planned, chen, wang, zhao):
    wang.is_active = False
    wang.save()
    zhao.engineer.barred_until = datetime.date(2099, 1, 6)
    zhao.engineer.save()

    rows = {row.engineer: row for row in as_chen.get("/board/?day=2099-01-05").context["rows"]}

    assert [bar.number for bar in rows[wang.engineer].bars] == [planned.number]
    assert [off["css"] for off in rows[zhao.engineer].off if off["kind"] == "away"] == ["x0 w2"]
    assert wang.engineer not in {row.engineer for row in as_chen.get("/board/?day=2099-02-05").context["rows"]}


def test_planned_and_actual_stand_on_the_same_bar(as_chen, on_site, at):
    shown = as_chen.get(f"/board/?view=day&day={at:%Y-%m-%d}").context["rows"][0].bars[0]
    assert shown.actual and "12:00" in shown.actual_words


def test_the_board_as_it_stood(house, chen, wang, zhao, at):
    visit = visits.proposed(chen, at, wang.engineer, start=at + 2 * DAY)
    actions.confirm(visit=visit, by=wang, at=at + HOUR)
    shifting.shift(
        visit=visit, engineer=zhao.engineer, planned_start=at + 3 * DAY, planned_end=at + 3 * DAY + HOUR, plan_version=1,
        reason="王磊生病", by=chen, at=at + 2 * HOUR,
    )  # fmt: skip

    def stood(moment):
        rows = past.rows_as_of(chen, at, at + 9 * DAY, moment)
        return [(row["engineer_id"], row["state"]) for row in rows]

    assert stood(at - HOUR) == []
    assert stood(at) == [(wang.engineer.pk, "proposed")]
    assert stood(at + HOUR) == [(wang.engineer.pk, "confirmed")]
    assert stood(at + 2 * HOUR) == [(zhao.engineer.pk, "proposed")]
    assert [row["number"] for row in rows_of_visits(chen, at, at + 9 * DAY)] != [visit.number]


def test_leave_stands_on_the_board_as_it_was_then(house, wang, at):
    leave = Leave.objects.create(
        number="L-2026-000001", staff=wang, kind=LeaveKind.values[0], start=at + DAY, end=at + 2 * DAY, zone="Asia/Shanghai", reason="家事",
        state=LeaveState.CANCELLED, minutes=480, asked_at=at,
    )  # fmt: skip
    for hours, verb in ((1, "leave.approved"), (3, "leave.cancelled")):
        trail.note(verb=verb, subject=leave, by=None, at=at + hours * HOUR)
    assert [past.leaves_as_of([wang.pk], at, at + 9 * DAY, at + hours * HOUR) for hours in (0, 2, 4)] == [[], [leave], []]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "x"])
def test_a_day_that_no_calendar_has_is_today(as_chen, house, day):
    for asked in (f"day={day}", f"at={day}T10:00"):
        assert as_chen.get(f"/board/?{asked}").context["today"] in as_chen.get(f"/board/?{asked}").context["grid"].days


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_year_that_nobody_plans_for_is_refused_beside_its_field(as_chen, work, wang, year):
    times = (f"{year}-12-31T09:00", f"{year}-12-31T11:00")
    refused = drop(as_chen, f"/orders/{work.number}/plan/", wang, *times)
    assert refused.status_code == 422 and {"planned_start", "planned_end"} <= set(refused.context["form"].errors)
    asked = {"order": work.number, "zone": "UTC", "start": times[0], "end": times[1]}
    assert as_chen.get("/board/check/", asked).status_code == 400


def test_a_moment_too_long_ago_is_refused_in_words(as_chen, house):
    response = as_chen.get("/board/?at=2020-01-01T10:00", follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_what_a_person_typed_is_shown_as_text(as_chen, planned):
    planned.order.customer.name = '<script>"x"</script>'
    planned.order.customer.save()
    shown = words_of(as_chen.get("/board/?day=2099-01-05"))
    assert "<script>&quot;x" not in shown and '<script>"x' not in shown and "&lt;script&gt;&quot;x&quot;" in shown


@pytest.fixture
def leave_of_wang(wang):
    """All of Monday."""
    midnight = MONDAY.replace(hour=0)
    return Leave.objects.create(
        number="L-2099-000001", staff=wang, kind=LeaveKind.values[0], start=midnight, end=midnight + DAY, zone="Asia/Shanghai",
        reason="家事", state=LeaveState.APPROVED, minutes=480, asked_at=timezone.now(),
    )  # fmt: skip


def test_a_whole_day_of_leave_is_greyed_and_closes_the_place(as_chen, work, wang, leave_of_wang):
    shown = as_chen.get("/board/?day=2099-01-05").context["rows"][0]
    assert [(off["kind"], off["css"]) for off in shown.off if off["kind"] == "away"] == [("away", "x0 w1")]

    response = drop(as_chen, f"/orders/{work.number}/plan/", wang, "2099-01-05T09:00", "2099-01-05T11:00")

    assert response.status_code == 422 and not work.visits.exists()


def test_a_colleagues_leave_does_not_block(as_chen, work, zhao, leave_of_wang):
    times = ("2099-01-05T09:00", "2099-01-05T11:00")
    assert drop(as_chen, f"/orders/{work.number}/plan/", zhao, *times, reason="王磊休假").status_code == 302
