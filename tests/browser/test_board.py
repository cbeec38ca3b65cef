"""Two dispatchers in two browsers: one by mouse, one by keyboard; each sees what the other does."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from conduct.people.access import Role
from tests.browser.reading import axe
from tests.factories import visits
from tests.people import person
from visits.schedule import actions
from visits.schedule.models import Visit

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def desk(transactional_db, request):
    """Chen and He plan for Wang and Zhao; two orders wait. The week is one far enough ahead."""
    people = {name: request.getfixturevalue(name) for name in ("chen", "wang", "zhao")}
    he = person("he", "何洁", Role.DISPATCHER)
    now = timezone.now()
    visits.company()
    visits.edition(now)
    first = visits.order(people["chen"], now)
    second = visits.order(people["chen"], now, first.site)
    return {**people, "he": he, "first": first, "second": second}


def point(page, engineer, day, hour_share=0.1):
    """A place in the week of the board: the engineer's row, the day's column."""
    lane = page.locator(f'[data-engineer="{engineer.number}"] .board-lane').bounding_box()
    return lane["x"] + lane["width"] * (day + hour_share) / 7, lane["y"] + lane["height"] / 2


def test_two_dispatchers_plan_a_morning(desk, visitor):
    chen, he = visitor("chen"), visitor("he")
    for page in (chen, he):
        page.goto("/board/?day=2099-01-05")

    drag(chen, f'[data-order="{desk["first"].number}"]', point(chen, desk["wang"].engineer, 1))
    bar = chen.locator(".bar.state-planned")
    expect(bar).to_contain_text("09:00–11:00")
    expect(he.locator(".bar.state-planned")).to_be_visible()
    expect(he.locator("#board-news")).to_contain_text("陈静")
    assert Visit.objects.get().planned_start.astimezone(SHANGHAI).day == 6

    # He moves it by keyboard: a day later; then pulls its end by half an hour.
    he.locator(".bar.state-planned").focus()
    for key in ("m", "ArrowRight", "Shift+ArrowRight", "Enter"):
        he.keyboard.press(key)
    expect(he.locator(".bar.state-planned")).to_contain_text("09:00–11:30")
    expect(chen.locator(".bar.state-planned")).to_contain_text("09:00–11:30")

    # An impossible place says so before the drop, and nothing happens.
    drag(chen, f'[data-order="{desk["second"].number}"]', point(chen, desk["wang"].engineer, 2), says="不可以")
    expect(chen.locator("#board-news")).to_contain_text("已有安排")
    assert Visit.objects.count() == 1

    # A soft one asks why.
    drag(chen, f'[data-order="{desk["second"].number}"]', point(chen, desk["zhao"].engineer, 3), says="要说明理由")
    panel = chen.locator("#board-panel")
    expect(panel.locator("[name=reason].is-invalid")).to_be_visible()
    assert axe(chen) == []
    panel.locator("[name=reason]").fill("客户点名要赵敏")
    panel.locator("form[novalidate] button").click()
    expect(chen.locator(".bar.state-planned")).to_have_count(2)

    chen.locator("[data-panel]").first.click()
    panel.locator("button.btn-primary").click()
    expect(chen.locator(".bar.state-proposed")).to_have_count(2)

    # Wang is ill: his answer comes to both boards without a reload.
    actions.decline(visit=Visit.objects.get(engineer=desk["wang"].engineer), decline_code="health", by=desk["wang"], at=timezone.now())
    expect(he.locator(".bar")).to_have_count(1)
    expect(he.locator(f'[data-order="{desk["first"].number}"]')).to_be_visible()
    assert axe(he) == []


def test_every_place_has_its_form_without_a_mouse(desk, visitor):
    chen = visitor("chen", language="en")
    chen.goto("/board/?day=2099-01-05&view=day")
    chen.locator(f'[data-order="{desk["first"].number}"]').focus()
    chen.keyboard.press("Enter")
    panel = chen.locator("#board-panel")
    panel.locator("[name=engineer]").select_option(desk["wang"].engineer.number)
    panel.locator("[name=planned_start]").fill("2099-01-05T23:00")
    panel.locator("[name=planned_end]").fill("2099-01-06T00:00")
    panel.locator("form[novalidate] button").click()

    expect(chen.locator(".bar.state-planned")).to_contain_text("23:00–24:00")
    chen.locator("form[data-quiet] button").click()
    expect(chen.locator(".bar")).to_have_count(0)


def drag(page, what, to, says=None):
    box = page.locator(what).bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 15)
    page.mouse.down()
    page.mouse.move(box["x"] + 10, box["y"] + 15, steps=2)
    page.mouse.move(*to, steps=4)
    expect(page.locator("#board-ghost")).to_have_class(r"board-ghost " + ({"不可以": "hard", "要说明理由": "soft"}.get(says, "free")))
    if says:
        expect(page.locator("#board-tip")).to_contain_text(says)
    page.mouse.up()


def test_a_finger_that_rests_takes_a_bar_up_and_one_that_moves_scrolls(desk, visitor):
    start = datetime.datetime(2099, 1, 6, 9, tzinfo=SHANGHAI)
    facts = {"planned_start": start, "planned_end": start + datetime.timedelta(hours=2), "by": desk["chen"], "at": timezone.now()}
    visit = actions.place(order=desk["first"], engineer=desk["wang"].engineer, **facts)
    page = visitor("chen", size="phone")
    page.goto("/board/?day=2099-01-05")
    bar = page.locator(".bar.state-planned")
    bar.scroll_into_view_if_needed()
    box, day = bar.bounding_box(), page.locator(".board-lane").first.bounding_box()["width"] / 7
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2
    device = page.context.new_cdp_session(page)

    def finger(kind, *place):
        device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [dict(zip("xy", place, strict=True))] if place else []})

    finger("touchStart", x, y)
    finger("touchMove", x - 40, y)
    expect(page.locator("#board-ghost")).to_be_hidden()
    finger("touchEnd")

    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2
    finger("touchStart", x, y)
    expect(page.locator("#board-ghost")).to_be_visible()
    for part in (0.3, 0.7, 1):
        finger("touchMove", x + day * part, y)
    finger("touchEnd")

    expect(page.locator("#board-ghost")).to_be_hidden()
    page.wait_for_function("() => document.querySelector('.bar.state-planned')?.dataset.version === '2'")
    visit.refresh_from_db()
    assert visit.planned_start == start + datetime.timedelta(days=1)
