"""A training without a network: people sign on the pad, are assessed, and the customer signs the sheet; headquarters has the same hash."""

import datetime

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.laptops import make_ready, sign_in, until
from tests.browser.stages import leave, result, save, sign
from tests.browser.test_board import axe
from tests.factories import visits
from tests.people import PASSWORD
from tests.visits.changes.test_changes import answer_gates

HOUR = datetime.timedelta(hours=1)


def ready_to_train(chen, wang):
    now = timezone.now().replace(second=0, microsecond=0)
    visits.company()
    visits.edition(now)
    wang.set_password(PASSWORD)
    wang.save()
    work = visits.order(chen, now - 5 * HOUR, traits=["training"], scope=["管理员操作培训"])
    visit = visits.on_site(chen, now - 5 * HOUR, wang.engineer, work=work, start=now - HOUR, hours=4)
    for step in ("work", "finish"):
        visits.answer_all(visit, step, now)
    for step in ("start_training", "end_training"):
        answer_gates(visit, step, now)
    visits.enter(visit, "step", {"step": "start_training"}, now)
    return visit


def scribble(page):
    box = page.locator("#dialog .pad").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    for step in range(24):
        page.mouse.move(box["x"] + 30 + step * 7, box["y"] + 60 + (step % 5) * 11)
    page.mouse.up()


def test_a_training_sheet_is_filled_and_signed_without_a_network(server, laptop, chen, wang):
    visit = ready_to_train(chen, wang)
    page = laptop.open()
    sign_in(page)
    make_ready(page, visit.number)
    server.stop()

    page.goto(f"/visits/{visit.number}/record/")
    card = page.locator("#training")
    card.locator("button:has-text('培训内容')").click()
    page.fill("#dialog [name=content]", "用户与权限管理")
    started = datetime.datetime.fromisoformat(page.input_value("#dialog [name=ended_at]")) - datetime.timedelta(minutes=30)
    page.fill("#dialog [name=started_at]", f"{started:%Y-%m-%dT%H:%M}")
    save(page)
    card.locator("button:has-text('学员')").click()
    page.fill("#dialog [name=name]", "周建国")
    page.click("#dialog button[value=save]")
    expect(page.locator("#dialog .invalid-feedback")).to_be_visible()
    scribble(page)
    assert axe(page) == []
    save(page)
    card.locator("li .btn").click()
    page.select_option("#dialog [name=result]", "passed")
    page.fill("#dialog [name=score]", "92")
    save(page)
    expect(card.locator("li")).to_contain_text("92")
    page.click("summary:has-text('结束培训')")
    page.click("button.btn:text-is('结束培训')")
    result(page)
    leave(page)
    sign(page, visit.number)

    server.start()
    until(page, "1", lambda _one: visit.sign_offs.exists())
    sign_off = visit.sign_offs.get()
    sheet = sign_off.statement["training"]
    assert sign_off.marks == [] and (sheet["minutes"], sheet["attendees"][0]["score"]) == (30, 92)
    assert sheet["attendees"][0]["signature"].startswith("300 ")
