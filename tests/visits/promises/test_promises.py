"""What was promised to a customer is written down with a day, somebody keeps it, and everybody who speaks with the customer sees it."""

import datetime

import pytest

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.notices.models import Notice
from conduct.trail.models import Event
from tests.factories import visits
from visits.promises import actions
from visits.promises.models import Promise

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
TEXT = "周五前送来备用电源"


def say(visit, at, text=TEXT, due="2026-11-27", **facts):
    return visits.enter(visit, "promise", {"text": text, "due": due}, at, **facts)


@pytest.fixture
def promised(on_site, at):
    """Wang promises something on site; Friday is in three days."""
    say(on_site, at)
    return on_site.promises.get()


def told(code):
    return list(Notice.objects.filter(code=code).order_by("pk").values_list("to__username", flat=True))


def test_a_promise_of_the_record_is_wangs_to_keep_and_whoever_calls_sees_it(client, promised, on_site, chen, wang):
    assert (promised.owner, promised.site, str(promised.due)) == (wang, on_site.order.site, "2026-11-27")
    client.force_login(chen)
    places = (f"/sites/{promised.site.number}/", f"/orders/new/?site={promised.site.number}", on_site.get_absolute_url(), "/promises/?customer=南京&owner=wang")
    assert [place for place in places if TEXT not in client.get(place).content.decode()] == []
    assert TEXT not in client.get("/promises/?until=2026-11-26").content.decode()


def test_the_call_afterwards_shows_what_is_still_promised(client, house, chen, wang, at):
    visit, _sign_off = visits.signed(chen, at, wang.engineer)
    actions.make(site=visit.order.site, text="下月初上门复检", due=at.date() + DAY, owner=chen, by=chen, at=at)
    client.force_login(chen)
    assert "下月初上门复检" in client.get(f"/visits/{visit.number}/follow-up/").content.decode()


def test_a_correction_changes_it_a_withdrawal_ends_it_and_what_is_settled_stays(on_site, promised, wang, at):
    entry = say(on_site, at + HOUR, due="2026-11-28", corrects=promised.entry_id)
    promised.refresh_from_db()
    assert (str(promised.due), promised.entry_id, Promise.objects.count()) == ("2026-11-28", entry.pk, 1)

    actions.settle(promise=promised, outcome="kept", why="当场送到", by=wang, at=at + HOUR)
    visits.enter(on_site, "withdraw", {}, at + HOUR, corrects=entry.pk)
    other = say(on_site, at + HOUR, text="寄发票")
    visits.enter(on_site, "withdraw", {}, at + HOUR, corrects=other.pk)
    assert list(Promise.objects.order_by("pk").values_list("state", flat=True)) == ["kept", "withdrawn"]


def test_wang_is_reminded_once_the_day_before_and_once_on_the_day(promised, wang, at):
    friday = at.replace(day=27, hour=8)
    for moment in (friday - 2 * DAY, friday - DAY - HOUR, friday - DAY, friday - HOUR, friday, friday + HOUR, friday + 2 * DAY):
        actions.remind(at=moment)
    assert (told("promise.soon"), told("promise.due")) == (["wang"], ["wang"])

    say(promised.visit, at, text="寄发票")
    wang.is_active = False
    wang.save()
    actions.remind(at=friday + HOUR)
    assert told("promise.due") == ["wang", "chen", "chen"]  # who has left keeps nothing


def test_another_day_is_agreed_and_the_old_promise_says_with_whom(client, promised, wang, at):
    client.force_login(wang)
    asked = {"text": TEXT, "due": "2099-01-08", "agreed_with": "李喆主任", "why": "厂家停产换型"}
    wrong = client.post(f"/promises/{promised.number}/change/", {**asked, "due": "2026-11-01"})
    assert wrong.status_code == 422 and "厂家停产换型" in wrong.content.decode()

    client.post(f"/promises/{promised.number}/change/", asked)

    page = client.get(promised.get_absolute_url()).content.decode()
    following = Promise.objects.get(previous=promised)
    assert all(words in page for words in ("李喆主任", "厂家停产换型", following.number))
    assert (str(following.due), following.state, following.owner) == ("2099-01-08", "open", wang)
    with pytest.raises(ForbiddenMove):
        actions.settle(promise=Promise.objects.get(pk=promised.pk), outcome="kept", why="…", by=wang, at=at)


def test_not_kept_is_said_with_the_reason_and_stands_on_the_trail(client, promised, wang):
    client.force_login(wang)
    client.post(f"/promises/{promised.number}/settle/", {"outcome": "broken", "why": "备件未到货"})
    promised.refresh_from_db()
    assert (promised.state, promised.settled_by, promised.settled_why) == ("broken", wang, "备件未到货")
    assert Event.objects.filter(verb="promise.broken", subject=promised.number).exists()


def test_chen_gives_a_promise_to_somebody_else_who_hears_so(client, promised, chen, zhao, wang):
    client.force_login(wang)
    assert client.post(f"/promises/{promised.number}/hand-on/", {"owner": "zhao"}).status_code == 404
    client.force_login(chen)
    client.post(f"/promises/{promised.number}/hand-on/", {"owner": "zhao"})
    promised.refresh_from_db()
    assert promised.owner == zhao and told("promise.yours") == ["zhao"]
    client.force_login(zhao)
    assert TEXT in client.get("/promises/?show=mine").content.decode()


def test_nobody_promises_for_yesterday(house, chen, at):
    with pytest.raises(DomainError) as refused:
        actions.make(site=visits.site(), text="…", due=at.date() - DAY, owner=chen, by=chen, at=at)
    assert refused.value.field == "due"


def test_a_late_one_is_loud_on_the_first_page(client, promised, chen, wang):
    Promise.objects.update(due=datetime.date(2026, 11, 1))
    for person in (chen, wang):
        client.force_login(person)
        assert "2026-11-01 已到期" in client.get("/").content.decode() and TEXT in client.get("/promises/?show=late").content.decode()
