"""The manager reads the month, closes it, and sees what came later beside what was closed."""

import datetime

import pytest
from django.utils import translation

from conduct.base.errors import DomainError
from conduct.tally import actions as tally
from tests.factories import visits as make
from tests.people import SHANGHAI
from visits.statistics.actions import close_month
from visits.statistics.definitions import BY_CODE, FIGURES
from visits.statistics.fairness import heaviest, unevenness
from visits.statistics.figures import change, shown, value
from visits.statistics.models import MonthClosing
from visits.statistics.months import last, name, shifted
from visits.statistics.queries import Month

DAY = datetime.timedelta(days=1)
LATER = datetime.datetime(2026, 12, 2, 9, 30, tzinfo=SHANGHAI)


@pytest.fixture
def english():
    with translation.override("en"):
        yield


ON_TIME, DURATION, EVALUATION, DAMAGED = (BY_CODE[code] for code in ("on_time", "duration", "evaluation", "damaged"))


@pytest.mark.parametrize(
    ("figure", "counts", "number", "text"),
    [
        (ON_TIME, {}, None, "no data"), (ON_TIME, {"arrived": 0, "on_time": 0}, None, "no data"),
        (ON_TIME, {"arrived": 4}, 0, "0 %"), (ON_TIME, {"arrived": 3, "on_time": 2}, 200 / 3, "67 %"),
        (DURATION, {"timed": 2, "minutes": 190}, 95, "1:35"), (DURATION, {"timed": 1, "minutes": 60 * 1000}, 60000, "1,000:00"),
        (EVALUATION, {"evaluations": 2, "evaluation_hundredths": 900}, 4.5, "4.5"),
        (DAMAGED, {}, None, "no data"), (DAMAGED, {"stock.damaged": 0}, 0, "0"),
        (BY_CODE["repair_cost"], {"ticket.cost_fen": 123450}, 1234.5, "1,234.50"),
    ],
)  # fmt: skip
def test_a_figure_is_a_number_or_says_that_there_is_none(english, figure, counts, number, text):
    assert value(figure, counts) == pytest.approx(number) if number is not None else value(figure, counts) is None
    assert shown(figure, counts) == text


@pytest.mark.parametrize(
    ("code", "now", "before", "text", "good"),
    [
        ("on_time", 91.2, 88.0, "+3 points", True), ("on_time", 80, 88, "−8 points", False), ("on_time", 88.1, 88.4, "±0 points", None),
        ("delivery", 12, 20, "−0:08", True), ("duration", 100, 90, "+0:10", None), ("visits", 50, 61, "−11", None),
        ("evaluation", 4.55, 4.21, "+0.3", True),
    ],
)  # fmt: skip
def test_a_change_says_how_far_and_whether_it_is_good(english, code, now, before, text, good):
    assert change(BY_CODE[code], now, before) == {"text": text, "good": good}


def test_without_one_of_the_two_there_is_no_change():
    assert change(ON_TIME, None, 80) is None and change(ON_TIME, 80, None) is None


@pytest.mark.parametrize(
    ("first", "months", "there"), [((2026, 1, 1), -1, "2025-12"), ((2026, 12, 1), 1, "2027-01"), ((2026, 11, 1), -12, "2025-11")]
)
def test_months_over_the_turn_of_the_year(first, months, there):
    assert name(shifted(datetime.date(*first), months)) == there
    assert len(last(datetime.date(2026, 11, 1), 60)) == 60 and name(last(datetime.date(2026, 11, 1), 60)[0]) == "2021-12"


@pytest.mark.parametrize(
    ("loads", "gini"), [([3, 3, 3], 0), ([0, 0, 9], 2 / 3), ([1, 2, 3], 2 / 9), ([5], None), ([0, 0], None), ([], None)]
)
def test_how_unevenly_a_load_lies(loads, gini):
    assert unevenness(loads) == (pytest.approx(gini) if gini is not None else None)


def test_who_carries_most():
    assert heaviest({"wang": 6, "zhao": 2, "liu": 1}) == ("wang", 2.0) and heaviest({"wang": 6}) is None


