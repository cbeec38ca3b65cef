"""A place is counted: by several people, while things move, and what differs is explained and booked by somebody else."""

import datetime
import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections, transaction

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.notices.models import Notice
from conduct.people.access import Role
from conduct.stock.actions import NotEnough
from conduct.stock.models import Level, StockSlip
from conduct.stocktaking import actions, queries
from conduct.stocktaking.arithmetic import book_at
from conduct.stocktaking.models import CountEntry, CountLine, Stocktaking
from conduct.stocktaking.states import TRANSITIONS, StocktakingState
from conduct.tally.queries import totals
from tests.factories import stores
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
MINUTE = datetime.timedelta(minutes=1)
ALLOWED = {"counting": "counted cancelled", "counted": "counting booked cancelled", "booked": "", "cancelled": ""}


@pytest.fixture
def shelf(store_zheng, at):
    """10 lamps, 5 cables and 3 boxes of paper on one shelf."""
    shelf = stores.place(store_zheng, at)
    for name, quantity in (("投影灯泡", 10), ("网线", 5), ("打印纸", 3)):
        stores.stocked(store_zheng, at, quantity, stores.item(store_zheng, at, name), shelf)
    return shelf


@pytest.fixture
def begun(store_zheng, shelf, at):
    return actions.begin(place=shelf, by=store_zheng, at=at + MINUTE)


def count(taking, by, at, **numbers):
    """Enter numbers by the items' names."""
    lines = {line.item.name: line for line in queries.lines_of(taking)}
    counted = [(lines[name], quantity, lines[name].version) for name, quantity in numbers.items()]
    return actions.enter(stocktaking=taking, counted=counted, by=by, at=at)


def levels(place):
    return {level.item.name: level.quantity for level in Level.objects.filter(place=place).select_related("item")}


def found(taking):
    return {line.item.name: line.difference for line in queries.differences(taking)}


def explained(taking, by, at):
    actions.explain(stocktaking=taking, said=[(line, "lost", "") for line in queries.differences(taking)], by=by, at=at)


@pytest.mark.parametrize(("here", "to"), list(itertools.product(StocktakingState, repeat=2)))
def test_every_move_of_the_table(begun, store_zheng, at, here, to):
    ended = {"ended_at": at, "ended_by": store_zheng} if here not in StocktakingState.OPEN else {}
    Stocktaking.objects.update(state=here, **ended)
    begun.refresh_from_db()
    changes = {"ended_at": at, "ended_by": store_zheng} if to not in StocktakingState.OPEN else {}
    if to in ALLOWED[here].split():
        move(begun, to, **changes)
        assert Stocktaking.objects.get().state == to
    else:
        with pytest.raises(ForbiddenMove):
            move(begun, to, **changes)
    assert set(TRANSITIONS) == set(StocktakingState)


def test_what_differs_becomes_two_slips(begun, shelf, store_zheng, wang, manager_sun, at):
    count(begun, wang, at + 5 * MINUTE, 投影灯泡=8, 网线=5)
    count(begun, store_zheng, at + 6 * MINUTE, 打印纸=4)
    actions.close(stocktaking=begun, by=store_zheng, at=at + 9 * MINUTE)
    assert found(begun) == {"投影灯泡": -2, "打印纸": 1}

    explained(begun, store_zheng, at + 10 * MINUTE)
    short, surplus = actions.book(stocktaking=begun, seen=0, note="月末", by=manager_sun, at=at + 11 * MINUTE)

    assert (short.kind, short.taken_from, short.giver_name, short.taker_name) == ("short", shelf, "王磊、郑凯", "孙立")
    assert (surplus.kind, surplus.put_to, surplus.reference) == ("surplus", shelf, begun.number)
    assert levels(shelf) == {"投影灯泡": 8, "网线": 5, "打印纸": 4}
    assert [step.note for step in short.movements.all()] == ["遗失"]
    month = totals(at.date().replace(day=1), at.date().replace(month=12, day=1))
    assert (month["stock.short"], month["stock.surplus"]) == (2, 1)


