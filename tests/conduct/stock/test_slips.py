"""Everything that moves has a slip: numbered, signed, stored once, never changed, and never more than there is."""

import itertools
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.ids import uuid7
from conduct.stock import actions, queries
from conduct.stock.arithmetic import Line
from conduct.stock.models import Level, Movement, StockSlip
from conduct.stock.states import PLACES, SlipKind
from conduct.tally.queries import totals
from tests.factories import stores
from tests.factories.visits import STROKES

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NAMES = {"giver_name": "何洁", "taker_name": "郑凯"}


def quantities():
    return {level.place.name: level.quantity for level in Level.objects.select_related("place")}


def test_things_come_in_and_go_out(store_zheng, at):
    lamp, shelf = stores.stocked(store_zheng, at, 10)
    out = stores.slip(store_zheng, at, "out", [(lamp, 3)], taken_from=shelf, reason="302 教室")

    assert quantities() == {"一楼库房": 7}
    assert [slip.number for slip in StockSlip.objects.order_by("number")] == ["SS-2026-000001", "SS-2026-000002"]
    assert [(step.place, step.quantity) for step in out.movements.all()] == [(shelf, -3)]


def test_moving_and_swapping_touch_two_places(store_zheng, at):
    lamp, shelf = stores.stocked(store_zheng, at, 10)
    van, repair = stores.place(store_zheng, at, "服务车"), stores.place(store_zheng, at, "待修区", holds_broken=True)
    stores.slip(store_zheng, at, "moved", [(lamp, 4)], taken_from=shelf, put_to=van)
    swap = stores.slip(store_zheng, at, "swapped", [(lamp, 1)], taken_from=van, put_to=repair, reason="烧毁")

    assert quantities() == {"一楼库房": 6, "服务车": 3, "待修区": 1}
    assert queries.lines_of(swap) == [(lamp, 1, None, "")]
    assert queries.with_levels(queries.items_in_use()).get().here == 9


def test_nothing_goes_out_that_is_not_there(store_zheng, at):
    lamp, shelf = stores.stocked(store_zheng, at, 2)
    cable, _shelf = stores.stocked(store_zheng, at, 5, stores.item(store_zheng, at, "网线", unit="根"))

    with pytest.raises(actions.NotEnough) as refusal:
        stores.slip(store_zheng, at, "out", [(cable, 1), (lamp, 3)], taken_from=shelf)

    assert refusal.value.message == "P-0001 投影灯泡：“一楼库房”只有 2 个，需要 3。"
    assert refusal.value.item == lamp
    assert sorted(Level.objects.values_list("quantity", flat=True)) == [2, 5]
    assert stores.slip(store_zheng, at, "out", [(lamp, 2)], taken_from=shelf).number == "SS-2026-000003"


def test_two_lines_of_the_same_item_count_together(store_zheng, at):
    lamp, shelf = stores.stocked(store_zheng, at, 3)
    with pytest.raises(actions.NotEnough):
        stores.slip(store_zheng, at, "out", [(lamp, 2), (lamp, 2)], taken_from=shelf)


def test_the_database_holds_it_too(store_zheng, at):
    stores.stocked(store_zheng, at, 3)
    with pytest.raises(IntegrityError, match="level_not_below_zero"), transaction.atomic():
        Level.objects.update(quantity=-1)


def test_a_slip_posted_twice_is_stored_once(store_zheng, at):
    lamp, shelf = stores.stocked(store_zheng, at, 3)
    once = {"slip_id": uuid7(at), "kind": "out", "lines": [Line(lamp, 3)], "taken_from": shelf, **NAMES, "by": store_zheng, "at": at}
    first, is_new = actions.post(**once)
    second, is_new_again = actions.post(**once)

    assert (first, is_new, is_new_again) == (second, True, False)
    assert quantities() == {"一楼库房": 0} and StockSlip.objects.count() == 2


def test_other_content_under_the_same_id_is_refused(store_zheng, at):
    lamp, shelf = stores.stocked(store_zheng, at, 9)
    slip = stores.slip(store_zheng, at, "out", [(lamp, 3)], taken_from=shelf)
    with pytest.raises(DomainError, match=slip.number):
        stores.slip(store_zheng, at, "out", [(lamp, 4)], taken_from=shelf, slip_id=slip.pk)
    assert quantities() == {"一楼库房": 6}


@pytest.mark.django_db(transaction=True)
def test_the_same_slip_from_six_sides_at_once_is_stored_once(store_zheng, at):
    lamp, shelf = stores.stocked(store_zheng, at, 3)
    once = {"slip_id": uuid7(at), "kind": "out", "lines": [Line(lamp, 3)], "taken_from": shelf, **NAMES, "by": store_zheng, "at": at}

    outcomes = at_once(lambda _n: actions.post(**dict(once)), 6)

    assert sorted(is_new for _slip, is_new in outcomes) == [False] * 5 + [True]
    assert len({slip.number for slip, _new in outcomes}) == 1
    assert quantities() == {"一楼库房": 0}


