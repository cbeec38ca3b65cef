"""What goes wrong on the way: a hotel's sign-in page, wrong receipts, a poisoned entry, no room, a killed browser."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.laptops import make_ready, sign_in, unlock, until
from tests.browser.stages import arrive, photo, save

CANARY = "金丝雀-CANARY-7391"
SEND = """() => {
    document.getElementById("send-now").click();
    return document.querySelectorAll("[data-item]").length;
}"""
QUEUED = """async () => {
    const asked = indexedDB.open("fieldservice");
    const db = await new Promise((ok) => { asked.onsuccess = () => ok(asked.result); });
    const rows = await new Promise((ok) => { db.transaction("queue").objectStore("queue").getAll().onsuccess = (event) => ok(event.target.result); });
    db.close();
    return rows.filter((row) => row.type === "blob").length;
}"""


@pytest.fixture
def page(server, visit, laptop):
    """Wang's laptop, ready, on the record page, with the server stopped."""
    page = laptop.open()
    sign_in(page)
    make_ready(page, visit.number)
    server.stop()
    page.goto(f"/visits/{visit.number}/record/")
    arrive(page)
    return page


def note(page, words):
    page.click("button:text-is('说明 …')")
    page.fill("#dialog [name=text]", words)
    save(page)


class Road:
    """What happens to the first posts of entries: each answer once, then the real server."""

    def __init__(self, context, *answers):
        self.answers, self.seen = list(answers), []
        context.route("**/entries/", self._pass)

    def _pass(self, route):
        kind = route.request.post_data_json["payload"].get("text", "")
        answer = next((one for one in self.answers if one[0] in kind), None)
        if answer is None:
            return route.continue_()
        if answer[0] != "poison":
            self.answers.remove(answer)
        self.seen.append(answer[1])
        return route.fulfill(status=answer[1], content_type=answer[2], body=answer[3])


def test_only_a_receipt_of_ours_counts_and_one_bad_entry_stops_nobody(server, visit, laptop, page):
    note(page, "first")
    note(page, "poison")
    note(page, "last")
    wrong = {"receipt": {"id": "x", "sha256": "0" * 64, "received_at": "2026-11-25T00:00:00Z", "state": "accepted"}}
    road = Road(
        laptop.context,
        ("first", 200, "text/html", "<html>Welcome to our hotel</html>"),
        ("first", 200, "application/json", '{"receipt": {"sha'),
        ("first", 201, "application/json", json.dumps(wrong)),
        ("poison", 422, "application/json", '{"message": "Please look at it."}'),
    )

    server.start()
    page.goto("/queue/")
    until(page, SEND, lambda left: left == 1)
    expect(page.locator("[data-item][data-state=attention]")).to_contain_text("Please look at it.")
    assert road.seen[:3] == [200, 200, 201]
    texts = sorted(visit.entries.filter(kind="note", state="accepted").values_list("payload__text", flat=True))
    assert texts == ["first", "last"]


def test_what_was_typed_outlives_a_kill_and_nothing_of_it_lies_open_on_the_disk(visit, laptop, page):
    page.click("button:text-is('说明 …')")
    page.evaluate("document.querySelector('#dialog form').addEventListener('draftsaved', ({ detail }) => (window.saved = detail.text))")
    page.locator("#dialog [name=text]").press_sequentially(CANARY)
    until(page, "window.saved", lambda saved: saved == CANARY)

    laptop.kill()
    page = laptop.open()
    page.goto(f"/visits/{visit.number}/record/")
    unlock(page)
    page.click(".draft .btn-primary")
    expect(page.locator("#dialog [name=text]")).to_have_value(CANARY)
    save(page)
    expect(page.locator(".draft")).to_have_count(0)
    laptop.close()

    wanted = [text.encode(code) for text in (CANARY, "CANARY-7391", "交换机丢包", "025-84421234") for code in ("utf-8", "utf-16-le")]
    found = [path for path in laptop.files_on_disk() if any(text in path.read_bytes() for text in wanted)]
    assert found == []
    assert sum(path.stat().st_size for path in laptop.files_on_disk() if "IndexedDB" in str(path)) > 10_000


# No room: a browser that says so beforehand, and one that says so at the write.
SAYS_FULL = "() => { navigator.storage.estimate = async () => ({ usage: 1e9, quota: 1e9 + 1e6 }); }"
IS_FULL = """() => {
    delete navigator.storage.estimate;
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...row) {
        if (this.name === "blobs") throw new DOMException("no room", "QuotaExceededError");
        return put.apply(this, row);
    };
}"""


def test_without_room_texts_are_kept_and_a_photo_is_refused_with_advice(visit, laptop, page, tmp_path):
    before = page.locator("[data-entry]").count()
    page.click("button:text-is('照片 …')")
    page.set_input_files("#dialog [name=file]", photo(tmp_path))
    for trouble in (SAYS_FULL, IS_FULL):
        page.evaluate(trouble)
        page.click("#dialog button[value=save]")
        expect(page.locator("#dialog .ours")).to_contain_text("本机空间不够")
        expect(page.locator("#dialog button[value=save]")).to_be_enabled()
    page.click("#dialog .btn-close")

    note(page, "a text still finds room")
    expect(page.locator("[data-entry]")).to_have_count(before + 1)
    assert page.evaluate(QUEUED) == 0  # nothing of the photo is left half done


def test_a_second_tab_reads_along_until_the_first_is_closed(visit, laptop, page):
    second = laptop.context.new_page()
    second.goto(f"/visits/{visit.number}/record/")
    expect(second.locator("[data-fill=read-only]")).to_contain_text("另一个标签页")
    second.click("button:text-is('说明 …')")
    second.fill("#dialog [name=text]", "from the second tab")
    second.click("#dialog button[value=save]")
    expect(second.locator("[data-fill=dialog-problem]")).to_contain_text("另一个标签页")

    page.close()

    expect(second.locator("[data-fill=read-only]")).to_be_empty()
    second.click("#dialog button[value=save]")
    expect(second.locator("[data-fill=timeline]")).to_contain_text("from the second tab")
