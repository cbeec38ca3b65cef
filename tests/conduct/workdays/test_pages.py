"""Calendars are edited, imported and checked on one page, and deadlines tried out on another."""

import datetime

import pytest
from django.core.management import call_command

from conduct.workdays import actions, dependents
from conduct.workdays.models import CalendarChange, Freeze, OfficialYear, WorkCalendar
from tests.factories import visits
from tests.people import SHANGHAI

NINE_TO_SIX = "9:00-12:00, 13:00-18:00"
WEEK = dict.fromkeys(["monday", "tuesday", "wednesday", "thursday", "friday"], NINE_TO_SIX) | {"saturday": "", "sunday": ""}
EDIT = WEEK | {"name": "标准", "zone": "Asia/Shanghai", "country": "CN", "is_standard": "on", "makeup_hours": NINE_TO_SIX}


@pytest.fixture
def office(house, at):
    call_command("load_workdays", at=at, verbosity=0)
    return WorkCalendar.objects.get()


@pytest.fixture
def as_admin(client, admin_zhou):
    client.force_login(admin_zhou)
    return client


def test_the_page_shows_a_year_that_nobody_knows_as_such(as_admin, office):
    known, unknown = (as_admin.get(f"/calendars/office/?year={year}").content.decode() for year in (2026, 2027))

    assert "2027 年尚无官方放假安排" in unknown and "td class=\"is-holiday" not in unknown
    assert "months-unknown" not in known and "td class=\"is-holiday" in known


@pytest.mark.parametrize("year", ["", "abc", "1", "99999", "²"])
def test_a_year_that_makes_no_sense_shows_this_one(as_admin, office, year):
    assert as_admin.get(f"/calendars/office/?year={year}").status_code == 200


def test_hours_are_changed_on_the_page(as_admin, office):
    response = as_admin.post("/calendars/office/edit/", EDIT | {"friday": "9-12"})

    assert response.status_code == 302
    office.refresh_from_db()
    assert office.week[4] == [[540, 720]]


@pytest.mark.parametrize(
    ("typed", "said"), [({"monday": "nine"}, "monday"), ({"monday": "12-9"}, "monday"), (dict.fromkeys(WEEK, ""), "monday")]
)
def test_hours_that_cannot_be_are_refused_beside_the_field(as_admin, office, typed, said):
    response = as_admin.post("/calendars/office/edit/", EDIT | typed)

    assert response.status_code == 422
    assert said in response.context["form"].errors
    office.refresh_from_db()
    assert office.minutes_a_week == 40 * 60


def test_a_year_is_checked_before_it_is_taken(as_admin, office):
    notice = {"year": 2027, "source": "国办发明电〔2026〕1号", "lines": "2027-01-01,休,元旦\n2027-01-09,班,元旦"}

    wrong = as_admin.post("/calendars/office/year/", notice | {"lines": "2027-01-01,休,元旦\nx,休"})
    checked = as_admin.post("/calendars/office/year/", notice | {"check": "1"})

    assert "第 2 行" in str(wrong.context["year_form"].errors)
    assert len(checked.context["read"]) == 2 and not OfficialYear.objects.filter(year=2027).exists()
    assert as_admin.post("/calendars/office/year/", notice).status_code == 302
    assert OfficialYear.objects.get(year=2027).days.count() == 2


def test_an_incomplete_year_is_pointed_out(as_admin, office):
    as_admin.post("/calendars/office/year/", {"year": 2027, "source": "x", "lines": "2027-01-01,休,元旦"})

    page = as_admin.get("/calendars/office/?year=2027")

    assert any("2027" in text and level == "warning" for level, text in page.context["findings"])


def test_years_are_taken_from_the_built_in_list(as_admin, office):
    OfficialYear.objects.filter(year__gte=2025).delete()

    as_admin.post("/calendars/office/known-years/")

    assert set(OfficialYear.objects.filter(year__gte=2025).values_list("year", flat=True)) == {2025, 2026}


def test_a_changed_calendar_asks_keep_or_work_out_anew(as_admin, office, monkeypatch, at):
    renewed = []
    row = dependents.Dependent("T-1", "T-1 投影机", "/r/", at, at + datetime.timedelta(hours=3))
    monkeypatch.setattr(dependents, "_rooms", {})
    dependents.register(
        "test", label="报修单", affected=lambda **facts: [row], renew=lambda **facts: renewed.append(facts["keys"])
    )

    asked = as_admin.post("/calendars/office/days/", {"day": "2026-12-01", "hours": "", "name": "停电"}, follow=True)
    assert "T-1 投影机" in asked.content.decode()
    as_admin.post(asked.request["PATH_INFO"], {"anew": "1", "renew": ["test:T-1"]})

    assert renewed == [["T-1"]]
    assert CalendarChange.objects.latest("pk").decision == "renewed"


def test_an_own_day_is_removed_again(as_admin, office, admin_zhou, at):
    actions.save_own_day(calendar=office, day=datetime.date(2026, 12, 31), hours=[], name="盘点", by=admin_zhou, at=at)

    as_admin.post(f"/calendars/office/days/{office.own_days.get().pk}/remove/")

    assert not office.own_days.exists()


def test_a_freeze_ends_after_it_begins(client, chen, house):
    customer = visits.customer()
    client.force_login(chen)
    facts = {"customer": customer.pk, "first": "2026-12-05", "last": "2026-12-01", "kind": "exams", "note": ""}

    refused = client.post("/calendars/freezes/", facts)
    taken = client.post("/calendars/freezes/", facts | {"last": "2026-12-09"})

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert Freeze.objects.get().last == datetime.date(2026, 12, 9)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"start": "2026-10-09T16:00", "hours": "4"}, "11:00"),
        ({"start": "2026-10-09T16:00", "hours": "4", "pause_start": "2026-10-09T17:00"}, "暂停中"),
        ({"start": "2026-10-09T16:00", "hours": "x"}, "输入一个数"),
        ({"start": "16:00", "hours": "4"}, "日期和时间"),
        ({"start": "2026-10-09T16:00", "hours": "4", "pause_start": "2026-10-09T17:00", "pause_end": "2026-10-09T16:00"}, "早于"),
    ],
)
def test_a_deadline_is_tried_out(client, wang, office, asked, told):
    client.force_login(wang)

    page = client.get("/calendars/what-if/", {"calendar": "office"} | asked).content.decode()

    assert told in page


def test_the_list_names_the_year_that_is_missing(client, wang, office):
    client.force_login(wang)
    year = datetime.datetime.now(SHANGHAI).year + 1

    assert (year in client.get("/calendars/").context["missing"]) == (year > 2026)


def test_an_engineer_only_reads(client, wang, office):
    client.force_login(wang)

    assert b"<textarea" not in client.get("/calendars/office/").content
    assert client.post("/calendars/office/edit/", EDIT).status_code == 404
