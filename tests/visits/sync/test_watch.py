"""Headquarters is warned of what was announced and never arrived, of what a laptop lost, and of laptops that vanished; once."""

import datetime

import pytest

from conduct.base.errors import DomainError
from conduct.notices.models import Notice
from tests.factories import laptops, visits
from visits.sync import actions
from visits.sync.models import Readiness
from visits.sync.queries import missing_at, vanished_at

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def thinkpad(wang, at):
    return laptops.laptop(wang, at)


def told():
    return sorted(Notice.objects.filter(code__startswith="sync.").values_list("to__username", "code"))


@pytest.mark.parametrize(("hours", "codes"), [(23, []), (24, [("chen", "sync.overdue"), ("wang", "sync.overdue_own")])])
def test_after_a_day_both_are_told_once(chen, thinkpad, on_site, at, hours, codes):
    laptops.announced(thinkpad, on_site, at)
    actions.warn(at=at + hours * HOUR)
    actions.warn(at=at + hours * HOUR)
    assert told() == codes


def test_what_the_laptop_lost_is_told_at_once(chen, thinkpad, on_site, at):
    laptops.announced(thinkpad, on_site, at, gone_at=at)
    actions.warn(at=at)
    assert told() == [("chen", "sync.lost"), ("wang", "sync.lost_own")]


def test_what_arrived_meanwhile_is_no_warning(chen, thinkpad, on_site, at):
    entry = visits.enter(on_site, "note", {"text": "x"}, at)
    row = laptops.announced(thinkpad, on_site, at, sha256=entry.sha256)
    row.item_id = entry.pk
    row.save()

    assert actions.reconcile(at=at) == 1
    actions.warn(at=at + 48 * HOUR)

    assert told() == [] and not missing_at(at + 48 * HOUR)


@pytest.mark.parametrize(
    ("hours", "holds", "ready", "vanished"),
    [(47, True, True, False), (48, True, False, True), (48, False, True, True), (48, False, False, False)],
)
def test_a_laptop_vanishes_when_it_holds_something_or_is_under_way(chen, thinkpad, on_site, at, hours, holds, ready, vanished):
    if holds:
        laptops.announced(thinkpad, on_site, at)
    if ready:
        Readiness.objects.create(visit=on_site, device=thinkpad, state="ready", plan_version=1, at=at)
    assert vanished_at(at + hours * HOUR).exists() is vanished


def test_a_vanished_laptop_is_told_once_until_it_calls_again(chen, thinkpad, on_site, at):
    Readiness.objects.create(visit=on_site, device=thinkpad, state="ready", plan_version=1, at=at)
    actions.warn(at=at + 50 * HOUR)
    actions.warn(at=at + 60 * HOUR)
    assert told() == [("chen", "sync.vanished")]


def test_a_person_settles_it_with_a_reason(client, chen, thinkpad, on_site, at):
    row = laptops.announced(thinkpad, on_site, at, gone_at=at)
    client.force_login(chen)
    page = f"/sync/laptops/{thinkpad.pk}/"

    assert client.post(page, {"reason": ""}).status_code == 200
    assert client.post(page, {"reason": "电话问过，照片已重拍"}).status_code == 302

    row.refresh_from_db()
    assert (row.settled_by, row.settled_reason) == (chen, "电话问过，照片已重拍")
    with pytest.raises(DomainError):
        actions.settle_missing(device=thinkpad, reason="x", by=chen, at=at)


def test_the_overview_names_all_of_it_and_an_empty_one_says_so(client, chen, thinkpad, on_site, at):
    client.force_login(chen)
    assert "没有需要决定的" in client.get("/sync/").content.decode()

    laptops.everything(on_site, at)

    page = client.get("/sync/").content.decode()
    for words in ("搁置的条目", "已报备未到达", "无法识别", "失去联系"):
        assert words in page


def test_settling_an_entry_and_what_could_not_be_read(client, chen, on_site, at):
    waiting = laptops.everything(on_site, at)
    client.force_login(chen)
    entry, unread = f"/sync/entries/{waiting['entry'].pk}/", f"/sync/unreadable/{waiting['quarantined'].pk}/"

    assert "telegram" in client.get(unread).content.decode()
    assert client.post(unread, {"reason": "已手工补录"}).status_code == 302
    assert client.post(entry, {"decision": "counts", "reason": "x"}).status_code == 200  # still outside of the scope
    assert client.post(entry, {"decision": "stays", "reason": "不归我们管"}).status_code == 302
    assert client.get(entry).status_code == client.get(unread).status_code == 404


def test_wiping_names_what_is_lost_first(client, wang, thinkpad, on_site, at):
    laptops.announced(thinkpad, on_site, at, type="blob")
    client.force_login(wang)
    page = f"/devices/{thinkpad.pk}/wipe/"

    assert on_site.number in client.get(page).content.decode()
    assert client.post(page).status_code == 302

    thinkpad.refresh_from_db()
    assert thinkpad.state == "wipe"
    assert "待清除" in client.get("/me/devices/").content.decode()
