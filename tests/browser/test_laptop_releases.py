"""A new version, and browsers that give less than Chromium."""

import pytest
from playwright.sync_api import expect

from tests.browser.laptops import make_ready, sign_in, unlock, until
from tests.browser.stages import arrive

VERSION = """() => new Promise((heard) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => heard(data);
    navigator.serviceWorker.controller.postMessage({ say: "version" }, [channel.port2]);
})"""


def test_a_new_version_is_said_and_taken_only_when_nothing_waits(server, visit, laptop):
    page = laptop.open()
    sign_in(page)
    make_ready(page, visit.number)
    server.stop()
    page.goto(f"/visits/{visit.number}/record/")
    arrive(page)
    laptop.context.route("**/sync/contact/", lambda route: route.abort())

    server.start("tests.browser.next_release")
    page.goto(f"/visits/{visit.number}/record/")
    expect(page.locator("#new-version")).to_be_visible()
    page.reload()
    expect(page.locator("#new-version")).to_be_visible()
    assert page.evaluate(VERSION) != "next-release"

    laptop.context.unroute("**/sync/contact/")
    page.click(".laptop-line button:text-is('立即发送')")
    expect(page.locator(".laptop-line[data-waiting='0'][data-reach=ok]")).to_be_visible()
    until(page, VERSION, lambda version: version == "next-release" or open_anew(page))
    asked = page.locator("[name=passphrase]")  # where the old worker went before it could hand the keys on
    expect(page.locator(".stage-now .checklist").or_(asked).first).to_be_visible()
    if asked.is_visible():
        unlock(page)
    expect(page.locator(".stage-now .checklist").first).to_be_visible()
    expect(page.locator("#new-version")).to_be_hidden()


def open_anew(page):
    """On a busy machine the page before may still be there when the next one asks; a version is taken by a page that is alone."""
    page.wait_for_timeout(2000)
    page.reload()
    page.wait_for_timeout(2000)


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ("delete Navigator.prototype.serviceWorker", "此浏览器不能离线保存（缺少：保存页面）"),
        ("delete window.OffscreenCanvas; delete Navigator.prototype.locks", "缺少：识别第二个标签页, 缩小照片"),
    ],
)
def test_what_a_browser_lacks_is_said(visit, laptop, gone, said):
    page = laptop.open()
    sign_in(page)
    laptop.context.add_init_script(gone)
    if "serviceWorker" in gone:
        page.goto(f"/visits/{visit.number}/record/")
        expect(page.locator(".stage-now .checklist")).to_be_visible()  # it works while the server answers
    else:
        page.goto(f"/visits/{visit.number}/ready/")
        page.fill("[name=passphrase]", "a short sentence 7")
        page.fill("[name=again]", "a short sentence 7")
        page.click("form.entrance button")
    expect(page.locator("main")).to_contain_text(said)
