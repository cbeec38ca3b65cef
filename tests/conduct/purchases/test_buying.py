"""From the wish to the shelf: quotes, the head's word by amount, the order, what arrives, and what the ticket hears of it."""

import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conduct.approvals import actions as approvals
from conduct.approvals.models import Approval
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.ids import uuid7
from conduct.base.signals import purchase_settled
from conduct.notices.models import Notice
from conduct.people.access import Role
from conduct.people.models import Department
from conduct.purchases import actions, queries, receiving
from conduct.purchases.models import Purchase, PurchasePolicy
from conduct.stock.models import Item, Level, StockSlip
from conduct.tally.models import Posting
from tests.factories import stores
from tests.people import person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
NAMES = {"giver_name": "苏宁易购", "taker_name": "郑凯"}


@pytest.fixture
def support(techmgr_qian):
    return Department.objects.create(name="技术部", head=techmgr_qian)


@pytest.fixture
def heard():
    told = []

    def listen(sender, purchase, by, at, **kwargs):
        told.append((purchase.reference, purchase.state))

    purchase_settled.connect(listen, sender="story")
    yield told
    purchase_settled.disconnect(listen, sender="story")


def pdf(name="报价.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4 quote", "application/pdf")


def drafted(by, at, department, amounts=("900", "950"), **facts):
    """A draft with quotes, the first one chosen."""
    what = {"lines": [{"name": "投影灯泡", "quantity": 3, "price": Decimal("300")}], "reason": "备件用完"}
    purchase = actions.draft(department=department, by=by, at=at, **(what | facts))
    for amount in amounts:
        actions.add_quote(purchase=purchase, supplier=f"供应商{amount}", amount=Decimal(amount), file=pdf(), by=by, at=at)
    if amounts:
        actions.choose(quote=purchase.quotes.order_by("pk").first(), by=by, at=at, reason="现货")
    return Purchase.objects.get(pk=purchase.pk)


def say_yes(by, at):
    approvals.approve(approval=Approval.objects.get(state="asked"), by=by, at=at)


def ordered(by, at, department, head, **facts):
    purchase = drafted(by, at, department, **facts)
    actions.ask(purchase=purchase, by=by, at=at)
    say_yes(head, at)
    purchase.refresh_from_db()
    actions.order(purchase=purchase, expected_on=(at + 5 * DAY).date(), by=by, at=at)
    return purchase


def arrive(purchase, quantity, by, at, *, shelf, slip_id=None):
    line = purchase.lines.get()
    facts = {"put_to": shelf, "slip_id": slip_id or uuid7(at), **NAMES}
    return receiving.receive(purchase=purchase, arrived={line: (quantity, line.price)}, by=by, at=at, **facts)


def test_a_small_purchase_from_wish_to_shelf(wang, techmgr_qian, store_zheng, support, at, heard):
    purchase = ordered(wang, at, support, techmgr_qian, origin="story", reference="ST-1")
    shelf = stores.place(store_zheng, at)

    arrive(purchase, 3, store_zheng, at + DAY, shelf=shelf)

    purchase.refresh_from_db()
    assert (purchase.number, purchase.state, purchase.total) == ("PR-2026-000001", "received", Decimal("900"))
    assert Level.objects.get(item__name="投影灯泡", place=shelf).quantity == 3
    assert StockSlip.objects.get().reference == purchase.number
    assert heard == [("ST-1", "received")]
    assert Posting.objects.get(kind="purchase").measures == {
        "purchase.asked": 1, "purchase.approved": 1, "purchase.asked_fen": 90000,
    }  # fmt: skip
    told = set(Notice.objects.values_list("to__username", "code"))
    assert {("qian", "approval.asked"), ("wang", "purchase.ordered"), ("zheng", "purchase.to_order"), ("wang", "purchase.received")} <= told


@pytest.mark.parametrize(
    ("facts", "message"),
    [({"amounts": ("900",)}, "至少需要 2 份"), ({"amounts": ()}, "至少需要 2 份"), ({"planned": True}, "书面方案")],
)
def test_what_is_missing_is_said_before_anybody_is_asked(wang, support, at, facts, message):
    purchase = drafted(wang, at, support, **facts)
    with pytest.raises(DomainError, match=message):
        actions.ask(purchase=purchase, by=wang, at=at)
    assert not Approval.objects.exists()


def test_the_dearer_quote_needs_a_reason(wang, support, at):
    purchase = drafted(wang, at, support, amounts=("900", "950"))
    with pytest.raises(DomainError, match="供应商900 更便宜") as refusal:
        actions.choose(quote=purchase.quotes.get(amount=950), by=wang, at=at)
    assert refusal.value.field == "reason"


