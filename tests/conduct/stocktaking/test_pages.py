"""The pages of a stock-taking: the sheet, the numbers, the differences."""

import datetime

import pytest

from conduct.stock.models import Level, StockSlip
from conduct.stocktaking import actions, queries
from conduct.stocktaking.models import CountEntry, Stocktaking
from tests.factories import stores

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def begun(store_zheng, at):
    lamp, shelf = stores.stocked(store_zheng, at, 10)
    stores.stocked(store_zheng, at, 5, stores.item(store_zheng, at, "网线"), shelf)
    return actions.begin(place=shelf, by=store_zheng, at=at)


def numbers(taking, *quantities, versions=(0, 0)):
    data = {}
    for line, quantity, version in zip(queries.lines_of(taking), quantities, versions, strict=True):
        data |= {f"quantity_{line.pk}": quantity, f"version_{line.pk}": version}
    return data


def test_from_the_sheet_to_the_slip(client, store_zheng, manager_sun, wang, at):
    lamp, shelf = stores.stocked(store_zheng, at, 10)
    client.force_login(store_zheng)
    client.post("/stocktaking/new/", {"place": shelf.pk})
    taking = Stocktaking.objects.get()
    address = taking.get_absolute_url()
    sheet = client.get(f"{address}sheet/").content.decode()
    assert "P-0001" in sheet and "盘点表" in sheet and ">10<" not in sheet

    client.force_login(wang)
    line = taking.lines.get()
    assert client.post(f"{address}count/", {f"quantity_{line.pk}": "8", f"version_{line.pk}": "0"}).status_code == 302
    client.force_login(store_zheng)
    client.post(f"{address}close/")
    client.post(f"{address}explain/", {f"cause_{line.pk}": "broken", f"explanation_{line.pk}": "包装压坏"})
    client.force_login(manager_sun)
    page = client.get(address).content.decode()
    assert "-2" in page and "包装压坏" in page
    client.post(f"{address}book/", {"seen": "0", "note": ""})

    slip = StockSlip.objects.get(kind="short")
    assert Level.objects.get().quantity == 8 and slip.taker_name == "孙立"
    assert slip.number in client.get(address).content.decode()
    assert taking.number in client.get(slip.get_absolute_url()).content.decode()


def test_the_second_counter_sees_what_the_first_entered(client, begun, store_zheng, wang):
    client.force_login(wang)
    client.post(f"{begun.get_absolute_url()}count/", numbers(begun, 9, 5))
    client.force_login(store_zheng)
    response = client.post(f"{begun.get_absolute_url()}count/", numbers(begun, 8, ""))

    page = response.content.decode()
    assert "王磊刚刚填写了 9" in page and 'value="8"' in page and CountEntry.objects.count() == 2
    client.post(f"{begun.get_absolute_url()}count/", numbers(begun, 8, "", versions=(1, 1)))
    assert begun.lines.get(item__name="投影灯泡").quantity == 8


def test_a_line_that_was_not_touched_is_left_alone(client, begun, store_zheng, wang):
    """Zheng's page shows 9; Wang corrects it to 7; Zheng enters the other line only."""
    client.force_login(wang)
    client.post(f"{begun.get_absolute_url()}count/", numbers(begun, 9, ""))
    client.post(f"{begun.get_absolute_url()}count/", numbers(begun, 7, "", versions=(1, 0)))
    client.force_login(store_zheng)
    assert client.post(f"{begun.get_absolute_url()}count/", numbers(begun, 9, 5, versions=(1, 0))).status_code == 302
    assert [line.quantity for line in queries.lines_of(begun)] == [7, 5]


@pytest.mark.parametrize("wrong", ["-1", "drei", "1.5", "9999999"])
def test_a_wrong_number_is_said_beside_it(client, begun, wang, wrong):
    client.force_login(wang)
    page = client.post(f"{begun.get_absolute_url()}count/", numbers(begun, wrong, "5")).content.decode()
    assert f'value="{wrong}"' in page and "is-invalid" in page and not CountEntry.objects.exists()


def test_what_is_not_on_the_list_is_added_once(client, begun, store_zheng, at):
    stores.item(store_zheng, at, "硒鼓")
    client.force_login(store_zheng)
    assert client.post(f"{begun.get_absolute_url()}add/", {"item": "硒鼓"}).status_code == 302
    again = client.post(f"{begun.get_absolute_url()}add/", {"item": "硒鼓"})
    unknown = client.post(f"{begun.get_absolute_url()}add/", {"item": "电灯"})
    assert (again.status_code, unknown.status_code, begun.lines.count()) == (422, 422, 3)
    assert "已在清单上" in again.content.decode() and "台账中没有“电灯”" in unknown.content.decode()


def test_what_nobody_counted_is_named(client, begun, store_zheng):
    client.force_login(store_zheng)
    client.post(f"{begun.get_absolute_url()}count/", numbers(begun, 9, ""))
    page = client.post(f"{begun.get_absolute_url()}close/", follow=True).content.decode()
    assert "还没有人点过" in page and "网线" in page


def test_other_needs_words(client, begun, store_zheng):
    client.force_login(store_zheng)
    client.post(f"{begun.get_absolute_url()}count/", numbers(begun, 9, 5))
    client.post(f"{begun.get_absolute_url()}close/")
    line = queries.differences(begun).get()
    silent = client.post(f"{begun.get_absolute_url()}explain/", {f"cause_{line.pk}": "other"})
    unnamed = client.post(f"{begun.get_absolute_url()}explain/", {f"explanation_{line.pk}": "不知道"})
    assert (silent.status_code, unnamed.status_code) == (422, 422)
    assert "请用文字说明" in silent.content.decode() and 'value="不知道"' in unnamed.content.decode()


def test_a_refused_booking_says_why_and_keeps_the_note(client, begun, store_zheng, manager_sun):
    client.force_login(store_zheng)
    client.post(f"{begun.get_absolute_url()}count/", numbers(begun, 9, 5))
    client.post(f"{begun.get_absolute_url()}close/")
    client.force_login(manager_sun)
    refused = client.post(f"{begun.get_absolute_url()}book/", {"seen": "0", "note": "年终盘点"})
    assert refused.status_code == 422 and "请先说明" in refused.content.decode() and "年终盘点" in refused.content.decode()


def test_who_only_sees_stock_cannot_count_or_book(client, begun, manager_sun, wang):
    client.force_login(manager_sun)
    assert client.get(f"{begun.get_absolute_url()}count/").status_code == 404
    client.force_login(wang)
    for step in ("close", "reopen", "explain", "book", "cancel"):
        assert client.post(f"{begun.get_absolute_url()}{step}/", {"seen": "0", "reason": "x"}).status_code == 404