@pytest.mark.django_db(transaction=True)
def test_forty_hands_at_once_never_take_more_than_there_is(store_zheng, at):
    """Three items in two places, slips with several lines in every order: nothing below zero, nothing lost, no gap, no deadlock."""
    shelf, van = stores.place(store_zheng, at), stores.place(store_zheng, at, "服务车")
    items = [stores.stocked(store_zheng, at, 20, stores.item(store_zheng, at, name), shelf)[0] for name in ("甲", "乙", "丙")]
    orders = list(itertools.permutations(items))

    def act(n):
        lines = [(item, 1 + n % 3) for item in orders[n % 6]]
        places = {"taken_from": shelf, "put_to": van} if n % 4 == 0 else {"taken_from": shelf}
        try:
            return stores.slip(store_zheng, at, "moved" if n % 4 == 0 else "out", lines, **places)
        except actions.NotEnough:
            return None

    slips = at_once(act, 40)

    for place, item in itertools.product((shelf, van), items):
        moved = sum(Movement.objects.filter(item=item, place=place).values_list("quantity", flat=True))
        assert queries.quantity_of(item, place) == moved >= 0
    numbers = sorted(StockSlip.objects.values_list("number", flat=True))
    assert numbers == [f"SS-2026-{n:06d}" for n in range(1, len(numbers) + 1)]
    assert 3 < slips.count(None) < 40 and len(numbers) == 3 + 40 - slips.count(None)


def at_once(act, count):
    def alone(n):
        try:
            return act(n)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(alone, range(count)))


def test_a_reversal_undoes_a_slip_once(store_zheng, chen, at):
    lamp, shelf = stores.stocked(store_zheng, at, 5)
    slip = stores.slip(store_zheng, at, "out", [(lamp, 2)], taken_from=shelf)

    undone = actions.reverse(slip=slip, reason="数量填错", by=chen, at=at)

    assert (undone.kind, undone.reverses, undone.put_to, quantities()) == ("reversed", slip, shelf, {"一楼库房": 5})
    with pytest.raises(ForbiddenMove, match="已经冲销"):
        actions.reverse(slip=slip, reason="再来", by=chen, at=at)
    with pytest.raises(ForbiddenMove, match="冲销单不能再冲销"):
        actions.reverse(slip=undone, reason="再来", by=chen, at=at)


def test_what_came_in_and_was_handed_out_cannot_be_reversed(store_zheng, at):
    lamp, shelf = stores.stocked(store_zheng, at, 5)
    stores.slip(store_zheng, at, "out", [(lamp, 2)], taken_from=shelf)
    with pytest.raises(actions.NotEnough, match="只有 3 个"):
        actions.reverse(slip=StockSlip.objects.get(kind="in"), reason="填错", by=store_zheng, at=at)


@pytest.mark.parametrize("model", [StockSlip, Movement])
def test_a_slip_is_never_edited(store_zheng, at, model):
    stores.stocked(store_zheng, at, 5)
    field = "reason" if model is StockSlip else "note"
    with pytest.raises(DatabaseError, match="only reversed"), transaction.atomic():
        model.objects.update(**{field: "x"})


@pytest.mark.parametrize("kind", SlipKind.BY_HAND)
def test_each_kind_names_its_places(store_zheng, at, kind):
    lamp, shelf = stores.stocked(store_zheng, at, 5)
    takes, puts = PLACES[kind]
    other = stores.place(store_zheng, at, "服务车")
    if "yes" in (takes, puts):
        with pytest.raises(DomainError, match="选择库位"):
            stores.slip(store_zheng, at, kind, [(lamp, 1)])
    if takes == "no":
        with pytest.raises(DomainError, match="不填写"):
            stores.slip(store_zheng, at, kind, [(lamp, 1)], taken_from=shelf, put_to=other)
    places = {"taken_from": shelf if takes == "yes" else None, "put_to": other if puts == "yes" else None}
    assert stores.slip(store_zheng, at, kind, [(lamp, 1)], **places).kind == kind


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"giver_name": " "}, "giver_name"), ({"taker_name": ""}, "taker_name"), ({"lines": [(None, 0)]}, "quantity"), ({"lines": []}, None)],
)
def test_what_is_missing_is_asked_for(store_zheng, at, facts, field):
    lamp, shelf = stores.stocked(store_zheng, at, 5)
    facts = {"lines": [(lamp, 1)]} | facts
    with pytest.raises(DomainError) as refusal:
        stores.slip(store_zheng, at, "out", taken_from=shelf, **facts)
    assert refusal.value.field == field


def test_the_month_counts_slips_and_takes_reversals_back(store_zheng, at):
    lamp, shelf = stores.stocked(store_zheng, at, 5, stores.item(store_zheng, at, category="多媒体"))
    stores.slip(store_zheng, at, "bought", [(lamp, 2, Decimal("480.50"))], put_to=shelf)
    broken = stores.slip(store_zheng, at, "damaged", [(lamp, 3)], taken_from=shelf, reason="摔坏")
    day = at.date()
    month = (day.replace(day=1), day.replace(month=12, day=1))
    expected = {"stock.in": 5, "stock.bought": 2, "stock.bought_fen": 96100, "stock.damaged": 3}
    assert {name: value for name, value in totals(*month).items() if name.startswith("stock")} == expected

    actions.reverse(slip=broken, reason="误报", by=store_zheng, at=at)
    assert totals(*month).get("stock.damaged", 0) == 0


