"""What cannot be repaired is bought anew, and the ticket goes on by itself."""

import datetime

import pytest

from conduct.approvals import actions as approvals
from conduct.approvals.queries import approvals_about
from conduct.base.errors import ForbiddenMove
from conduct.base.ids import uuid7
from conduct.notices.models import Notice
from conduct.people.models import Department
from conduct.purchases import actions as purchases
from conduct.purchases import receiving
from conduct.purchases.models import Purchase
from conduct.purchases.queries import ORIGIN as PURCHASE
from conduct.repairs import buying, closing, repairing
from tests.factories import repairs, stores

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


@pytest.fixture
def office(manager_sun):
    return Department.objects.create(name="教务处", head=manager_sun)


@pytest.fixture
def burnt(beamer, triager_li, wang, at):
    """Wang found it beyond repair."""
    ticket = repairs.taken(beamer, at, triager_li, wang)
    repairing.unrepairable(ticket=ticket, cause="主板烧毁", by=wang, at=at + HOUR)
    return ticket


def ask(ticket, office, by, at):
    return buying.ask_replacement(
        ticket=ticket, department=office, name="投影机", quantity=1, price=4200, reason="教室急用", by=by, at=at
    )


def approved(purchase, by, manager, at):
    """Quotes, the choice, and the head's word."""
    for supplier, amount in (("甲", 4200), ("乙", 4600), ("丙", 4700)):
        quote = purchases.add_quote(purchase=purchase, supplier=supplier, amount=amount, file=repairs.picture(), by=by, at=at)
        if supplier == "甲":
            cheapest = quote
    purchases.choose(quote=cheapest, by=by, at=at)
    purchases.ask(purchase=purchase, by=by, at=at)
    approvals.approve(approval=approvals_about(origin=PURCHASE, reference=purchase.number).get(), by=manager, at=at)


def arrive(purchase, store, at):
    purchases.order(purchase=purchase, by=store, at=at)
    shelf = stores.place(store, at)
    names = {"giver_name": "甲", "taker_name": store.name}
    return receiving.receive(
        purchase=purchase, arrived={line: (line.quantity, None) for line in purchase.lines.all()}, slip_id=uuid7(at), put_to=shelf,
        by=store, at=at, **names,
    )  # fmt: skip


def test_the_ticket_goes_on_by_itself_when_the_replacement_comes(burnt, office, wang, manager_sun, store_zheng, at):
    purchase = ask(burnt, office, wang, at + 2 * HOUR)
    closing.feed_back(ticket=burnt, feedback="无法修复，已申请购置", told_how="telephone", by=wang, at=at + 3 * HOUR)
    approved(purchase, wang, manager_sun, at + DAY)
    purchase.refresh_from_db()

    arrive(purchase, store_zheng, at + 2 * DAY)

    burnt.refresh_from_db()
    assert (burnt.state, burnt.awaits_purchase, burnt.assigned_to) == ("assigned", False, wang)
    assert burnt.finish_due_at > at + 2 * DAY and burnt.queue_key
    assert Notice.objects.filter(to=wang, code="ticket.went_on").count() == 1


def test_a_refused_replacement_lets_the_ticket_end(burnt, office, wang, manager_sun, triager_li, at):
    purchase = ask(burnt, office, wang, at + 2 * HOUR)
    purchases.cancel(purchase=purchase, reason="改用移动投影", by=wang, at=at + DAY)

    burnt.refresh_from_db()
    assert (burnt.state, burnt.awaits_purchase) == ("unrepairable", False)
    assert Notice.objects.filter(to=triager_li, code="ticket.goes_without").exists()
    closing.feed_back(ticket=burnt, feedback="改用移动投影", told_how="person", by=wang, at=at + DAY)
    closing.close(ticket=burnt, by=triager_li, at=at + DAY)


def test_it_is_not_closed_while_the_replacement_is_on_its_way(burnt, office, wang, triager_li, at):
    ask(burnt, office, wang, at + 2 * HOUR)
    closing.feed_back(ticket=burnt, feedback="已申请购置", told_how="person", by=wang, at=at + 3 * HOUR)

    with pytest.raises(ForbiddenMove):
        closing.close(ticket=burnt, by=triager_li, at=at + DAY)
    assert closing.close_unanswered(at=at + 30 * DAY) == 0


def test_a_second_replacement_at_a_time_is_refused(burnt, office, wang, at):
    ask(burnt, office, wang, at + 2 * HOUR)

    with pytest.raises(ForbiddenMove) as refused:
        ask(burnt, office, wang, at + 3 * HOUR)

    assert "already" in str(refused.value.message) or "已" in str(refused.value.message)
    assert Purchase.objects.count() == 1


def test_what_can_be_repaired_is_not_bought(beamer, triager_li, wang, office, at):
    with pytest.raises(ForbiddenMove):
        ask(repairs.taken(beamer, at, triager_li, wang), office, wang, at)


def test_a_ticket_that_was_reopened_meanwhile_stays_in_its_hands(burnt, office, wang, manager_sun, store_zheng, triager_li, at):
    purchase = ask(burnt, office, wang, at + 2 * HOUR)
    closing.feed_back(ticket=burnt, feedback="已申请购置", told_how="person", by=wang, at=at + 3 * HOUR)
    closing.reopen(ticket=burnt, reason="先借一台", by=None, at=at + 4 * HOUR)
    approved(purchase, wang, manager_sun, at + DAY)
    purchase.refresh_from_db()

    arrive(purchase, store_zheng, at + 2 * DAY)

    burnt.refresh_from_db()
    assert (burnt.state, burnt.awaits_purchase) == ("triaged", False)
    assert Notice.objects.filter(to=triager_li, code="ticket.went_on").exists()


def test_wang_asks_on_the_tickets_page_and_finds_the_request_there(client, burnt, office, wang):
    client.force_login(wang)

    client.post(f"/repairs/{burnt.number}/buy/", {"department": office.pk, "name": "投影机", "quantity": 1, "reason": "教室急用"})

    purchase = Purchase.objects.get()
    assert (purchase.origin, purchase.reference) == ("ticket", burnt.number)
    page = client.get(burnt.get_absolute_url()).content.decode()
    assert purchase.get_absolute_url() in page and f"/repairs/{burnt.number}/buy/" not in page
