"""A laptop in other hands: locked, guessed at, signed out, another person's, past its lease, with a session that ended."""

import json
from contextlib import suppress

import pytest
from django.utils import timezone
from playwright.sync_api import Error, expect

from conduct.devices.actions import renew_passphrase, wipe
from conduct.devices.models import Device
from conduct.people.access import Role
from conduct.people.actions import save_staff
from tests.browser.laptops import PASSPHRASE, make_ready, sign_in, unlock, until
from tests.browser.stages import arrive, save
from tests.people import PASSWORD
from visits.sync.models import Announcement
from visits.sync.queries import missing_at

# What the laptop's store holds: rows of each kind, and whether there is a wrapped key.
KEPT = """async () => {
    const asked = indexedDB.open("fieldservice");
    const db = await new Promise((ok) => { asked.onsuccess = () => ok(asked.result); asked.onupgradeneeded = () => asked.transaction.abort(); asked.onerror = () => ok(null); });
    if (!db) return {};
    const of = (store, work) => new Promise((ok) => { work(db.transaction(store).objectStore(store)).onsuccess = (event) => ok(event.target.result); });
    const counted = await Promise.all(["queue", "visits", "blobs", "drafts"].map(async (store) => [store, await of(store, (rows) => rows.count())]));
    const wrapped = Boolean(await of("meta", (rows) => rows.get("wrapped")));
    db.close();
    return { ...Object.fromEntries(counted), wrapped };
}"""


@pytest.fixture
def page(server, visit, laptop):
    page = laptop.open()
    sign_in(page)
    make_ready(page, visit.number)
    page.goto(f"/visits/{visit.number}/record/")
    return page


def all_there(page):
    return expect(page.locator(".laptop-line[data-waiting='0'][data-reach=ok]"))


def test_a_session_that_ended_asks_on_the_page_and_loses_nothing(server, visit, laptop, page):
    arrive(page)
    all_there(page).to_be_visible()
    laptop.context.clear_cookies(name="sessionid")
    page.click("button:text-is('说明 …')")
    page.fill("#dialog [name=text]", "typed after the session ended")
    save(page)

    expect(page.locator("[data-local=waiting]")).to_contain_text("typed after the session ended")
    page.fill("[name=password]", PASSWORD)
    page.click("form.entrance button")

    all_there(page).to_be_visible()
    assert visit.entries.filter(payload__text="typed after the session ended").exists()


def test_ten_wrong_passphrases_remove_the_key_and_the_sealed_work_still_arrives(server, visit, laptop, page):
    server.stop()
    arrive(page)
    page.click(".laptop-line button:text-is('锁定')")
    expect(page.locator("#record")).to_be_hidden()
    assert "南京市第一中学" not in page.content()
    for left in range(9, 0, -1):
        unlock(page, f"not the passphrase {left}")
        expect(page.locator("form.entrance [role=alert]")).to_contain_text(f"还剩 {left} 次")
    unlock(page, "not the passphrase 0")
    expect(page.locator("[data-fill=laptop] .alert-warning")).to_contain_text("密钥已删除")

    server.start()
    page.goto("/queue/")
    with page.expect_download() as download:
        page.click("#save-file")
    sealed = json.loads(download.value.path().read_text())
    assert sealed["format"] == "fieldservice.sealed-file.1" and len(sealed["items"]) == visit_items(page) > 5
    assert "南京" not in json.dumps(sealed, ensure_ascii=False)
    page.click("#send-now")
    all_there(page).to_be_visible()
    visit.refresh_from_db()
    assert visit.state == "on_site" and not visit.entries.exclude(state="accepted").exists()


def visit_items(page):
    return page.locator("[data-item]").count()


def test_signing_out_asks_about_unsent_work_and_the_next_person_learns_only_that_there_is_some(server, visit, laptop, page, zhao):
    zhao.set_password(PASSWORD)
    zhao.save()
    laptop.context.route("**/sync/contact/", lambda route: route.abort())
    page.click(".checklist li:not(.passes) button")
    expect(page.locator(".on-laptop")).to_have_count(1)

    page.click("form[action$='/logout/'] button")
    expect(page.locator("#sign-out")).to_be_visible()
    page.click("#sign-out [value=keep]")
    page.wait_for_url("**/login/**")
    sign_in(page, "zhao")

    expect(page.locator("#others-work")).to_be_visible()
    page.goto("/queue/")
    expect(page.locator(".empty-title")).to_be_visible()
    assert visit.number not in page.content() and "wang" not in page.content()