def test_an_unknown_kind_of_id_is_refused(store_zheng, at, client):
    client.force_login(store_zheng)
    response = client.post("/stock/slips/new/?kind=out", {"slip_id": "nonsense"})
    assert response.status_code == 200 and StockSlip.objects.count() == 0


def form(slip_id, shelf, *lines, **facts):
    rows = {"lines-TOTAL_FORMS": str(len(lines)), "lines-INITIAL_FORMS": "0"}
    for n, (item, quantity) in enumerate(lines):
        rows |= {f"lines-{n}-item": item, f"lines-{n}-quantity": quantity}
    return {"slip_id": str(slip_id), "taken_from": shelf.pk, **NAMES, **rows, **facts}


def test_posting_on_the_page_twice(client, store_zheng, at):
    lamp, shelf = stores.stocked(store_zheng, at, 5)
    client.force_login(store_zheng)
    strokes = '{"width": 300, "height": 150, "strokes": [[[0, 0, 0, 500], [60, 40, 90, 500]]]}'
    data = form(uuid.uuid4(), shelf, ("p-0001 投影灯泡", "2"), ("", ""), giver_strokes=strokes)
    first = client.post("/stock/slips/new/?kind=out&origin=ticket&reference=RT-1", data)
    again = client.post("/stock/slips/new/?kind=out&origin=ticket&reference=RT-1", data, follow=True)

    slip = StockSlip.objects.get(kind="out")
    assert first.url == slip.get_absolute_url() and quantities() == {"一楼库房": 3}
    assert f"这张单据已存为 {slip.number}" in again.content.decode()
    assert list(queries.slips_about(origin="ticket", reference="RT-1")) == [slip]
    sheet = client.get(f"/stock/{slip.number}/sheet/").content.decode()
    assert "data:image/svg+xml" in sheet and "P-0001" in sheet and "何洁" in sheet


def test_a_refused_line_keeps_what_was_typed(client, store_zheng, at):
    lamp, shelf = stores.stocked(store_zheng, at, 5)
    client.force_login(store_zheng)
    short = client.post("/stock/slips/new/?kind=out", form(uuid.uuid4(), shelf, ("投影灯泡", "9"))).content.decode()
    odd = client.post("/stock/slips/new/?kind=out", form(uuid.uuid4(), shelf, ("电灯", "1"), ("", "4"))).content.decode()

    assert "只有 5 个" in short and 'value="投影灯泡"' in short
    assert "台账中没有“电灯”" in odd and "请填写物品" in odd


def test_reversing_on_the_page(client, store_zheng, chen, at):
    lamp, shelf = stores.stocked(store_zheng, at, 5)
    slip = StockSlip.objects.get()
    client.force_login(chen)
    assert client.post(f"{slip.get_absolute_url()}reverse/", {"reason": "x"}).status_code == 404
    client.force_login(store_zheng)
    assert client.post(f"{slip.get_absolute_url()}reverse/", {"reason": ""}).status_code == 422
    client.post(f"{slip.get_absolute_url()}reverse/", {"reason": "重复入库"})

    assert quantities() == {"一楼库房": 0}
    assert "已冲销" in client.get(slip.get_absolute_url()).content.decode()


def test_what_runs_short_is_said(client, store_zheng, at):
    stores.stocked(store_zheng, at, 1, stores.item(store_zheng, at, minimum=3))
    client.force_login(store_zheng)
    assert "state-late" in client.get("/stock/?show=low").content.decode()


@pytest.mark.parametrize(("language", "kind", "code"), [("zh-hans", "种类: 出库", "kind: out"), ("en", "kind: out", "种类")])
def test_the_history_of_a_slip_speaks_words(client, store_zheng, at, language, kind, code):
    lamp, shelf = stores.stocked(store_zheng, at, 10)
    swap = stores.slip(store_zheng, at, "out", [(lamp, 1)], taken_from=shelf, reason="302 教室")
    store_zheng.language = language
    store_zheng.save()
    client.force_login(store_zheng)

    page = client.get(swap.get_absolute_url()).content.decode()

    assert kind in page and code not in page


def test_the_printed_slip_carries_number_lines_and_both_signatures(client, store_zheng, at):
    lamp, shelf = stores.stocked(store_zheng, at, 10)
    signed = {"giver_strokes": STROKES, "taker_strokes": STROKES}
    slip = stores.slip(store_zheng, at, "scrapped", [(lamp, 2)], taken_from=shelf, reason="烧毁", **signed)
    client.force_login(store_zheng)

    sheet = client.get(f"{slip.get_absolute_url()}sheet/").content.decode()

    assert slip.number in sheet and "报废" in sheet and lamp.number in sheet and "烧毁" in sheet
    assert sheet.count('<img class="signature" src="data:image/') == 2
    assert "签字: 何洁" in sheet and "签字: 郑凯" in sheet
