"""Work that is put off needs a written reason and the customer's written word: by link, or on the next visit's screen."""

import datetime

import pytest
from django.utils import timezone

from conduct.base.errors import DomainError
from conduct.notices.models import Notice
from conduct.trail.queries import trail_of
from tests.factories import visits
from tests.visits.invitations.test_links import MAIL, come, post, sent_by
from visits.board.queries import waiting
from visits.followup.queries import lacking_before_archive
from visits.invitations import actions as invitations
from visits.orders import actions as orders
from visits.postponements import actions
from visits.postponements.models import Postponement
from visits.postponements.queries import waiting_for

HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def visit(house, chen, wang, now):
    return visits.confirmed(chen, now, wang.engineer)


@pytest.fixture
def put_off(visit, chen, now):
    window = {"new_from": now + 9 * DAY, "new_until": now + 10 * DAY}
    return actions.postpone(order=visit.order, visit=visit, reason="备件未到货，预计下周到。", by=chen, at=now, **window)


def test_the_visit_falls_away_and_the_order_waits_in_its_new_window(visit, put_off, chen, wang, now):
    visit.refresh_from_db()
    order = visit.order
    order.refresh_from_db()

    assert (visit.state, order.wanted_from, order.wanted_to) == ("cancelled", now + 9 * DAY, now + 10 * DAY)
    assert Notice.objects.filter(to=wang, code="visit.cancelled").exists()
    assert [row.number for row in waiting(chen, {})[0]] == [order.number] and list(waiting_for(chen)) == [put_off]
    assert (put_off.was_from, put_off.was_until) == (visit.planned_start, visit.planned_end)
    assert trail_of(order).filter(verb="order.postponed").exists() and trail_of(visit).filter(verb="visit.postponed").exists()


def test_the_customer_accepts_by_link(client, put_off, chen, now):
    _link, address = invitations.invite(thing=put_off, by=chen, at=now, **MAIL)
    page = come(client, address.partition("#")[2])
    assert page["statement"]["reason"] == "备件未到货，预计下周到。" and page["consent"] == page["statement"]["consent"]

    body = sent_by(page)
    assert post(client, body).json()["receipt"]["state"] == "signed"
    assert post(client, body).status_code == 200  # the answer was lost on the way

    put_off.refresh_from_db()
    assert (put_off.state, put_off.signer_name, put_off.sha256, put_off.answered_by) == ("accepted", "李喆", page["sha256"], chen)
    assert not waiting_for(chen) and Notice.objects.filter(to=chen, code="postponement.accepted").exists()
    assert "已使用" in client.post("/signing/", {"token": address.partition("#")[2]}).context["ended"]


def test_who_does_not_accept_says_why_and_it_counts_as_answered(client, put_off, chen, now):
    _link, address = invitations.invite(thing=put_off, by=chen, at=now, **MAIL)
    page = come(client, address.partition("#")[2])
    assert "refusal_reason" in post(client, sent_by(page, kind="refused")).json()["fields"]

    post(client, sent_by(page, kind="refused", refusal_reason="合同约定本月完成"))

    put_off.refresh_from_db()
    assert (put_off.state, put_off.refusal_reason) == ("refused", "合同约定本月完成")


def test_other_words_than_ours_are_not_accepted(client, put_off, chen, now):
    _link, address = invitations.invite(thing=put_off, by=chen, at=now, **MAIL)
    page = come(client, address.partition("#")[2])

    forged = page["statement"] | {"reason": "因客户原因"}
    assert post(client, sent_by(page) | {"statement": forged}).status_code == 409
    put_off.refresh_from_db()
    assert put_off.state == "asked"


def test_on_the_next_visit_the_screen_shows_that_page_and_nothing_else(client, put_off, chen, wang, now):
    following = visits.on_site(chen, now, wang.engineer, work=put_off.order, start=now + 3 * HOUR)
    client.force_login(wang)
    assert "请客户在此屏幕上答复" in client.get(following.get_absolute_url()).content.decode()

    assert client.post(f"/visits/{following.number}/postponement/")["Location"] == "/signing/record/"
    assert client.get(following.get_absolute_url()).status_code == 403
    page = client.get("/api/v1/signing/statement/").json()
    assert post(client, sent_by(page)).status_code == 201

    put_off.refresh_from_db()
    assert (put_off.state, put_off.answered_by) == ("accepted", wang)
    assert client.get("/visits/").status_code == 403  # until the engineer signs in again


def test_the_archive_asks_for_it_and_the_one_who_put_it_off_is_reminded(house, chen, wang, now):
    done, _sign_off = visits.signed(chen, now - 10 * HOUR, wang.engineer)
    window = {"new_from": now + 9 * DAY, "new_until": now + 10 * DAY, "reason": "等待备件"}
    put_off = actions.postpone(order=done.order, by=chen, at=now, **window)
    assert "postponement" in lacking_before_archive(done)

    for hours in (0, 49, 50, 97):
        actions.remind(at=now + hours * HOUR)
    assert Notice.objects.filter(to=chen, code="postponement.waiting").count() == 2

    actions.withdraw(postponement=put_off, by=chen, at=now)
    assert "postponement" not in lacking_before_archive(done)


def test_nobody_answers_for_work_that_was_called_off(client, put_off, chen, now):
    _link, address = invitations.invite(thing=put_off, by=chen, at=now, **MAIL)
    orders.cancel(order=put_off.order, by=chen, at=now)

    assert "已取消" in client.post("/signing/", {"token": address.partition("#")[2]}).context["ended"]
    assert not waiting_for(chen) and actions.remind(at=now + 3 * DAY) == 0


def test_a_second_one_takes_the_place_of_the_first(put_off, chen, now):
    again = actions.postpone(order=put_off.order, new_from=now + 20 * DAY, new_until=now + 21 * DAY, reason="仍未到货", by=chen, at=now)
    put_off.refresh_from_db()
    assert (put_off.state, again.state) == ("withdrawn", "asked")


@pytest.mark.parametrize(("start", "end", "field"), [(-1, 2, "new_from"), (3, 3, "new_until"), (3, 2, "new_until")])
def test_a_window_that_is_none(visit, chen, now, start, end, field):
    with pytest.raises(DomainError) as refused:
        actions.postpone(order=visit.order, new_from=now + start * DAY, new_until=now + end * DAY, reason="x", by=chen, at=now)
    assert refused.value.field == field and not Postponement.objects.exists()


def test_what_was_typed_stays_beside_what_is_wrong(client, visit, chen):
    client.force_login(chen)
    typed = {"visit": visit.pk, "new_from": "2020-01-01T09:00", "new_until": "2020-01-02T09:00", "reason": "等待备件"}
    page = client.post(f"/orders/{visit.order.number}/postpone/", typed)
    assert page.status_code == 422 and page.context["form"].errors["new_from"] and page.context["form"]["reason"].value() == "等待备件"


def test_a_link_is_withdrawn_only_where_one_waits(client, put_off, chen, now):
    client.force_login(chen)
    end = f"/postponements/{put_off.number}/revoke/"
    assert end not in client.get(put_off.get_absolute_url()).content.decode()

    invitations.invite(thing=put_off, by=chen, at=now, **MAIL)
    assert end in client.get(put_off.get_absolute_url()).content.decode()

    client.post(end)
    assert end not in client.get(put_off.get_absolute_url()).content.decode()