def test_every_definition_stands_with_its_numbers(english, house, at):
    from visits.yardsticks.queries import in_force

    texts = {figure.code: figure.definition(in_force(at)) for figure in FIGURES}
    assert "at most 10 minutes" in texts["on_time"] and "within 30 days" in texts["first_time_fix"] and "19:00" in texts["nights"]
    assert not any("%(" in text for text in texts.values())


def test_a_month_that_is_not_over_stays_open(house, manager_sun, at):
    with pytest.raises(DomainError, match="尚未结束"):
        close_month(month="2026-11", by=manager_sun, at=datetime.datetime(2026, 11, 30, 23, 59, tzinfo=SHANGHAI))
    assert close_month(month="2026-11", by=manager_sun, at=datetime.datetime(2026, 12, 1, 0, 0, tzinfo=SHANGHAI))


def test_a_month_is_closed_once(house, manager_sun):
    close_month(month="2026-11", by=manager_sun, at=LATER.replace(hour=7))  # in Greenwich still the day before
    with pytest.raises(DomainError, match="已由孙立于2026-12-02结账"):
        close_month(month="2026-11", by=manager_sun, at=LATER + DAY)
    assert MonthClosing.objects.count() == 1


def test_what_comes_after_closing_stands_beside_it(client, house, chen, wang, manager_sun, at):
    make.signed(chen, at, wang.engineer)
    close_month(month="2026-11", by=manager_sun, at=LATER)
    tally.post(
        kind="visit",
        number="V-X",
        part="call",
        day=at.date(),
        measures={"calls": 1, "evaluations": 1, "evaluation_hundredths": 300},
    )

    card = Month("2026-11").card(EVALUATION)
    assert (card["empty"], card["since"]) == (True, "3.0")
    assert Month("2026-11").card(ON_TIME)["since"] == ""
    client.force_login(manager_sun)
    page = client.get("/month/2026-11/").content.decode()
    assert "由孙立于2026-12-02 09:30结账" in page and "截至目前" in page


def test_the_words_of_a_closed_month_stay(client, house, manager_sun, at):
    from visits.yardsticks.actions import change as change_yardstick
    from visits.yardsticks.models import Yardstick

    close_month(month="2026-10", by=manager_sun, at=at)
    change_yardstick(yardstick=Yardstick(punctual_minutes=5, reason="客户要求"), by=manager_sun, at=at)
    client.force_login(manager_sun)
    assert "10分钟以内" in client.get("/month/2026-10/figures/on_time/").content.decode()
    assert "5分钟以内" in client.get("/month/2026-11/figures/on_time/").content.decode()


@pytest.mark.parametrize(("who", "status"), [("manager_sun", 302), ("techmgr_qian", 404), ("chen", 404)])
def test_only_the_manager_closes(client, request, house, chen, at, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.post("/month/2026-10/close/", {"note": ""}).status_code == status
    assert MonthClosing.objects.count() == (status == 302)


def test_closing_twice_on_the_page_says_who_did(client, house, manager_sun, at):
    close_month(month="2026-10", by=manager_sun, at=at)
    client.force_login(manager_sun)
    page = client.post("/month/2026-10/close/", {"note": ""}, follow=True).content.decode()
    assert "2026-10已由孙立于2026-11-24结账" in page


def test_an_empty_month_says_so(client, house, manager_sun):
    client.force_login(manager_sun)
    assert "本月没有上门计划，也没有报修" in client.get("/month/2021-03/").content.decode()
    assert "无数据" in client.get("/month/2021-03/tickets/").content.decode()
    for month in ("2026-13", "jetzt", "2026-11-24"):
        assert client.get(f"/month/{month}/").status_code == 404


def test_a_figure_opens_what_stands_behind_it(client, house, chen, wang, manager_sun, at):
    visit, _sign_off = make.signed(chen, at, wang.engineer)
    client.force_login(manager_sun)
    page = client.get("/month/2026-11/figures/on_time/").content.decode()
    assert f"/visits/{visit.number}/" in page and "王磊" in page
    assert visit.number not in client.get("/month/2026-11/figures/refusals/?engineer=E-009").content.decode()
    assert visit.number not in client.get("/month/2026-11/figures/evaluation/").content.decode()
    assert client.get("/month/2026-11/figures/nonsense/").status_code == 404
