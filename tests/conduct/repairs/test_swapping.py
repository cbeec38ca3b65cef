"""A spare stands in the place of what is repaired, and comes back with it."""

import datetime

import pytest

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.repairs import repairing, swapping
from conduct.spares.models import SpareLoan
from conduct.tally.models import Posting
from tests.factories import repairs, stores

DAY = datetime.timedelta(days=1)


@pytest.fixture
def ticket(beamer, triager_li, wang, at):
    return repairs.taken(beamer, at, triager_li, wang)


@pytest.fixture
def laptop(store_zheng, at):
    return stores.spare(store_zheng, at, data_bearing=True)


def put(ticket, spare, at, by):
    swapping.put_spare(ticket=ticket, spare=spare, back_by=at.date() + 3 * DAY, by=by, at=at)


def done(**facts):
    return {"cause": "电源板", "work_done": "更换电源板"} | facts


def test_a_spare_stands_in_until_the_repair_and_its_media_are_accounted_for(ticket, laptop, wang, at):
    put(ticket, laptop, at, wang)
    loan = swapping.loan_of(ticket)
    assert (ticket.state, loan.borrower, loan.where) == ("on_spare", "杨老师", "教学楼")
    with pytest.raises(DomainError) as refused:
        swapping.restore(ticket=ticket, by=wang, at=at, **done())
    assert refused.value.field == "media"

    swapping.restore(ticket=ticket, media="wiped", by=wang, at=at + DAY, **done())

    loan = SpareLoan.objects.get()
    assert (ticket.state, loan.media, loan.returned_at) == ("repaired", "wiped", at + DAY)
    assert Posting.objects.get(number=ticket.number).measures["ticket.on_spare"] == 1


def test_a_refused_return_leaves_the_ticket_as_it_was(client, ticket, laptop, wang, at):
    put(ticket, laptop, at, wang)
    client.force_login(wang)

    answer = client.post(f"/repairs/{ticket.number}/repaired/", done())

    ticket.refresh_from_db()
    assert answer.status_code == 422 and answer.context["form"].errors["media"] and ticket.state == "on_spare"


def test_a_spare_is_lent_to_one_ticket_at_a_time(client, ticket, laptop, printer, triager_li, wang, at):
    other = repairs.taken(printer, at, triager_li, wang)
    put(ticket, laptop, at, wang)
    client.force_login(wang)
    form = {"spare": laptop.number, "back_by": (datetime.date.today() + 400 * DAY).isoformat()}

    answer = client.post(f"/repairs/{other.number}/put-spare/", form)

    other.refresh_from_db()
    assert other.state == "assigned" and "杨老师" in str(answer.context["form"].errors["spare"])


def test_one_ticket_has_one_spare(ticket, laptop, store_zheng, wang, at):
    put(ticket, laptop, at, wang)

    with pytest.raises(ForbiddenMove, match="已有备机"):
        put(ticket, stores.spare(store_zheng, at), at, wang)


def test_a_spare_that_is_needed_elsewhere_goes_back_early(ticket, laptop, wang, at):
    put(ticket, laptop, at, wang)
    swapping.take_spare_back(ticket=ticket, media="returned", by=wang, at=at)

    assert ticket.state == "assigned" and swapping.loan_of(ticket) is None
    with pytest.raises(DomainError, match="没有备机"):
        swapping.take_spare_back(ticket=ticket, media="returned", by=wang, at=at)


def test_what_cannot_be_repaired_keeps_its_spare_until_the_replacement_stands(ticket, laptop, wang, at):
    put(ticket, laptop, at, wang)

    repairing.unrepairable(ticket=ticket, cause="主板烧毁", by=wang, at=at)

    assert ticket.state == "unrepairable" and swapping.loan_of(ticket).spare == laptop
