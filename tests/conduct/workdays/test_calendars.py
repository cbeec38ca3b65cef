"""Calendars as data: what the arithmetic gets from the tables, and what changes of them ask."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import translation

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.workdays import actions, dependents, official
from conduct.workdays.arithmetic import deadline
from conduct.workdays.models import CalendarChange, OfficialYear, WorkCalendar
from conduct.workdays.queries import calendar_of
from conduct.workdays.words import explain, summary
from tests.factories import visits
from tests.people import SHANGHAI

FRIDAY = datetime.datetime(2026, 10, 9, 16, tzinfo=SHANGHAI)
DATE = datetime.date


@pytest.fixture
def office(db, at):
    call_command("load_workdays", at=at, verbosity=0)
    return WorkCalendar.objects.get(is_standard=True)


def test_the_sum_of_the_issue_in_both_languages(office):
    found = deadline(FRIDAY, 240, calendar_of())

    with translation.override("en"):
        assert (
            summary(found)
            == "Fri 2026-10-09 16:00 + 4 h, Sat 2026-10-10: make-up day, worked (National Day) → Sat 2026-10-10 11:00"
        )
        assert [row["minutes"] for row in explain(found)] == ["+ 2 h", "", "+ 2 h"]
    with translation.override("zh-hans"):
        assert "调休上班" in summary(found) and "国庆节" in summary(found)


def test_loading_again_changes_nothing(office, at):
    changes = CalendarChange.objects.count()

    call_command("load_workdays", at=at, verbosity=0)

    assert CalendarChange.objects.count() == changes
    assert OfficialYear.objects.get(year=2026).days.filter(kind="makeup").count() == 6


def test_a_year_that_the_package_does_not_know_is_not_taken(office):
    assert 2027 not in calendar_of().official_years
    with pytest.raises(LookupError):
        official.package_days(2027)


@pytest.mark.parametrize("with_customer", [False, True])
def test_a_calendar_is_read_in_a_fixed_number_of_queries(office, django_assert_num_queries, with_customer, at):
    customer = visits.customer() if with_customer else None
    if customer:
        actions.add_freeze(customer=customer, first=DATE(2026, 10, 10), last=DATE(2026, 10, 11), kind="exams", by=None, at=at)

    with django_assert_num_queries(3 + with_customer):
        found = calendar_of("office", customer=customer)
    assert found.works_on(DATE(2026, 10, 10)) != with_customer


def test_without_a_row_the_standard_calendar_has_ordinary_hours(house):
    assert calendar_of().works_on(DATE(2026, 11, 25))
    with pytest.raises(LookupError):
        calendar_of("nowhere")


def test_own_days_outweigh_the_public_calendar(office, at):
    actions.save_own_day(calendar=office, day=DATE(2026, 10, 10), hours=[], name="搬家", by=None, at=at)

    assert not calendar_of().works_on(DATE(2026, 10, 10))


def test_a_calendar_without_working_hours_is_refused_with_the_reason(office, at):
    office.week = [[]] * 7
    with pytest.raises(DomainError, match="没有任何工作时间"):
        actions.save_calendar(calendar=office, by=None, at=at)
    assert WorkCalendar.objects.get(pk=office.pk).minutes_a_week == 40 * 60


def test_one_standard_calendar(office, at):
    actions.save_calendar(calendar=WorkCalendar(code="new", name="新", is_standard=True), by=None, at=at)

    assert calendar_of().code == "new"


def test_lines_of_a_new_notice_are_checked_one_by_one():
    text = "2027-01-01，休，元旦\n2027/1/2,班\n\n2026-05-01,休,劳动节\nx,休,y\n2027-02-01,maybe,z\n2027-01-01,休,元旦\n1,2,3,4"

    days, errors = official.read_lines(text, 2027)

    assert [(day.day, day.kind, day.name) for day in days] == [(DATE(2027, 1, 1), "holiday", "元旦")]
    assert [(line, code) for line, code, _what in errors] == [
        (2, "day"), (4, "year"), (5, "day"), (6, "kind"), (7, "twice"), (8, "columns"),
    ]  # fmt: skip


@pytest.fixture
def room(monkeypatch):
    """A room above, with one deadline that every change moves."""
    renewed = []
    row = dependents.Dependent("T-1", "T-1", "/t/1/", FRIDAY, FRIDAY + datetime.timedelta(hours=1))
    monkeypatch.setattr(dependents, "_rooms", {})
    dependents.register(
        "test", label="tickets", affected=lambda **facts: [row], renew=lambda **facts: renewed.append(facts["keys"])
    )
    return renewed


def test_a_change_asks_what_becomes_of_deadlines_given_before(office, room, chen, at):
    change = actions.save_own_day(calendar=office, day=DATE(2026, 10, 10), hours=[], name="停电", by=chen, at=at)
    assert change.decision == CalendarChange.Decision.OPEN

    actions.decide(change=change, chosen={"test": ["T-1"]}, by=chen, at=at)

    change.refresh_from_db()
    assert (room, change.decision, change.renewed) == ([["T-1"]], "renewed", 1)
    with pytest.raises(ForbiddenMove):
        actions.decide(change=change, chosen={}, by=chen, at=at)


def test_deadlines_may_be_kept(office, room, chen, at):
    change = actions.import_year(
        country="CN", year=2027, days=[official.Day(DATE(2027, 1, 1), "holiday", "元旦")], source="通知", by=chen, at=at
    )
    actions.decide(change=change, chosen={}, by=chen, at=at)

    change.refresh_from_db()
    assert (room, change.decision) == ([], "kept")
    assert 2027 in calendar_of().official_years


def test_where_nothing_depends_nobody_is_asked(office, chen, at, monkeypatch):
    monkeypatch.setattr(dependents, "_rooms", {})
    change = actions.save_own_day(calendar=office, day=DATE(2026, 10, 10), hours=[], name="停电", by=chen, at=at)

    assert change.decision == CalendarChange.Decision.NOTHING
