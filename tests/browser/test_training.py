"""A training without a network: what was taught, who was there and signed on the pad, how each was assessed; then headquarters has it."""

import datetime

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.laptops import make_ready, sign_in, until
from tests.browser.stages import save
from tests.browser.test_board import axe
from tests.factories import visits
from tests.factories.changes import answer_gates
from tests.people import PASSWORD
from visits.signoff.statement import training_sheet

HOUR = datetime.timedelta(hours=1)


def ready_to_train(chen, wang):
    now = timezone.now().replace(second=0, microsecond=0)
    visits.company()
    visits.edition(now)
    wang.set_password(PASSWORD)
    wang.save()
    work = visits.order(chen, now - 5 * HOUR, traits=["training"], scope=["管理员操作培训"])
    visit = visits.on_site(chen, now - 5 * HOUR, wang.engineer, work=work, start=now - HOUR, hours=4)
    visits.answer_all(visit, "work", now)
    answer_gates(visit, "start_training", now)
    visits.enter(visit, "step", {"step": "start_training"}, now)
    return visit


def scribble(page):
    box = page.locator("#dialog .pad").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    for step in range(24):
        page.mouse.move(box["x"] + 30 + step * 7, box["y"] + 60 + (step % 5) * 11)
    page.mouse.up()


def test_a_training_sheet_is_filled_without_a_network(server, laptop, chen, wang):
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

    server.start()
    page.goto("/queue/")
    until(page, "1", lambda _one: visit.entries.filter(kind="assessment", state="accepted").exists())
    visit.record.refresh_from_db()
    sheet = training_sheet(visit.record.facts)["training"]
    assert sheet["minutes"] == 30 and sheet["attendees"][0]["signature"].startswith("300 ")
    assert (sheet["attendees"][0]["name"], sheet["attendees"][0]["score"]) == ("周建国", 92)
