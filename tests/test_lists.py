"""A list page costs the same number of queries with one row and with three: the number stands here in digits."""

import datetime

import pytest

from conduct.approvals import actions as approvals
from conduct.attendance.actions import ask_leave
from conduct.checklists.queries import all_questions
from conduct.notices.actions import tell
from conduct.outbox.models import Delivery
from conduct.workdays.actions import add_freeze, save_calendar
from conduct.workdays.models import WorkCalendar
from tests.factories import laptops, stores, visits
from tests.people import engineer
from visits.escalations.models import SiteQuestion

HOUR = datetime.timedelta(hours=1)
LISTS = {
    "/devices/": ("chen", 4), "/sync/": ("chen", 8),
    "/customers/": ("chen", 4), "/sites/": ("chen", 4), "/equipment/": ("chen", 4), "/orders/": ("chen", 4), "/visits/": ("chen", 5),
    "/deliveries/": ("chen", 4), "/questions/": ("chen", 4), "/notices/": ("chen", 5), "/follow-ups/": ("chen", 4), "/follow-ups/?show=archive": ("chen", 4),
    "/leave/": ("manager_sun", 4), "/attendance/2026-11/people/": ("manager_sun", 11),
    "/calendars/": ("chen", 6), "/calendars/freezes/": ("chen", 5),
    "/approvals/": ("chen", 4), "/spares/": ("chen", 7), "/spares/loans/": ("chen", 5), "/stock/places/": ("chen", 4), "/stock/": ("chen", 5), "/stock/slips/": ("chen", 4),
    "/board/?day=2026-11-23": ("chen", 15), "/board/publish/": ("chen", 4), "/travel-times/": ("chen", 4), "/board/hours/": ("chen", 4), "/trips/": ("chen", 6),
    "/board/plan-these/": ("chen", 5), "/checklists/": ("chen", 5), "/": ("chen", 16),
    "/staff/": ("admin_zhou", 5), "/trail/": ("manager_sun", 4), "/month/2026-11/": ("manager_sun", 7),
    **{f"/month/2026-11/{page}": ("manager_sun", count) for page, count in {
        "tickets/": 9, "people/": 8, "customers/": 9, "trend/": 7, "rows/": 8, "figures/on_time/": 10}.items()},
    "/purchases/": ("manager_sun", 6),
}  # fmt: skip


@pytest.fixture
def person(request, client, chen, admin_zhou, manager_sun, house):
    return lambda name: client.force_login(request.getfixturevalue(name))


def add_row(chen, at, place):
    """One more of everything: a customer with a signed visit, its delivery, an open question, an engineer."""
    someone = engineer(f"person{place}", f"工程师{place}", "南京").engineer
    work = visits.order(chen, at, visits.site(visits.customer(f"C-9{place}", f"客户{place}"), f"S-9{place}"))
    visit, _sign_off = visits.signed(chen, at, someone, work=work, start=at + 2 * HOUR)
    laptops.everything(visit, at + 25 * HOUR)
    Delivery.objects.create(
        number=f"D-2026-9{place}", origin="test", reference=visit.record_number, recipient_kind="hq_mail", recipient="hq@example.com",
        channel="mail_folder", channels=[], subject="s", state="confirmed", message_id=f"<{place}>", queued_at=at,
    )  # fmt: skip
    asked = visits.order(chen, at, work.site)
    visit = visits.on_site(chen, at, someone, work=asked, start=at + 24 * HOUR)
    visits.enter(visit, "question", {"question_kind": "technical", "text": "固件版本？"}, at + 25 * HOUR)
    check = next(row.rule for row in all_questions(visit.visit_checklist.checklist)["set_out"] if row.rule.enforce == "check")
    visits.enter(visit, "answer", {"rule_code": check.code, "answer": "no", "note": "现场条件不具备"}, at + 25 * HOUR)
    tell(to=chen, code="question.answered", about=visit.number, url="/", at=at)
    approvals.ask(
        kind="purchase", origin="test", reference=str(place), subject="s", reason="r", asked_of=chen, by=someone.staff, at=at
    )
    shelf = stores.place(chen, at, f"货架{place}")
    stores.lent(chen, at, stores.spare(chen, at, shelf=shelf))
    stores.purchase(chen, at)
    stores.stocked(chen, at, 3, stores.item(chen, at, f"备件{place}"), shelf)
    assert SiteQuestion.objects.filter(visit=visit).exists()
    ask_leave(kind="annual", start=at + 24 * HOUR, end=at + 48 * HOUR, reason="探亲", by=someone.staff, at=at)
    save_calendar(calendar=WorkCalendar(code=f"c{place}", name=f"日历{place}"), by=None, at=at)
    add_freeze(customer=work.customer, first=at.date(), last=at.date(), kind="exams", by=None, at=at)


@pytest.mark.parametrize("address", LISTS)
def test_one_row_and_three_rows_cost_the_same(client, person, chen, at, address, django_assert_num_queries):
    name, count = LISTS[address]
    add_row(chen, at, 1)
    person(name)
    client.get(address)  # the session remembers what is asked once

    with django_assert_num_queries(count):
        assert client.get(address).status_code == 200
    add_row(chen, at, 2)
    add_row(chen, at, 3)
    with django_assert_num_queries(count):
        assert client.get(address).status_code == 200
