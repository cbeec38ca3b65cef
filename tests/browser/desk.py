"""Headquarters before and after a visit, by its pages."""

import datetime

from playwright.sync_api import expect

from tests.people import SHANGHAI


def raise_order(page, site, scope="更换电源模块", traits=()):
    """The site is found by its number; what the customer says is taken down."""
    page.goto("/orders/new/")
    page.locator("#find").press_sequentially(site.number)
    page.locator("#found a").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=contact] option:nth-child(2)", state="attached")
    page.select_option("[name=contact]", index=1)
    page.fill("[name=reported_fault]", "交换机丢包")
    page.fill("[name=stated_cause]", "电源老化")
    page.fill("[name=scope]", scope)
    for trait in traits:
        page.check(f"[name=traits][value={trait}]")
    page.click("#order-form button.btn-primary")
    page.wait_for_url("**/orders/WO-*/")


def propose(page, engineer, now):
    """The order that is open, in five minutes and for two hours."""
    start = (now + datetime.timedelta(minutes=5)).astimezone(SHANGHAI)
    page.select_option("[name=engineer]", str(engineer.pk))
    page.fill("[name=identity_name]", "王工")
    page.fill("[name=identity_capacity]", "远景现场工程师")
    page.fill("[name=planned_start]", f"{start:%Y-%m-%dT%H:%M}")
    page.fill("[name=planned_end]", f"{start + datetime.timedelta(hours=2):%Y-%m-%dT%H:%M}")
    page.click("form:has([name=engineer]) button.btn-primary")
    expect(page.locator(".state-proposed")).to_be_visible()


def accept(page):
    """What the engineer is asked on the first page. Returns the visit's number."""
    page.goto("/")
    page.click("a.list-group-item")
    page.click("form[action$='/confirm/'] button")
    page.wait_for_url("**/visits/V-*/")
    return page.url.rstrip("/").split("/")[-1]


def paper_of(page, number):
    """The sealed paper, once the worker has made it and headquarters has it by both ways."""
    for _try in range(60):
        page.goto(f"/visits/{number}/")
        if page.locator(".list-group-item .state-confirmed").count() >= 3:
            break
        page.wait_for_timeout(500)
    assert page.locator(".list-group-item .state-confirmed").count() >= 3
    response = page.request.get(f"/visits/{number}/paper.pdf")
    assert response.headers["content-type"] == "application/pdf"
    return response.body()


def call_and_archive(page, number):
    page.goto("/follow-ups/")
    page.click(f"a[href='/visits/{number}/follow-up/']")
    for name in ("content_as_agreed", "solved", "signed_personally"):
        page.select_option(f"[name={name}]", "true")
    for name in ("punctuality", "skill", "manner", "result"):
        page.select_option(f"[name={name}]", "5")
    page.click("form:has([name=punctuality]) button.btn-primary")
    page.wait_for_selector(f"form[action='/visits/{number}/archive/']")
    page.click(f"form[action='/visits/{number}/archive/'] button")
    page.wait_for_url("**/follow-ups/")
