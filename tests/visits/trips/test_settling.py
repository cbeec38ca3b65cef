"""Back home: expenses with receipts, the report in time, and a manager who pays."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.files.models import StoredFile
from conduct.notices.models import Notice
from conduct.people.models import Staff
from conduct.violations.models import Violation
from tests.visits.documents.files import pdf, picture
from tests.visits.trips.telling import DAY, HOUR, back
from visits.trips import reminding, settling
from visits.trips.models import Expense, Trip

TUESDAY = datetime.date(2026, 11, 24)


@pytest.fixture
def home(trip, at):
    """Liu is home the same evening, a Tuesday; his report is due on the Tuesday after."""
    return back(trip, at + 9 * HOUR)


def expense(trip, at, amount="233.50", **facts):
    facts = {"kind": "travel", "spent_on": TUESDAY, "note": "南京南 – 武汉", "receipt": picture(), **facts}
    return settling.add_expense(trip=trip, amount=amount, by=trip.engineer.staff, at=at, **facts)


def told(person, code):
    return Notice.objects.filter(to=person, code=code).count()


def test_liu_hands_in_and_sun_pays(client, home, liu, manager_sun):
    Trip.objects.update(set_out_at=datetime.datetime(2020, 11, 24, 8, tzinfo=datetime.UTC))  # a page asks the real clock
    client.force_login(liu)
    data = {"expense-kind": "travel", "expense-spent_on": "2020-11-24", "expense-amount": "233.50", "expense-note": "高铁"}
    page = client.post(f"{home.get_absolute_url()}expense/", data)
    assert page.status_code == 422 and 'value="233.50"' in page.content.decode()
    client.post(f"{home.get_absolute_url()}expense/", data | {"expense-receipt": pdf("ticket.pdf")})
    client.post(f"{home.get_absolute_url()}expense/", data | {"expense-amount": "12", "expense-no_receipt_reason": "公交无票"})
    receipt = Expense.objects.get(amount="233.50")
    assert client.get(f"{home.get_absolute_url()}expenses/{receipt.pk}/receipt/").status_code == 200
    client.post(f"{home.get_absolute_url()}hand-in/", {"hand-in-report": "更换电源模块，运行正常"})
    assert client.post(f"{home.get_absolute_url()}pay/").status_code == 404

    client.force_login(manager_sun)
    assert told(manager_sun, "trip.handed_in") == 1 and home.number in client.get("/").content.decode()
    assert "245.50" in client.get(home.get_absolute_url()).content.decode()
    client.post(f"{home.get_absolute_url()}pay/")

    home.refresh_from_db()
    assert (home.state, home.paid_by) == ("paid", manager_sun) and told(liu, "trip.paid") == 1
    sheet = load_workbook(io.BytesIO(client.get("/business-trip-expenses/2020-11/").content)).active
    assert [row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)] == [233.5, 12, 245.5]


def test_sent_back_it_is_mended_and_handed_in_again(home, liu, manager_sun, at):
    settling.hand_in(trip=home, report="完成", by=liu, at=at + DAY)
    with pytest.raises(ForbiddenMove):
        expense(home, at + DAY)
    settling.send_back(trip=home, reason="缺住宿发票", by=manager_sun, at=at + DAY)
    assert told(liu, "trip.sent_back") == 1

    dropped = expense(home, at + DAY)
    settling.drop_expense(expense=dropped, by=liu, at=at + DAY)
    expense(home, at + DAY, kind="lodging", amount="320")
    settling.hand_in(trip=home, report="完成，补发票", by=liu, at=at + 2 * DAY)

    assert list(Expense.objects.values_list("kind", flat=True)) == ["lodging"] and StoredFile.objects.count() == 1


def test_nobody_settles_ones_own_trip(home, liu, at):
    settling.hand_in(trip=home, report="完成", by=liu, at=at + DAY)
    with pytest.raises(DomainError):
        settling.pay(trip=home, by=liu, at=at + DAY)


@pytest.mark.parametrize("day", [TUESDAY - 61 * DAY, TUESDAY + 2 * DAY])
def test_a_ticket_is_bought_beforehand_but_not_long_before_or_later_than_today(home, at, day):
    expense(home, at + DAY, spent_on=TUESDAY - 60 * DAY)
    with pytest.raises(DomainError) as refused:
        expense(home, at + DAY, spent_on=day)
    assert refused.value.field == "spent_on"


def test_two_managers_at_once_and_one_is_told(client, home, liu, manager_sun, executive_lu, at):
    settling.hand_in(trip=home, report="完成", by=liu, at=at + DAY)
    client.force_login(manager_sun)
    assert client.post(f"{home.get_absolute_url()}pay/").status_code == 302
    client.force_login(executive_lu)
    assert "已变化" in client.post(f"{home.get_absolute_url()}pay/", follow=True).content.decode()
    home.refresh_from_db()
    assert home.paid_by == manager_sun


def test_the_trip_of_somebody_who_left_is_brought_to_its_end(client, trip, liu, manager_sun, chen, at):
    Trip.objects.update(set_out_at=datetime.datetime(2020, 11, 24, 8, tzinfo=datetime.UTC))
    client.force_login(manager_sun)
    url = trip.get_absolute_url()
    assert client.post(f"{url}back/", {"back-returned_at": "2020-11-25T09:59"}).status_code == 404
    Staff.objects.filter(pk=liu.pk).update(is_active=False)

    client.post(f"{url}back/", {"back-returned_at": "2020-11-25T09:59", "back-unasked_reason": "已离职"})
    client.post(f"{url}hand-in/", {"hand-in-report": "由经理代交"})
    client.post(f"{url}pay/")

    trip.refresh_from_db()
    assert (trip.state, trip.report) == ("paid", "由经理代交")
    client.force_login(chen)
    assert client.post(f"{url}back/").status_code == 404


def test_the_report_is_asked_for_once_before_and_on_its_day_and_then_loudly(client, home, liu, techmgr_qian, manager_sun, at):
    assert home.due_on == TUESDAY + 7 * DAY  # five working days
    for days in (1, 2, 3, 4, 5, 6):
        reminding.remind(at=at + days * DAY)
    assert (told(liu, "trip.report_soon"), told(liu, "trip.report_due")) == (1, 0)
    for hours in (0, 1):
        assert reminding.remind(at=at + 7 * DAY + hours * HOUR) == 0
    assert (told(liu, "trip.report_due"), told(liu, "trip.report_late")) == (1, 0)

    for hours in (0, 1):
        assert reminding.remind(at=at + 8 * DAY + hours * HOUR) == 1

    assert told(liu, "trip.report_late") == told(techmgr_qian, "trip.report_late") == 1
    assert list(Violation.objects.filter(rule__code="travel.report_in_time").values_list("state", flat=True)) == ["proposed"]
    settling.hand_in(trip=home, report="完成", by=liu, at=at + 9 * DAY)
    assert settling.is_late(home, at + 30 * DAY) and reminding.remind(at=at + 10 * DAY) == 0


@pytest.mark.parametrize("month", ["2026-13", "9999-12"])
def test_a_month_that_is_none_is_not_found(client, house, manager_sun, month):
    client.force_login(manager_sun)
    assert client.get(f"/business-trip-expenses/{month}/").status_code == 404
