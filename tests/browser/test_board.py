"""A morning of two dispatchers in two browsers, by mouse and by keyboard: each sees what the other does."""

import datetime
import time
from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Error, expect

from conduct.approvals import actions as approvals
from conduct.approvals.models import Approval
from conduct.attendance import actions as attendance
from conduct.customers.indexing import index_sites
from conduct.customers.models import Site
from conduct.people.access import Role
from tests.browser.reading import axe
from tests.factories import visits
from tests.people import person
from visits.schedule import actions
from visits.schedule.models import Visit
from visits.suggestions import suggesting

SHANGHAI, HOUR = ZoneInfo("Asia/Shanghai"), datetime.timedelta(hours=1)
GONE = ("cancelled", "declined")
COUNT_NEW_NODES = """() => {
  window.newNodes = 0;
  const watch = new MutationObserver((changes) => { window.newNodes += changes.length; });
  watch.observe(document.getElementById("board-say").parentElement, { childList: true, subtree: true });
}"""

# Half a second in which nothing rolls.
STILL = """async () => {
  const place = () => [scrollX, scrollY, document.getElementById("board-scroll").scrollLeft, document.querySelector(".bar").getBoundingClientRect().x].join();
  for (let same = 0, was = place(); same < 30;) {
    await new Promise(requestAnimationFrame);
    same = place() === was ? same + 1 : 0;
    was = place();
  }
}"""

# Where to take a thing up on a board that shows what the server has, with nothing lying over it; null as long as that is not so.
GRIP = """async (what) => {
  const known = encodeURIComponent(document.getElementById("board-live").dataset.version);
  const { changed } = await (await fetch(`/board/changes/?version=${known}`)).json();
  const element = document.querySelector(what);
  if (changed || !element) return null;
  element.scrollIntoView({ block: "nearest", behavior: "instant" });
  const { left, top } = element.getBoundingClientRect(), grip = { x: left + 30, y: top + 15 };
  return document.elementFromPoint(grip.x, grip.y)?.closest(what) === element ? grip : null;
}"""
REDRAW = "import('/static/js/board/live.js').then((live) => live.refresh())"


@pytest.fixture
def desk(transactional_db, request):
    """Chen and He plan for Wang and Zhao; two orders wait. The week is one far enough ahead."""
    people = {name: request.getfixturevalue(name) for name in ("chen", "wang", "zhao", "manager_sun")}
    he = person("he", "何洁", Role.DISPATCHER)
    now = timezone.now()
    visits.company()
    visits.edition(now)
    first = visits.order(people["chen"], now)
    second = visits.order(people["chen"], now, first.site)
    for name in ("wang", "zhao"):
        visits.has_read(people[name], now)
    return {**people, "he": he, "first": first, "second": second}


def box_of(locator):
    """Where it is. Of a board that is drawn anew at this moment it is asked again."""
    while True:
        try:
            if box := locator.bounding_box():
                return box
        except Error:
            continue