def test_the_managers_and_storekeepers_hear_of_differences(begun, store_zheng, manager_sun, at):
    count(begun, store_zheng, at + 5 * MINUTE, 投影灯泡=8, 网线=5, 打印纸=3)
    actions.close(stocktaking=begun, by=store_zheng, at=at + 9 * MINUTE)
    assert [(notice.to, notice.code) for notice in Notice.objects.all()] == [(manager_sun, "stocktaking.differences")]


def test_when_all_is_right_no_slip_is_written(begun, store_zheng, at):
    count(begun, store_zheng, at + 5 * MINUTE, 投影灯泡=10, 网线=5, 打印纸=3)
    assert actions.close(stocktaking=begun, by=store_zheng, at=at + 9 * MINUTE) == []
    assert actions.book(stocktaking=begun, seen=0, by=store_zheng, at=at + 10 * MINUTE) == []
    assert (Stocktaking.objects.get().state, StockSlip.objects.count()) == ("booked", 3)


def test_a_number_is_compared_with_the_books_of_its_moment(begun, shelf, store_zheng, manager_sun, wang, at):
    """Wang counts 10 lamps; then 4 go out; then he counts 3 cables, of which 2 went out before. Nothing is missing."""
    lamp, cable = (queries.lines_of(begun).get(item__name=name).item for name in ("投影灯泡", "网线"))
    count(begun, wang, at + 5 * MINUTE, 投影灯泡=10, 打印纸=3)
    stores.slip(store_zheng, at + 7 * MINUTE, "out", [(lamp, 4), (cable, 2)], taken_from=shelf)
    count(begun, wang, at + 8 * MINUTE, 网线=3)
    actions.close(stocktaking=begun, by=wang, at=at + 9 * MINUTE)

    assert found(begun) == {}
    assert [(step.item, step.quantity) for step in queries.moved_meanwhile(begun)] == [(lamp, -4), (cable, -2)]


def test_numbers_from_paper_carry_their_moment(begun, shelf, store_zheng, wang, at):
    lamp = queries.lines_of(begun).get(item__name="投影灯泡").item
    stores.slip(store_zheng, at + 30 * MINUTE, "out", [(lamp, 4)], taken_from=shelf)
    lines = [(line, {"投影灯泡": 10, "网线": 5, "打印纸": 3}[line.item.name], 0) for line in queries.lines_of(begun)]
    actions.enter(stocktaking=begun, counted=lines, counted_at=at + 20 * MINUTE, by=wang, at=at + 60 * MINUTE)
    actions.close(stocktaking=begun, by=wang, at=at + 61 * MINUTE)
    assert found(begun) == {}


@pytest.mark.parametrize(("minutes", "message"), [(90, "尚未到来"), (-5, "还没有开始")])
def test_a_moment_outside_of_the_counting_is_refused(begun, wang, at, minutes, message):
    line = queries.lines_of(begun).first()
    with pytest.raises(DomainError, match=message) as refusal:
        actions.enter(stocktaking=begun, counted=[(line, 1, 0)], counted_at=at + minutes * MINUTE, by=wang, at=at + 60 * MINUTE)
    assert refusal.value.field == "counted_at" and not CountEntry.objects.exists()


def test_who_counts_is_told_of_a_movement_and_new_things_come_onto_the_list(begun, shelf, store_zheng, wang, chen, at):
    count(begun, wang, at + 5 * MINUTE, 投影灯泡=10)
    disk = stores.item(store_zheng, at, "固态硬盘")
    slip = stores.slip(chen, at + 6 * MINUTE, lines=[(disk, 2)], put_to=shelf)

    told = Notice.objects.filter(code="stocktaking.moved")
    assert {notice.to for notice in told} == {wang, store_zheng} and told[0].facts["slip"] == slip.number
    with pytest.raises(DomainError, match="固态硬盘"):
        actions.close(stocktaking=begun, by=wang, at=at + 9 * MINUTE)


