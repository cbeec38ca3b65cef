"""A spare stands in for what is broken: to whom, since when, back by when, and what became of the data."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections, transaction

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.notices.models import Notice
from conduct.spares import actions, queries
from conduct.spares.models import Spare, SpareLoan
from conduct.spares.states import TRANSITIONS, Media, SpareState
from conduct.tally.models import Posting
from tests.factories import stores
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = datetime.timedelta(days=1)
ALLOWED = {
    "available": "lent in_repair retired", "lent": "available in_repair", "in_repair": "available retired", "retired": "",
}  # fmt: skip


def test_a_spare_goes_out_and_comes_back(store_zheng, at):
    loan = stores.lent(store_zheng, at, origin="ticket", reference="RT-2026-000001", url="/repairs/RT-2026-000001/")
    assert (loan.number, loan.spare.state, loan.from_place.name) == ("LN-2026-000001", "lent", "一楼库房")
    assert list(queries.open_loans_about(origin="ticket", reference="RT-2026-000001")) == [loan]

    actions.give_back(loan=loan, by=store_zheng, at=at + DAY)

    loan.spare.refresh_from_db()
    assert (loan.returned_by, loan.spare.state) == (store_zheng, "available")
    assert not queries.open_loans_about(origin="ticket", reference="RT-2026-000001").exists()


def test_a_spare_is_not_lent_twice(store_zheng, chen, at):
    loan = stores.lent(store_zheng, at)

    with pytest.raises(DomainError) as refusal:
        stores.lent(chen, at, Spare.objects.get(pk=loan.spare_id), borrower="李琳")

    assert refusal.value.field == "spare"
    assert refusal.value.message == "SP-0001 备用笔记本电脑 已经借出：2026-11-24 借给 何洁，应于 2026-11-27 前归还（LN-2026-000001）。"
    assert SpareLoan.objects.count() == 1


def test_the_database_holds_it_too(store_zheng, at):
    loan = stores.lent(store_zheng, at)
    loan.pk, loan.number = None, "LN-2026-000002"
    with pytest.raises(IntegrityError), transaction.atomic():
        loan.save()


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_gets_the_spare(store_zheng, at):
    thing = stores.spare(store_zheng, at)

    def grab(_place):
        try:
            stores.lent(store_zheng, at, Spare.objects.get(pk=thing.pk))
            return "lent"
        except DomainError as error:
            return error.field
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(grab, range(8)))

    assert sorted(outcomes) == ["lent", *["spare"] * 7]
    assert SpareLoan.objects.filter(returned_at=None).count() == 1


def test_somebody_says_what_became_of_the_disk(store_zheng, at):
    loan = stores.lent(store_zheng, at, stores.spare(store_zheng, at, data_bearing=True))
    with pytest.raises(DomainError, match="存储介质") as refusal:
        actions.give_back(loan=loan, by=store_zheng, at=at)
    assert refusal.value.field == "media"

    actions.give_back(loan=loan, media=Media.WIPED, by=store_zheng, at=at)

    assert SpareLoan.objects.get().media == "wiped"


def test_a_spare_that_comes_back_broken_goes_to_repair(store_zheng, at):
    loan = stores.lent(store_zheng, at)
    actions.give_back(loan=loan, broken=True, note="屏幕碎裂", by=store_zheng, at=at)

    thing = Spare.objects.get()
    assert thing.state == "in_repair" and not queries.spares_to_lend().exists()
    with pytest.raises(ForbiddenMove, match="已经归还"):
        actions.give_back(loan=loan, by=store_zheng, at=at)
    actions.set_state(spare=thing, to=SpareState.AVAILABLE, reason="已换屏", by=store_zheng, at=at)
    assert list(queries.spares_to_lend()) == [thing]


def test_a_lent_spare_changes_its_state_only_by_coming_back(store_zheng, at):
    loan = stores.lent(store_zheng, at)
    with pytest.raises(ForbiddenMove, match="已经借出"):
        actions.set_state(spare=loan.spare, to=SpareState.AVAILABLE, reason="x", by=store_zheng, at=at)


def test_the_day_of_return_lies_ahead(store_zheng, at):
    with pytest.raises(DomainError, match="已经过去") as refusal:
        stores.lent(store_zheng, at, days=-1)
    assert refusal.value.field == "back_by"


def test_late_loans_are_told_once(store_zheng, chen, at):
    loan = stores.lent(chen, at, days=3)
    for hours in (0, 48, 49, 72, 96, 97, 120):
        actions.remind(at=at + datetime.timedelta(hours=hours))

    told = sorted((notice.to.username, notice.code) for notice in Notice.objects.all())
    assert told == [("chen", "loan.due"), ("chen", "loan.late"), ("zheng", "loan.late")]
    assert Notice.objects.filter(code="loan.late").first().sentence == "自 2026-11-27 起逾期未还：SP-0001 备用笔记本电脑，借给 何洁。"
    assert list(queries.late((at + 4 * DAY).date())) == [loan]


def test_another_day_is_a_new_promise(store_zheng, at):
    loan = stores.lent(store_zheng, at, days=1)
    actions.remind(at=at + 2 * DAY)
    with pytest.raises(DomainError, match="不晚于"):
        actions.extend(loan=loan, back_by=loan.back_by, reason="x", by=store_zheng, at=at)
    actions.extend(loan=loan, back_by=(at + 5 * DAY).date(), reason="维修延期", by=store_zheng, at=at + 2 * DAY)
    assert not queries.late((at + 3 * DAY).date()).exists()
    actions.remind(at=at + 6 * DAY)

    assert Notice.objects.filter(to=store_zheng, code="loan.late").count() == 2


def test_the_month_counts_loans_and_the_late_ones(store_zheng, at):
    loan = stores.lent(store_zheng, at, days=1)
    assert Posting.objects.get(kind="loan").measures == {"loan.lent": 1}
    actions.give_back(loan=loan, by=store_zheng, at=at + 2 * DAY)
    assert Posting.objects.get(kind="loan").measures == {"loan.lent": 1, "loan.late": 1}


@pytest.mark.parametrize("here", SpareState.values)
def test_the_table_is_the_one_we_agreed_on(store_zheng, at, here):
    thing = stores.spare(store_zheng, at)
    thing.state = here
    assert set(map(str, TRANSITIONS[here])) == set(ALLOWED[here].split())
    for to in set(SpareState.values) - set(ALLOWED[here].split()):
        with pytest.raises(ForbiddenMove):
            move(thing, to)


def test_lending_on_the_page_for_a_ticket(client, store_zheng, at, monkeypatch):
    thing = stores.spare(store_zheng, at)
    client.force_login(store_zheng)
    address = "/spares/lend/?origin=ticket&reference=RT-2026-000001&next=/spares/"
    form = {"spare": thing.number, "borrower": "何洁", "where": "302", "back_by": "2099-12-01"}
    assert thing.name in client.get(address).content.decode()

    response = client.post(address, form)
    again = client.post(address, form)

    assert response.url == "/spares/"
    assert "已经借出" in again.content.decode() and 'value="何洁"' in again.content.decode()
    assert SpareLoan.objects.get().url == "/spares/"


def test_the_page_goes_back_to_our_own_pages_only(client, store_zheng, at):
    thing = stores.spare(store_zheng, at)
    client.force_login(store_zheng)
    form = {"spare": thing.number, "borrower": "何洁", "where": "302", "back_by": "2099-12-01"}

    response = client.post("/spares/lend/?next=//evil.example/", form)

    assert response.url == SpareLoan.objects.get().get_absolute_url()


def test_late_loans_are_loud_on_the_list(client, store_zheng, at):
    stores.lent(store_zheng, at - 9 * DAY, days=1)
    client.force_login(store_zheng)

    page = client.get("/spares/").content.decode()

    assert "有 1 台备机已过归还期限" in page and "state-late" in page


def test_taking_back_on_the_page(client, store_zheng, at):
    loan = stores.lent(store_zheng, at, stores.spare(store_zheng, at, data_bearing=True))
    client.force_login(store_zheng)

    refused = client.post(f"{loan.get_absolute_url()}return/", {"media": "", "note": "完好"})
    assert refused.status_code == 422 and "存储介质" in refused.content.decode() and "完好" in refused.content.decode()
    client.post(f"{loan.get_absolute_url()}return/", {"media": "returned", "note": "完好"})

    loan.refresh_from_db()
    assert (loan.media, loan.return_note) == ("returned", "完好")


def test_an_engineer_looks_and_does_not_touch(client, store_zheng, wang, at):
    loan = stores.lent(store_zheng, at)
    client.force_login(wang)

    assert client.get(loan.get_absolute_url()).status_code == 200
    assert client.post(f"{loan.get_absolute_url()}return/", {}).status_code == 404
    client.force_login(person("xin", "辛雨"))
    assert client.get(loan.get_absolute_url()).status_code == 404