def grip_of(page, what):
    """Where to take a thing up; the twentieth order waits below the edge of its list. Asked until the board lies still."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if grip := page.evaluate(GRIP, what):
            return grip
        page.wait_for_timeout(100)
    raise AssertionError(f"the board never lay still under {what}")


def point(page, engineer, day, hour_share=0.1):
    """A place in the week of the board: the engineer's row, the day's column."""
    lane = box_of(page.locator(f'[data-engineer="{engineer.number}"] .board-lane'))
    return lane["x"] + lane["width"] * (day + hour_share) / 7, lane["y"] + lane["height"] / 2


@pytest.mark.story
def test_a_morning_of_two_dispatchers(desk, visitor, monkeypatch):
    """Twenty orders come in, are planned, published and answered; an engineer falls ill, a customer calls off. Nobody reloads a board."""
    monkeypatch.setattr(suggesting, "SECONDS", 0)
    index_sites(Site.objects.all())
    chen, he = visitor("chen"), visitor("he")
    for page in (chen, he):
        page.goto("/board/?day=2099-01-05")
        page.evaluate("window.stayed = true")
    beside = he.context.new_page()

    a_list_of_orders_comes_in(beside)
    for fault in ("打印机卡纸", "无线网络中断"):
        somebody_calls(beside, fault)
    expect(chen.locator("#waiting [data-order]")).to_have_count(20)

    two_places_are_looked_for(desk, chen, he)
    the_others_are_planned(beside)
    expect(chen.locator(".bar.state-planned")).to_have_count(20)
    the_engineers_are_asked_and_answer(desk, chen, he)
    wang_is_ill(desk, chen, he)
    a_customer_calls_off(desk, chen, he)

    assert bars(chen) == bars(he) == sorted(Visit.objects.exclude(state__in=GONE).values_list("number", "state"))
    assert axe(chen) == axe(he) == [] and chen.evaluate("stayed") and he.evaluate("stayed")


def bars(page):
    """[(number, state), …] of what a board shows."""
    return sorted(tuple(pair) for pair in page.locator(".bar").evaluate_all("bars => bars.map(bar => [bar.dataset.visit, bar.dataset.state])"))


def a_list_of_orders_comes_in(page):
    """He takes over a customer's spreadsheet: sixteen orders for that week."""
    rows = [f"S-0001,检查第{place}号机柜,2099-01-05,2099-01-09,60" for place in range(16)]
    data = "\n".join(["现场编号,服务内容,期望起始,期望截止,预计时长", *rows]).encode()
    page.goto("/orders/import/")
    page.set_input_files("[name=sheet]", {"name": "orders.csv", "mimeType": "text/csv", "buffer": data})
    page.click("form[novalidate] button")
    page.wait_for_url("**/order-imports/*/")
    assert axe(page) == []
    page.click("form[novalidate] button")
    expect(page.locator("#messages")).to_contain_text("16")