def test_what_moved_since_the_page_was_opened_stops_the_booking(begun, shelf, store_zheng, manager_sun, at):
    lamp = queries.lines_of(begun).get(item__name="投影灯泡").item
    count(begun, store_zheng, at + 5 * MINUTE, 投影灯泡=8, 网线=5, 打印纸=3)
    actions.close(stocktaking=begun, by=store_zheng, at=at + 6 * MINUTE)
    explained(begun, store_zheng, at + 7 * MINUTE)
    stores.slip(store_zheng, at + 8 * MINUTE, "out", [(lamp, 1)], taken_from=shelf)

    with pytest.raises(ForbiddenMove, match="移动"):
        actions.book(stocktaking=begun, seen=0, by=manager_sun, at=at + 9 * MINUTE)
    actions.book(stocktaking=begun, seen=1, by=manager_sun, at=at + 9 * MINUTE)
    assert levels(shelf)["投影灯泡"] == 7


def test_booking_never_goes_below_zero(begun, shelf, store_zheng, manager_sun, at):
    """Three lamps were counted, and afterwards slips took eight of the ten in the books: one of the two is wrong."""
    lamp = queries.lines_of(begun).get(item__name="投影灯泡").item
    count(begun, store_zheng, at + 5 * MINUTE, 投影灯泡=3, 网线=5, 打印纸=3)
    actions.close(stocktaking=begun, by=store_zheng, at=at + 6 * MINUTE)
    explained(begun, store_zheng, at + 7 * MINUTE)
    stores.slip(store_zheng, at + 8 * MINUTE, "out", [(lamp, 8)], taken_from=shelf)

    with pytest.raises(NotEnough, match="只有 2 个"):
        actions.book(stocktaking=begun, seen=1, by=manager_sun, at=at + 9 * MINUTE)
    assert (Stocktaking.objects.get().state, levels(shelf)["投影灯泡"]) == ("counted", 2)


def test_every_difference_is_explained_first(begun, store_zheng, manager_sun, at):
    count(begun, store_zheng, at + 5 * MINUTE, 投影灯泡=8, 网线=5, 打印纸=3)
    actions.close(stocktaking=begun, by=store_zheng, at=at + 6 * MINUTE)
    with pytest.raises(DomainError, match="投影灯泡"):
        actions.book(stocktaking=begun, seen=0, by=manager_sun, at=at + 7 * MINUTE)


def test_who_counted_a_difference_does_not_book_it(begun, store_zheng, wang, at):
    count(begun, store_zheng, at + 5 * MINUTE, 投影灯泡=8)
    count(begun, wang, at + 5 * MINUTE, 网线=5, 打印纸=3)
    actions.close(stocktaking=begun, by=store_zheng, at=at + 6 * MINUTE)
    explained(begun, store_zheng, at + 7 * MINUTE)
    with pytest.raises(DomainError, match="其他人"):
        actions.book(stocktaking=begun, seen=0, by=store_zheng, at=at + 8 * MINUTE)


def test_of_two_counters_the_second_is_told_and_nothing_is_overwritten(begun, store_zheng, wang, at):
    lamp, cable = (queries.lines_of(begun).get(item__name=name) for name in ("投影灯泡", "网线"))
    actions.enter(stocktaking=begun, counted=[(lamp, 9, 0), (cable, 5, 0)], by=wang, at=at + 5 * MINUTE)
    stored, clashes = actions.enter(stocktaking=begun, counted=[(lamp, 8, 0), (cable, 5, 0)], by=store_zheng, at=at + 6 * MINUTE)

    assert (stored, [clash.message for clash in clashes]) == (0, ["王磊刚刚填写了 9。请一起再点一次，然后重新填写。"])
    actions.enter(stocktaking=begun, counted=[(lamp, 8, 1)], by=store_zheng, at=at + 7 * MINUTE)
    assert [(entry.by, entry.quantity) for entry in lamp.entries.all()] == [(wang, 9), (store_zheng, 8)]
    assert CountLine.objects.get(pk=lamp.pk).quantity == 8