def test_the_amount_says_who_decides_one_after_the_other(wang, techmgr_qian, manager_sun, support, at):
    purchase = drafted(wang, at, support, amounts=("6000", "6100", "6200"))
    actions.ask(purchase=purchase, by=wang, at=at)
    assert Approval.objects.get().asked_of == techmgr_qian
    say_yes(techmgr_qian, at)
    purchase.refresh_from_db()
    assert purchase.state == "asked" and Approval.objects.get(state="asked").asked_of_role == Role.MANAGER
    say_yes(manager_sun, at)
    purchase.refresh_from_db()
    assert purchase.state == "approved"


def test_nobody_approves_ones_own_purchase(techmgr_qian, manager_sun, support, at):
    techmgr_qian.line_manager = person("wei", "魏然")
    techmgr_qian.save()
    actions.ask(purchase=drafted(techmgr_qian, at, support), by=techmgr_qian, at=at)
    assert Approval.objects.get().asked_of.name == "魏然"


def test_a_head_without_anybody_above_asks_the_managers(techmgr_qian, manager_sun, support, at):
    actions.ask(purchase=drafted(techmgr_qian, at, support), by=techmgr_qian, at=at)
    assert Approval.objects.get().asked_of_role == Role.MANAGER


def test_a_department_without_a_head_is_told(wang, at):
    purchase = drafted(wang, at, Department.objects.create(name="行政部"))
    with pytest.raises(DomainError, match="行政部还没有负责人"):
        actions.ask(purchase=purchase, by=wang, at=at)


def test_a_refusal_ends_it_and_the_ticket_hears_it(wang, techmgr_qian, support, at, heard):
    purchase = drafted(wang, at, support, origin="story", reference="ST-1")
    actions.ask(purchase=purchase, by=wang, at=at)
    approvals.refuse(approval=Approval.objects.get(), reason="先用备机", by=techmgr_qian, at=at)
    purchase.refresh_from_db()
    assert (purchase.state, purchase.ended_reason, heard) == ("refused", "先用备机", [("ST-1", "refused")])


def test_a_request_that_is_withdrawn_can_be_changed_and_asked_again(wang, techmgr_qian, support, at):
    purchase = drafted(wang, at, support)
    actions.ask(purchase=purchase, by=wang, at=at)
    with pytest.raises(ForbiddenMove, match="先撤回"):
        actions.add_quote(purchase=purchase, supplier="x", amount=1, file=pdf(), by=wang, at=at)
    approvals.withdraw(approval=Approval.objects.get(), by=wang, at=at)

    purchase.refresh_from_db()
    assert purchase.state == "draft" and Posting.objects.get(kind="purchase").measures == {}
    actions.ask(purchase=purchase, by=wang, at=at)
    assert Approval.objects.filter(state="asked").count() == 1


def test_cancelling_withdraws_what_waits(wang, support, at, heard):
    purchase = drafted(wang, at, support, origin="story", reference="ST-1")
    actions.ask(purchase=purchase, by=wang, at=at)
    actions.cancel(purchase=purchase, reason="已修好", by=wang, at=at)
    assert Approval.objects.get().state == "withdrawn" and heard == [("ST-1", "cancelled")]


def test_it_arrives_in_parts_and_never_more_than_was_ordered(wang, techmgr_qian, store_zheng, support, at):
    purchase = ordered(wang, at, support, techmgr_qian)
    shelf = stores.place(store_zheng, at)
    arrive(purchase, 2, store_zheng, at, shelf=shelf)
    with pytest.raises(DomainError, match="只差 1"):
        arrive(purchase, 2, store_zheng, at, shelf=shelf)
    purchase.refresh_from_db()
    assert purchase.state == "ordered" and purchase.is_late((at + 6 * DAY).date())
    arrive(purchase, 1, store_zheng, at, shelf=shelf)
    purchase.refresh_from_db()
    assert purchase.state == "received" and Item.objects.count() == 1 and Level.objects.get().quantity == 3


def test_an_arrival_posted_twice_counts_once(wang, techmgr_qian, store_zheng, support, at):
    purchase = ordered(wang, at, support, techmgr_qian)
    shelf, slip_id = stores.place(store_zheng, at), uuid7(at)
    first, is_new = arrive(purchase, 3, store_zheng, at, shelf=shelf, slip_id=slip_id)
    again, is_new_again = arrive(purchase, 3, store_zheng, at, shelf=shelf, slip_id=slip_id)
    assert (first, is_new, is_new_again, Level.objects.get().quantity) == (again, True, False, 3)


def test_a_policy_is_a_new_version_and_old_requests_keep_theirs(wang, manager_sun, techmgr_qian, support, at):
    tiers = [{"up_to": None, "quotes": 1, "deciders": ["manager"]}]
    with pytest.raises(DomainError, match="已经过去"):
        actions.set_policy(tiers=tiers, valid_from=(at - DAY).date(), reason="x", by=manager_sun, at=at)
    with pytest.raises(DomainError, match="最后一档"):
        bad = [{"up_to": "1.00", "quotes": 1, "deciders": ["manager"]}]
        actions.set_policy(tiers=bad, valid_from=at.date(), reason="x", by=manager_sun, at=at)
    actions.set_policy(tiers=tiers, valid_from=(at + DAY).date(), reason="简化", by=manager_sun, at=at)

    assert queries.policy_on(at.date()).version == 0 and queries.policy_on((at + DAY).date()).version == 1
    purchase = drafted(wang, at, support, amounts=("900",))
    actions.ask(purchase=purchase, by=wang, at=at + DAY)
    assert purchase.policy == PurchasePolicy.objects.get() and Approval.objects.get().asked_of_role == "manager"