def somebody_calls(page, fault):
    """By keyboard alone: the customer by the first letters of its name, then what is the matter."""
    page.goto("/orders/new/")
    page.keyboard.type("njsdyzx")
    expect(page.locator("#found a.list-group-item")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/orders/new/?site=*")
    for name, text in (("reported_fault", fault), ("scope", f"处理{fault}"), ("wanted_from", "2099-01-05T08:00"), ("wanted_to", "2099-01-09T18:00")):
        page.fill(f"[name={name}]", text)
    page.locator("#order-form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/orders/WO-*/")


def two_places_are_looked_for(desk, chen, he):
    """By mouse and by keyboard; what cannot be says so before the drop, what is dear asks why, and one move is taken back."""
    waiting = {name: f'[data-order="{desk[name].number}"]' for name in ("first", "second")}
    drag(chen, waiting["first"], (desk["wang"].engineer, 1))
    expect(he.locator("#board-news")).to_contain_text("陈静")  # first: it goes after some seconds
    expect(chen.locator(".bar.state-planned")).to_contain_text("09:00–11:00")

    he.locator(".bar.state-planned").focus()
    for key in ("m", "ArrowRight", "Shift+ArrowRight", "Enter"):
        he.keyboard.press(key)
    for page in (he, chen):
        expect(page.locator(".bar.state-planned")).to_contain_text("09:00–11:30")
    assert Visit.objects.get().planned_start.astimezone(SHANGHAI).day == 7

    drag(chen, waiting["second"], (desk["wang"].engineer, 2), says="不可以")
    expect(chen.locator("#board-news")).to_contain_text("已有安排")

    panel = chen.locator("#board-panel")
    for reason in ("赵敏在附近", "客户点名要赵敏"):
        drag(chen, waiting["second"], (desk["zhao"].engineer, 3), says="要说明理由")
        expect(panel.locator("[name=reason].is-invalid")).to_be_visible()
        panel.locator("[name=reason]").fill(reason)
        panel.locator("form[novalidate] button").click()
        expect(he.locator(".bar.state-planned")).to_have_count(2)
        if reason == "赵敏在附近":
            chen.locator("form[data-quiet] button").click()
            expect(he.locator(".bar.state-planned")).to_have_count(1)
            expect(chen.locator(waiting["second"])).to_be_visible()


def the_others_are_planned(page):
    """He has the computer look for places in Nanjing, and accepts all it found."""
    page.goto("/board/plan-these/")
    page.select_option("[name=city]", "南京")
    page.click("form[method=post]:has([name=orders]) button")
    expect(page.locator("[name=places]")).to_have_count(18)
    assert axe(page) == []
    page.click("form[action$=accept\\/] button")
    expect(page.locator("#messages")).to_contain_text("18")


def the_engineers_are_asked_and_answer(desk, chen, he):
    chen.locator("[data-panel]").first.click()
    chen.locator("#board-panel button.btn-primary").click()
    expect(he.locator(".bar.state-proposed")).to_have_count(20)
    asked = list(Visit.objects.filter(state="proposed").select_related("engineer__staff").order_by("planned_start", "id"))
    zhao_s = next(visit for visit in asked if visit.engineer == desk["zhao"].engineer)
    later, now = zhao_s.planned_start + 4 * HOUR, timezone.now()
    actions.counter(visit=zhao_s, counter_start=later, counter_end=later + 2 * HOUR, by=desk["zhao"], at=now)
    for visit in asked:
        if visit != zhao_s:
            actions.confirm(visit=visit, by=desk["wang"], at=now)
    expect(chen.locator(".bar.state-confirmed")).to_have_count(19)

    # He agrees to the other time by keyboard.
    he.locator(".bar.state-countered").focus()
    he.keyboard.press("Enter")
    he.locator("#board-panel form[action$=accept-counter\\/] button").focus()
    he.keyboard.press("Enter")
    expect(chen.locator(".bar.state-confirmed")).to_have_count(20)


def wang_is_ill(desk, chen, he):
    """His Friday is greyed on both boards; the visit of that day goes to Zhao, who is asked."""
    visit = Visit.objects.filter(engineer=desk["wang"].engineer).latest("planned_start")
    midnight = visit.planned_start.astimezone(SHANGHAI).replace(hour=0, minute=0)
    asked = {"kind": "sick", "start": midnight, "end": midnight + 24 * HOUR, "reason": "发烧", "by": desk["wang"], "at": timezone.now()}
    leave = attendance.ask_leave(**asked)
    approvals.approve(approval=Approval.objects.get(reference=leave.number), by=desk["manager_sun"], at=timezone.now())
    for page in (chen, he):
        expect(page.locator(".off-away")).to_have_count(1)

    day = midnight.weekday()
    drag(chen, f'[data-visit="{visit.number}"]', (desk["zhao"].engineer, day), says="要说明理由")
    panel = chen.locator("#board-panel")
    panel.locator("[name=reason]").fill("王磊生病")
    panel.locator("form[novalidate] button").first.click()
    expect(he.locator(".bar.state-proposed")).to_have_count(1)
    following = Visit.objects.get(previous=visit)
    assert (following.engineer, following.state) == (desk["zhao"].engineer, "proposed")


def a_customer_calls_off(desk, chen, he):
    """He cancels by keyboard, and the order waits on both boards again."""
    visit = Visit.objects.filter(state="confirmed").earliest("planned_start")
    he.locator(f'[data-visit="{visit.number}"]').focus()
    he.keyboard.press("Enter")
    panel = he.locator("#board-panel[open]")
    expect(panel).to_contain_text(visit.number)
    panel.locator("details summary").last.focus()
    he.keyboard.press("Enter")
    expect(panel.locator("[name=cancel_reason]")).to_be_visible()
    panel.locator("[name=cancel_reason]").focus()
    he.keyboard.type("客户停电检修")
    he.keyboard.press("Enter")
    for page in (he, chen):
        expect(page.locator(f'[data-visit="{visit.number}"]')).to_have_count(0)
        expect(page.locator(f'[data-order="{visit.order.number}"]')).to_be_visible()


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
    expect(chen.locator(f'[data-order="{desk["second"].number}"]')).to_be_focused()  # the next one: a keyboard stays where it worked
    assert axe(chen) == []
    chen.locator("form[data-quiet] button").click()
    expect(chen.locator(".bar")).to_have_count(0)


def test_a_visit_of_several_days_keeps_both_ends_and_a_board_that_is_signed_out_says_so(desk, visitor):
    start, end = datetime.datetime(2099, 1, 4, 9, tzinfo=SHANGHAI), datetime.datetime(2099, 1, 7, 17, tzinfo=SHANGHAI)
    facts = {"planned_start": start, "planned_end": end, "reason": "四天工期", "by": desk["chen"], "at": timezone.now()}
    visit = actions.place(order=desk["first"], engineer=desk["wang"].engineer, **facts)
    page = visitor("chen")
    page.goto("/board/?day=2099-01-05&view=day")

    carry(page, 40, 44, says="01-04 10:00–01-07 18:00")
    page.wait_for_function("() => document.querySelector('.bar.state-planned')?.dataset.version === '2'")
    visit.refresh_from_db()
    assert (visit.planned_start, visit.planned_end) == (start + HOUR, end + HOUR)

    page.context.clear_cookies()
    carry(page, 40, 48)
    expect(page.locator("#board-news")).to_contain_text("您已退出登录，未作任何更改。")
    expect(page.locator(".bar.state-planned")).to_be_visible()
    visit.refresh_from_db()
    assert visit.plan_version == 2


def carry(page, column, to, says=""):
    """Wang's bar by mouse, from one quarter of an hour of the day to another. A redraw that is due meanwhile waits for the hand."""
    lane = box_of(page.locator(".board-lane:has(.bar)"))
    place, height = lane["width"] / 96, lane["y"] + lane["height"] / 2
    page.mouse.move(lane["x"] + (column + 0.5) * place, height)
    page.mouse.down()
    page.evaluate(REDRAW)
    page.mouse.move(lane["x"] + (to + 0.5) * place, height, steps=4)
    expect(page.locator("#board-tip")).to_contain_text(says)
    page.mouse.up()


def drag(page, what, to, says=None):
    """By mouse, to the row of an engineer and a day: (engineer, day)."""
    grip = grip_of(page, what)
    to = point(page, *to)
    page.mouse.move(grip["x"], grip["y"])
    page.mouse.down()
    page.mouse.move(grip["x"] - 20, grip["y"], steps=2)
    page.mouse.move(*to, steps=4)
    expect(page.locator("#board-ghost")).to_have_attribute("data-place", {"不可以": "hard", "要说明理由": "soft"}.get(says, "free"))
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

    ghost = page.locator("#board-ghost")
    for _hand in range(8):  # the page still rolls from the finger before, and what stops it takes nothing up
        bar.scroll_into_view_if_needed()
        page.evaluate(STILL)
        box = bar.bounding_box()
        x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2
        finger("touchStart", x, y)
        with suppress(Error):
            ghost.wait_for(timeout=2000)
            break
        finger("touchEnd")
    expect(ghost).to_be_visible()
    page.evaluate(COUNT_NEW_NODES)
    for part in (0.3, 0.7, 1):
        finger("touchMove", x + day * part, y)
    expect(page.locator("#board-ghost")).to_have_attribute("data-place", "free")
    assert page.evaluate("newNodes") == 0, "a move that puts nodes into the page makes Chromium find the style of everything anew"
    finger("touchEnd")

    expect(page.locator("#board-ghost")).to_be_hidden()
    page.wait_for_function("() => document.querySelector('.bar.state-planned')?.dataset.version === '2'")
    visit.refresh_from_db()
    assert visit.planned_start == start + datetime.timedelta(days=1)