def test_counting_again_asks_for_a_new_explanation(begun, store_zheng, wang, at):
    count(begun, store_zheng, at + 5 * MINUTE, 投影灯泡=8, 网线=4, 打印纸=3)
    actions.close(stocktaking=begun, by=store_zheng, at=at + 6 * MINUTE)
    explained(begun, store_zheng, at + 7 * MINUTE)
    actions.reopen(stocktaking=begun, by=store_zheng, at=at + 8 * MINUTE)
    count(begun, wang, at + 9 * MINUTE, 投影灯泡=9)
    actions.close(stocktaking=begun, by=wang, at=at + 10 * MINUTE)
    assert {line.item.name: line.cause for line in queries.differences(begun)} == {"投影灯泡": "", "网线": "lost"}


def test_a_place_is_counted_once_at_a_time(begun, shelf, store_zheng, at):
    with pytest.raises(DomainError, match="正在盘点"):
        actions.begin(place=shelf, by=store_zheng, at=at + 2 * MINUTE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stocktaking.objects.create(number="ST-9", place=shelf, begun_at=at, begun_by=store_zheng)
    with pytest.raises(DomainError, match="原因"):
        actions.cancel(stocktaking=begun, reason=" ", by=store_zheng, at=at + 3 * MINUTE)
    actions.cancel(stocktaking=begun, reason="库房漏水", by=store_zheng, at=at + 3 * MINUTE)
    assert actions.begin(place=shelf, by=store_zheng, at=at + 4 * MINUTE).number == "ST-2026-000002"


def test_nothing_is_entered_once_the_counting_has_ended(begun, store_zheng, wang, at):
    count(begun, store_zheng, at + 5 * MINUTE, 投影灯泡=8, 网线=5, 打印纸=3)
    actions.close(stocktaking=begun, by=store_zheng, at=at + 6 * MINUTE)
    with pytest.raises(ForbiddenMove, match="已点完"):
        count(begun, wang, at + 7 * MINUTE, 投影灯泡=9)


@pytest.mark.django_db(transaction=True)
def test_six_count_and_six_book_at_once(begun, shelf, store_zheng, manager_sun, at):
    """One number a line, and the slips are written once."""
    lines = list(queries.lines_of(begun))
    heads = [person(f"head{n}", f"主管{n}", Role.MANAGER) for n in range(6)]

    def enter(n):
        return actions.enter(stocktaking=begun, counted=[(line, n, 0) for line in lines], by=store_zheng, at=at + 5 * MINUTE)

    outcomes = at_once(enter, 6)
    assert sum(stored for stored, _clashes in outcomes) == 3 and CountEntry.objects.count() == 3
    actions.close(stocktaking=begun, by=store_zheng, at=at + 6 * MINUTE)
    explained(begun, store_zheng, at + 7 * MINUTE)

    def book(n):
        try:
            taking = Stocktaking.objects.get()
            return actions.book(stocktaking=taking, seen=0, by=heads[n], at=at + 8 * MINUTE)
        except ForbiddenMove:
            return None

    assert at_once(book, 6).count(None) == 5
    assert levels(shelf) == {line.item.name: line.quantity for line in queries.lines_of(begun)}


def at_once(act, times):
    def alone(n):
        try:
            return act(n)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        return list(pool.map(alone, range(times)))


def test_the_books_of_a_moment(at):
    steps = [(at, 5), (at + MINUTE, -2), (at + 2 * MINUTE, 1)]
    assert [book_at(14, steps, at + n * MINUTE) for n in (-1, 0, 1, 2, 3)] == [10, 15, 13, 14, 14]
