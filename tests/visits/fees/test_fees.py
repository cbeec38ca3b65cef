"""The contractors' list of a month: what it holds, what a ruling does to it, and what happens after it was closed."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.notices.models import Notice
from conduct.people.models import Engineer
from conduct.rules.models import Rule
from conduct.violations import actions as violations
from tests.factories import visits
from visits.breaches.actions import raise_for_visit
from visits.fees import actions
from visits.fees.arithmetic import after_cut, correction
from visits.fees.queries import open_lines
from visits.records.models import Record
from visits.retention.actions import erase_staff

DAY = datetime.timedelta(days=1)
NOVEMBER, DECEMBER = "2026-11", "2026-12"


@pytest.mark.parametrize(
    ("fee", "percent", "left"), [("400", 0, "400.00"), ("400", 50, "200.00"), ("400", 100, "0.00"), ("333.33", 70, "100.00")]
)
def test_what_is_left_of_a_fee(fee, percent, left):
    assert after_cut(Decimal(fee), percent) == Decimal(left)


def test_what_a_later_list_makes_good():
    assert correction(Decimal(400), 50, Decimal(400)) == Decimal(-200)
    assert correction(Decimal(400), 0, Decimal(200)) == Decimal(200)
    assert correction(Decimal(400), 50, Decimal(200)) == 0


@pytest.fixture
def visit(house, chen, zhao, at):
    """Zhao, a contractor at 400 yuan a visit, has signed."""
    Engineer.objects.filter(staff=zhao).update(agreed_fee=400)
    zhao.engineer.refresh_from_db()
    return visits.signed(chen, at, zhao.engineer)[0]


def cut(visit, chen, techmgr_qian, at, percent=70):
    rule = Rule.objects.get(code="work.no_private_contact")
    violation = raise_for_visit(visit=visit, rule=rule, text="留了微信", by=chen, at=at)
    violations.answer(violation=violation, answer="是的", by=visit.engineer.staff, at=at)
    until = datetime.date(2027, 3, 1)
    facts = {"outcome": "fee_cut_and_barred", "fee_cut": percent, "barred_until": until, "reason": "x"}
    violations.rule_on(violation=violation, by=techmgr_qian, at=at, **facts)
    return violation


def amounts(month, at):
    return [(line.percent, line.amount, line.is_correction) for line in open_lines(month, at)]


def test_nobody_is_erased_before_the_last_fee_is_settled(visit, zhao, manager_sun, admin_zhou, at):
    actions.close(month="2026-10", by=manager_sun, at=at)
    zhao.is_active = False
    zhao.save()
    erase = {"staff": zhao, "reason": "本人要求", "by": admin_zhou}
    with pytest.raises(DomainError, match=visit.number):
        erase_staff(at=at + DAY, **erase)

    actions.close(month=NOVEMBER, by=manager_sun, at=at + 8 * DAY)
    erase_staff(at=at + 9 * DAY, **erase)
    assert visit.fee_lines.get().amount == 400


def test_only_contractors_closed_visits_are_listed(visit, chen, wang, at):
    visits.signed(chen, at, wang.engineer, work=visits.order(chen, at, visit.order.site))
    visits.confirmed(chen, at, visit.engineer, work=visits.order(chen, at, visit.order.site), start=at + 2 * DAY)

    assert [(line.visit, line.amount) for line in open_lines(NOVEMBER, at)] == [(visit, Decimal(400))]
    assert open_lines(DECEMBER, at) == []


def test_a_cut_is_deducted_once_it_can_no_longer_be_appealed(visit, chen, techmgr_qian, at):
    cut(visit, chen, techmgr_qian, at + DAY)

    (line,) = open_lines(NOVEMBER, at + 2 * DAY)
    assert (line.amount, line.percent, line.pending[0]) == (Decimal(400), 0, 70)
    assert amounts(NOVEMBER, at + 9 * DAY) == [(70, Decimal("120.00"), False)]


def test_the_list_is_closed_after_the_month_and_the_contractor_is_told(visit, manager_sun, zhao, at):
    with pytest.raises(DomainError, match="尚未结束"):
        actions.close(month=NOVEMBER, by=manager_sun, at=at)
    actions.close(month=NOVEMBER, by=manager_sun, at=at + 8 * DAY)

    assert "400.00" in Notice.objects.get(to=zhao, code="fees.closed").sentence
    with pytest.raises(ForbiddenMove, match="已结算该清单"):
        actions.close(month=NOVEMBER, by=manager_sun, at=at + 8 * DAY)


def test_what_is_ruled_after_that_is_corrected_in_a_later_list_once(visit, chen, techmgr_qian, manager_sun, at):
    actions.close(month=NOVEMBER, by=manager_sun, at=at + 8 * DAY)
    cut(visit, chen, techmgr_qian, at + 9 * DAY)
    assert amounts(DECEMBER, at + 10 * DAY) == []

    assert amounts(DECEMBER, at + 20 * DAY) == [(70, Decimal("-280.00"), True)]
    actions.close(month=DECEMBER, by=manager_sun, at=at + 40 * DAY)
    assert amounts("2027-01", at + 41 * DAY) == []


def test_an_appeal_that_is_won_is_paid_back(visit, chen, techmgr_qian, manager_sun, zhao, at):
    violation = cut(visit, chen, techmgr_qian, at + DAY / 4)
    actions.close(month=NOVEMBER, by=manager_sun, at=at + 7.5 * DAY)
    assert visit.fee_lines.get().amount == Decimal("120.00")
    type(violation).objects.filter(pk=violation.pk).update(appeal_until=at + 30 * DAY)
    violation.refresh_from_db()
    violations.appeal(violation=violation, appeal="是公司号码", by=zhao, at=at + 8 * DAY)
    violations.rule_upon_appeal(violation=violation, outcome="no_breach", reason="属实", by=manager_sun, at=at + 9 * DAY)

    assert amounts(DECEMBER, at + 10 * DAY) == [(0, Decimal("280.00"), True)]


def test_a_visit_that_closed_too_late_for_its_list_stands_in_the_next(visit, chen, manager_sun, at):
    actions.close(month=NOVEMBER, by=manager_sun, at=at + 8 * DAY)
    late, _sign_off = visits.signed(
        chen, at + DAY, visit.engineer, work=visits.order(chen, at, visit.order.site), start=at + 2 * DAY
    )
    Record.objects.filter(visit=late).update(closed_at=at + 9 * DAY)  # its laptop was without a network
    assert [line.visit for line in open_lines(DECEMBER, at + 9 * DAY)] == [late]


def test_a_list_that_is_still_open_keeps_its_visits(visit, chen, manager_sun, at):
    actions.close(month="2026-10", by=manager_sun, at=at)

    assert [line.visit for line in open_lines(NOVEMBER, at)] == [visit] and open_lines(DECEMBER, at) == []


def test_the_manager_is_reminded_of_last_months_list(client, visit, manager_sun, admin_zhou, at, monkeypatch):
    monkeypatch.setattr("visits.desk.views.timezone.now", lambda: at + 8 * DAY)
    client.force_login(manager_sun)
    assert [(line.url, line.count) for line in client.get("/").context["waiting"]] == [("/fees/2026-11/", 1)]

    actions.close(month=NOVEMBER, by=manager_sun, at=at + 8 * DAY)
    assert client.get("/").context["waiting"] == []
    client.force_login(admin_zhou)
    page = client.get("/fees/2026-11/").content.decode()
    assert visit.number in page and visit.get_absolute_url() not in page, "administrators do not see visits"


def test_without_an_agreed_fee_the_list_cannot_be_closed(visit, manager_sun, at):
    Engineer.objects.filter(pk=visit.engineer_id).update(agreed_fee=None)
    with pytest.raises(DomainError, match="赵敏"):
        actions.close(month=NOVEMBER, by=manager_sun, at=at + 8 * DAY)


def test_a_contractor_sees_the_own_fees_only(client, visit, chen, wang, zhao, manager_sun, at):
    for reader, seen in ((zhao, True), (wang, False), (manager_sun, True)):
        client.force_login(reader)
        assert (visit.number in client.get("/fees/2026-11/").content.decode()) is seen


def test_the_spreadsheet(client, visit, manager_sun):
    client.force_login(manager_sun)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/fees/2026-11/sheet.xlsx").content))
    rows = list(book.active.values)
    assert (rows[1][0], rows[1][1], rows[1][8], rows[2][8]) == ("赵敏", visit.number, 400, 400)


@pytest.mark.parametrize("month", ["2026-13", "x", "0001-01", "2026-1", "9999-12"])
def test_a_month_that_is_none(client, house, manager_sun, month):
    client.force_login(manager_sun)
    for address in (f"/fees/{month}/", f"/fees/{month}/sheet.xlsx"):
        assert client.get(address).status_code == 404
    assert client.post(f"/fees/{month}/close/").status_code == 404
