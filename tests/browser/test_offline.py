"""A visit without a network: the real server process is stopped and started, the browser closed and killed."""

from playwright.sync_api import expect

from conduct.outbox.models import Delivery
from tests.browser.laptops import make_ready, sign_in, take_back, unlock, until
from tests.browser.stages import arrive, photo, sign, work
from tests.browser.test_board import axe

# What the worker still holds while the customer has the laptop.
KEYS = """() => new Promise((heard) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => heard({ master: data.keys.master, visits: data.keys.visits });
    navigator.serviceWorker.controller.postMessage({ say: "keys" }, [channel.port2]);
})"""


def walk_the_menu(page):
    """By keyboard: a list is opened, walked and left; one press elsewhere closes it, too."""
    toggle, shown = page.locator(".dropdown-toggle").first, page.locator(".dropdown-menu.show .dropdown-item")
    toggle.focus()
    page.keyboard.press("Space")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(shown.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(toggle).to_be_focused()
    expect(shown).to_have_count(0)
    toggle.click()
    page.click("h1")
    expect(shown).to_have_count(0)


def test_the_record_page_opens_with_the_server_stopped(server, visit, laptop):
    page = laptop.open()
    sign_in(page)
    walk_the_menu(page)
    make_ready(page, visit.number)

    server.stop()
    page.goto(f"/visits/{visit.number}/record/")

    expect(page.locator("[data-fill=number]")).to_contain_text(visit.record_number)
    expect(page.locator(".stage-now")).to_be_visible()
    assert axe(page) == []
    for address, shown in (("/orders/", ".empty-title"), ("/queue/", "#about:visible"), (f"/visits/{visit.number}/ready/", "#proof:visible")):
        page.goto(address)
        expect(page.locator(shown)).to_be_visible()
        assert axe(page) == []


def test_a_whole_visit_without_a_network(server, visit, laptop, worker, tmp_path):
    """Prepare, set out, arrive, answer, work with two photos, leave, sign; the browser closed in between; then it all arrives,
    and the paper is with everybody who gets it."""
    page = laptop.open()
    sign_in(page)
    make_ready(page, visit.number)
    server.stop()
    laptop.close()

    page = laptop.open()
    page.goto(f"/visits/{visit.number}/record/")
    unlock(page)
    arrive(page)
    work(page, photo(tmp_path), need="给备用交换机划分 VLAN")
    sign(page)
    assert axe(page) == []
    keys = page.evaluate(KEYS)
    assert (keys["master"], list(keys["visits"])) == (None, [visit.number]), "only this visit can be read"
    expect(page.locator("#thanks")).to_contain_text("本机")
    expect(page.locator("#thanks")).to_have_attribute("data-received", "")
    laptop.close()
    page = laptop.open()
    page.goto(f"/visits/{visit.number}/record/")
    unlock(page)
    expect(page.locator("#thanks")).to_contain_text("本机")  # what was signed, and not a second form
    expect(page.locator("#statement")).to_contain_text(visit.record_number)
    expect(page.locator("#sign-form")).to_be_hidden()

    server.start()
    page.goto("/queue/")
    assert page.url.endswith(f"/visits/{visit.number}/sign/"), "other pages are out of the customer's reach"
    until(page, "fetch('/queue/').then((answer) => answer.status)", lambda status: status == 403)  # past the worker, too
    expect(page.locator("#thanks")).to_have_attribute("data-received", "1")  # the thanks follow the delivery
    take_back(page, visit.number)
    page.goto(f"/visits/{visit.number}/record/")
    expect(page.locator(".laptop-line[data-waiting='0'][data-reach=ok]")).to_be_visible()

    visit.refresh_from_db()
    sign_off = visit.sign_offs.get()
    assert (visit.state, sign_off.marks, sign_off.signer_name) == ("signed", [], "李喆")
    assert not visit.entries.exclude(state="accepted").exists()
    assert visit.scope_changes.get().state == "claimed" and sign_off.statement["scope"][2]["result"] == "done"
    assert not visit.entries.filter(clock_offset_ms=None).exists(), "the last contact told how the clocks stand"
    assert visit.entries.filter(kind="photo").count() == visit.entry_files.count() == 2
    until(page, "1", lambda _one: Delivery.objects.filter(state="confirmed").count() == 3)  # fax, headquarters, customer