def lines(*rows):
    data = {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0"}
    for n, (thing, quantity) in enumerate(rows):
        data |= {f"lines-{n}-thing": thing, f"lines-{n}-quantity": quantity, f"lines-{n}-kind": "consumable"}
    return data


def test_the_whole_way_on_the_pages(client, wang, techmgr_qian, store_zheng, support, at):
    shelf = stores.place(store_zheng, at)
    client.force_login(wang)
    entered = {"department": support.pk, "reason": "期中考试", **lines(("无线话筒电池", "40"), ("", ""))}
    page = client.post("/purchases/new/?origin=&reference=", entered, follow=True).content.decode()
    purchase = Purchase.objects.get()
    address = purchase.get_absolute_url()
    assert "至少需要 2 份" in page
    for supplier, amount in (("甲", "120"), ("乙", "110")):
        client.post(f"{address}quotes/", {"supplier": supplier, "amount": amount, "file": pdf()})
    dear, cheap = purchase.quotes.get(supplier="甲"), purchase.quotes.get(supplier="乙")
    refused = client.post(f"{address}quotes/{dear.pk}/choose/", {"reason": ""})
    assert refused.status_code == 422 and "更便宜" in refused.content.decode()
    client.post(f"{address}quotes/{cheap.pk}/choose/")
    assert client.get(f"{address}quotes/{cheap.pk}/").headers["Content-Type"] == "application/pdf"
    client.post(f"{address}ask/")

    client.force_login(techmgr_qian)
    assert purchase.number in client.get("/approvals/").content.decode() and client.get(address).status_code == 200
    client.post(f"{Approval.objects.get().get_absolute_url()}approve/")

    client.force_login(store_zheng)
    client.post(f"{address}order/", {"order_reference": "SN-1", "expected_on": "2099-01-01"})
    line = purchase.lines.get()
    arrival = {"slip_id": str(uuid7()), "put_to": shelf.pk, f"quantity_{line.pk}": "41", f"price_{line.pk}": "2.75", **NAMES}
    assert "只差 40" in client.post(f"{address}receive/", arrival).content.decode()
    arrival |= {f"quantity_{line.pk}": "40"}
    assert "已存为 SS-" in client.post(f"{address}receive/", arrival, follow=True).content.decode()
    # The button was pressed twice, although nothing is outstanding any more.
    assert "库存没有重复变动" in client.post(f"{address}receive/", arrival, follow=True).content.decode()
    purchase.refresh_from_db()
    assert purchase.state == "received" and Item.objects.get().kind == "consumable" and Level.objects.get().quantity == 40


def test_a_file_that_is_no_quote_is_refused_beside_its_field(client, wang, support, at):
    purchase = drafted(wang, at, support, amounts=())
    client.force_login(wang)
    bad = SimpleUploadedFile("报价.exe", b"MZ", "application/pdf")
    response = client.post(f"{purchase.get_absolute_url()}quotes/", {"supplier": "甲", "amount": "10", "file": bad})
    assert response.status_code == 422 and "PDF" in response.content.decode() and not purchase.quotes.exists()


def test_a_purchase_of_others_is_not_known(client, wang, zhao, support, at):
    purchase = drafted(wang, at, support)
    client.force_login(zhao)
    for way in ("", "edit/", f"quotes/{purchase.quotes.first().pk}/"):
        assert client.get(f"{purchase.get_absolute_url()}{way}").status_code == 404
    assert client.post(f"{purchase.get_absolute_url()}ask/").status_code == 404


def test_changing_the_policy_on_its_page(client, manager_sun, at):
    client.force_login(manager_sun)
    assert client.get("/purchases/policy/").status_code == 200
    data = {"valid_from": "2099-01-01", "reason": "年度调整", "tiers-TOTAL_FORMS": "2", "tiers-INITIAL_FORMS": "0"}
    data |= {"tiers-0-up_to": "2000", "tiers-0-quotes": "1", "tiers-0-deciders": ["department_head"]}
    short = client.post("/purchases/policy/", data)
    assert "最后一档" in short.content.decode()
    client.post("/purchases/policy/", data | {"tiers-1-quotes": "3", "tiers-1-deciders": ["manager", "department_head"]})
    assert PurchasePolicy.objects.get().tiers == [
        {"up_to": "2000.00", "quotes": 1, "deciders": ["department_head"]},
        {"up_to": None, "quotes": 3, "deciders": ["department_head", "manager"]},
    ]
