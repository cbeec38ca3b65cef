"""What goes wrong on the way: a hotel's sign-in page, an answer cut off, a wrong receipt, a poisoned entry."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.laptops import make_ready, sign_in
from tests.browser.stages import arrive
from tests.browser.test_journey import save


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
    for _try in range(40):
        page.click("#send-now")
        page.wait_for_timeout(500)
        if page.locator("[data-item]").count() == 1:
            break

    expect(page.locator("[data-item][data-state=attention]")).to_contain_text("Please look at it.")
    assert road.seen[:3] == [200, 200, 201]
    texts = sorted(visit.entries.filter(kind="note").values_list("payload__text", flat=True))
    assert texts == ["first", "last"]