def test_past_its_lease_a_laptop_only_reads(server, visit, laptop, page):
    server.stop()
    page.evaluate("""async () => {
        const db = await new Promise((ok) => { const asked = indexedDB.open("fieldservice"); asked.onsuccess = () => ok(asked.result); });
        const store = db.transaction("meta", "readwrite").objectStore("meta");
        const laptop = await new Promise((ok) => { const asked = store.get("laptop"); asked.onsuccess = () => ok(asked.result); });
        await new Promise((ok) => { store.put({ ...laptop, lease_until: "2020-01-01T00:00:00Z" }, "laptop").onsuccess = ok; });
        db.close();
    }""")

    page.reload()
    expect(page.locator("[data-fill=read-only]")).to_contain_text("只能查看")
    page.click(".checklist li:not(.passes) button")

    expect(page.locator("#problem")).to_contain_text("只能查看")
    expect(page.locator(".on-laptop")).to_have_count(0)


def test_after_fifteen_minutes_without_a_hand_the_laptop_is_locked(server, visit, laptop, page):
    page.clock.install()
    page.reload()
    page.wait_for_selector(".stage-now .checklist")
    page.clock.fast_forward("16:00")

    expect(page.locator("[name=passphrase]")).to_be_visible()
    assert "南京市第一中学" not in page.inner_text("body")
    unlock(page, PASSPHRASE)
    expect(page.locator("[data-fill=number]")).to_contain_text(visit.record_number)


def test_a_laptop_whose_engineer_lost_the_role_delivers_sealed_and_keeps_nothing(server, visit, laptop, page, wang, admin_zhou):
    server.stop()
    arrive(page)
    server.start()
    save_staff(staff=wang, roles={Role.REPORTER}, by=admin_zhou, at=timezone.now())

    page.goto("/")
    page.wait_for_url("**/login/**")  # even here, where nobody is signed in, the laptop learns it and forgets its key
    until(page, KEPT, lambda kept: kept["queue"] > 5 and not kept["visits"] and not kept["wrapped"])
    sign_in(page)

    until(page, KEPT, lambda kept: not any(kept.values()))
    visit.refresh_from_db()
    assert visit.state == "on_site" and not visit.entries.exclude(state="accepted").exists()


def test_what_the_browser_cleared_is_told_to_both_and_an_order_to_wipe_leaves_nothing(server, visit, laptop, page, wang, chen):
    """The store goes while something waits that was announced; later headquarters orders a wipe."""
    laptop.context.route("**/entries/", lambda route: route.abort())
    page.click(".checklist li:not(.passes) button")
    expect(page.locator(".on-laptop")).to_have_count(1)
    page.goto("/queue/")  # the next contact announces it
    until(page, "1", lambda _one: Announcement.objects.exists())
    session = laptop.context.new_cdp_session(page)
    page.goto("about:blank")  # no page of ours is at it
    session.send("Storage.clearDataForOrigin", {"origin": server.url, "storageTypes": "indexeddb"})

    page.goto(f"/visits/{visit.number}/record/")
    expect(page.locator("[data-fill=laptop]")).to_contain_text("浏览器清除了")
    make_ready(page, visit.number)
    page.goto("/queue/")
    expect(page.locator("[data-fill=missing]")).to_contain_text(visit.number)
    assert Announcement.objects.get().gone_at and missing_at(timezone.now()).count() == 1

    wipe(device=Device.objects.get(), lost=["entry"], by=chen, at=timezone.now())
    for _try in range(20):  # the order comes with a contact under way, and the browser drops the worker that was answering: once more
        with suppress(Error):
            page.goto("/queue/")
            break
        page.wait_for_timeout(250)
    until(page, KEPT, lambda kept: not any(kept.values()))


def test_after_a_new_password_the_passphrase_is_chosen_anew_and_nothing_is_lost(server, visit, laptop, page, wang):
    renew_passphrase(staff=wang)
    page.goto("/queue/")
    page.wait_for_selector("form.entrance [name=before]")
    expect(page.locator("[data-fill=laptop]")).to_contain_text("请同时更换离线口令")
    for before, told in (("not the passphrase", "原来的口令不对"), (PASSPHRASE, "离线口令已更换")):
        page.fill("[name=before]", before)
        page.fill("[data-fill=change] [name=passphrase]", "another passphrase 7")
        page.fill("[name=again]", "another passphrase 7")
        page.click("[data-fill=change] form button")
        expect(page.locator("[data-fill=change]")).to_contain_text(told)

    page.goto(f"/visits/{visit.number}/record/")
    page.click(".laptop-line button:text-is('锁定')")
    unlock(page, PASSPHRASE)
    expect(page.locator("form.entrance [role=alert]")).to_contain_text("还剩 9 次")
    unlock(page, "another passphrase 7")
    expect(page.locator(".stage-now .checklist")).to_be_visible()
