"""Clocking in and out, the month sheet, and leave on its pages."""

import datetime
import io
import zipfile

import pytest

from conduct.attendance import actions
from conduct.attendance.models import ClockEntry, Leave
from conduct.base.errors import DomainError
from conduct.people.models import Staff
from tests.factories import visits

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def nine_to_six(house, wang, at):
    """Wang came at nine and left at six, and somebody called =1+1 came too late."""
    Staff.objects.filter(pk=wang.pk).update(name="=1+1")
    for kind, moment in (("in", at - HOUR), ("out", at + 8 * HOUR)):
        ClockEntry.objects.create(staff=wang, kind=kind, at=moment, entered_at=moment)


def test_who_clocks_in_twice_is_told_when(house, wang, at):
    actions.clock(kind="in", by=wang, at=at)

    with pytest.raises(DomainError, match="10:00"):
        actions.clock(kind="in", by=wang, at=at + HOUR)
    actions.clock(kind="out", by=wang, at=at + HOUR)
    actions.clock(kind="in", by=wang, at=at + 2 * HOUR)
    assert ClockEntry.objects.count() == 3


def test_who_did_not_come_cannot_leave(house, wang, at):
    with pytest.raises(DomainError, match="补登"):
        actions.clock(kind="out", by=wang, at=at)


def test_a_new_day_begins_anew(house, wang, at):
    actions.clock(kind="in", by=wang, at=at)
    assert actions.clock(kind="in", by=wang, at=at + 24 * HOUR).kind == "in"


def test_clocking_in_on_the_page(client, house, wang):
    client.force_login(wang)

    client.post("/attendance/clock/", {"kind": "in"})

    assert ClockEntry.objects.get().kind == "in"
    assert "上班打卡" in client.get("/attendance/").content.decode()


def test_a_forgotten_time_is_marked(client, house, wang, at):
    entry = actions.add_forgotten(kind="in", moment=at - HOUR, reason="忘记打卡", by=wang, at=at)
    client.force_login(wang)

    assert entry.is_late_entry
    page = client.get("/attendance/2026-11/").content.decode()
    assert "补登" in page and "忘记打卡" in page


@pytest.mark.parametrize(("hours", "said"), [(1, "尚未到来"), (-24 * 41, "时间过久")])
def test_a_forgotten_time_has_its_bounds(house, wang, at, hours, said):
    with pytest.raises(DomainError, match=said):
        actions.add_forgotten(kind="in", moment=at + hours * HOUR, reason="x", by=wang, at=at)


def test_a_struck_entry_does_not_count_and_stays(client, nine_to_six, admin_zhou, wang):
    entry = ClockEntry.objects.get(kind="out")
    client.force_login(admin_zhou)

    client.post(f"/attendance/entries/{entry.pk}/strike/", {"reason": "他人代打"})

    page = client.get("/attendance/2026-11/?person=wang")
    assert page.context["totals"]["worked"] == 0 and "他人代打" in page.content.decode()


def test_the_month_shows_the_hours(client, nine_to_six, wang):
    client.force_login(wang)
    assert client.get("/attendance/2026-11/").context["totals"]["worked"] == 9 * 60


@pytest.mark.parametrize("month", ["2026-13", "x", "0001-01", "9999-12"])
def test_a_month_that_is_none(client, house, wang, month):
    client.force_login(wang)
    assert client.get(f"/attendance/{month}/").status_code == 404


def test_another_persons_month_is_not_mine(client, house, wang, zhao):
    client.force_login(zhao)
    assert client.get("/attendance/2026-11/?person=wang").status_code == 404


def test_the_line_manager_sees_the_team(client, house, wang, zhao, techmgr_qian):
    Staff.objects.filter(pk=wang.pk).update(line_manager=techmgr_qian)
    client.force_login(techmgr_qian)

    names = [person.username for person, _figures in client.get("/attendance/2026-11/people/").context["rows"]]
    assert sorted(names) == ["qian", "wang"]


def test_a_visit_counts_as_a_day_outside(client, house, chen, wang, at):
    visits.confirmed(chen, at, wang.engineer)
    client.force_login(wang)

    assert client.get("/attendance/2026-11/").context["totals"]["outside"] == 1


@pytest.mark.parametrize("count", [1, 4])
def test_the_month_of_many_costs_as_much_as_of_one(client, house, admin_zhou, request, count, django_assert_num_queries):
    for name in ["wang", "zhao", "chen"][: count - 1]:
        request.getfixturevalue(name)
    client.force_login(admin_zhou)
    client.get("/attendance/2026-11/people/")

    with django_assert_num_queries(11):
        assert len(client.get("/attendance/2026-11/people/").context["rows"]) == count


def test_the_spreadsheet_keeps_formulas_as_text(client, nine_to_six, admin_zhou):
    client.force_login(admin_zhou)

    content = client.get("/attendance/2026-11/sheet.xlsx").content

    parts = zipfile.ZipFile(io.BytesIO(content))
    assert b"=1+1" in parts.read("xl/sharedStrings.xml")
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml") + parts.read("xl/worksheets/sheet2.xml")


LEAVE = {"kind": "annual", "first_day": "2099-12-01", "last_day": "2099-12-01", "reason": "探亲"}


def test_leave_is_asked_for_on_the_page(client, house, wang, techmgr_qian):
    Staff.objects.filter(pk=wang.pk).update(line_manager=techmgr_qian)
    client.force_login(wang)

    response = client.post("/leave/new/", LEAVE)

    leave = Leave.objects.get()
    assert response["Location"] == f"/leave/{leave.number}/"
    assert (leave.end - leave.start) == datetime.timedelta(days=1)
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("typed", [{"first_day": "x"}, {"last_day": "2099-11-01"}, {"first_day": "0001-01-01"}, {"reason": ""}])
def test_leave_that_cannot_be_keeps_what_was_typed(client, house, wang, techmgr_qian, typed):
    client.force_login(wang)

    response = client.post("/leave/new/", LEAVE | typed)

    assert response.status_code == 422 and not Leave.objects.exists()
    assert response.context["form"].errors


def test_consent_is_noted_on_the_page(client, house, chen, wang, techmgr_qian, at):
    Staff.objects.filter(pk=wang.pk).update(line_manager=techmgr_qian)
    visit = visits.proposed(chen, at, wang.engineer)
    client.force_login(wang)
    client.post("/leave/new/", LEAVE | {"site": visit.order.site.pk})
    leave = Leave.objects.get()

    empty = client.post(f"/leave/{leave.number}/consent/", {"consent_way": "telephone"})
    client.post(f"/leave/{leave.number}/consent/", {"consent_way": "telephone", "consent_name": "李喆"})

    leave.refresh_from_db()
    assert (empty.status_code, leave.state) == (422, "asked")


def test_a_colleague_cannot_cancel_or_withdraw(client, house, wang, zhao, manager_sun, at):
    leave = actions.ask_leave(kind="annual", start=at + 24 * HOUR, end=at + 48 * HOUR, reason="x", by=wang, at=at)
    client.force_login(zhao)
    for step in ("withdraw", "cancel", "consent"):
        assert client.post(f"/leave/{leave.number}/{step}/", {"reason": "x"}).status_code == 404
