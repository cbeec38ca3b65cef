"""The whole journey, as four people in one run: order, appointment, record, signature, paper, delivery, call, month."""

import datetime
import io
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from conduct.customers.indexing import index_sites
from conduct.customers.models import Site
from tests.browser.stages import answer, arrive, leave, result, sign
from tests.factories import visits
from tests.people import PASSWORD


@pytest.fixture
def story(transactional_db, request):
    """The people, the company and a customer's site, as of now: a browser's clock is the real one."""
    now = timezone.now()
    people = {name: request.getfixturevalue(name) for name in ("chen", "wang", "manager_sun")}
    visits.company()
    visits.edition(now)
    place = visits.site()
    index_sites(Site.objects.all())
    visits.has_read(people["wang"], now)
    return {**people, "site": place, "now": now}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_visit_from_order_to_month(story, worker, visitor, language):
    for person in ("chen", "wang", "manager_sun"):
        story[person].language = language
        story[person].save()
    chen, wang, sun = visitor("chen"), visitor("wang"), visitor("sun")

    raise_order(chen, story["site"])
    propose(chen, story)
    number = accept(wang)
    fill_record(wang, number)
    hand_over(wang, number, language)
    paper = paper_of(chen, number)
    call_and_archive(chen, number)
    sun.goto(f"/month/{timezone.localtime():%Y-%m}/")

    expect(sun.locator(".state-archived")).to_be_visible()
    assert "100 %" in sun.inner_text("main")
    title = "客户现场技术支持服务纪录" if language == "zh-hans" else "On-site Technical Support Service Record"
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages))
    assert re.sub(r"\s", "", title) in text
    assert "更换电源模块" in text and "李喆" in text


def raise_order(page, site):
    page.goto("/orders/new/")
    page.locator("#find").press_sequentially(site.number)
    page.locator("#found a").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=contact] option:nth-child(2)", state="attached")
    page.select_option("[name=contact]", index=1)
    page.fill("[name=reported_fault]", "交换机丢包")
    page.fill("[name=stated_cause]", "电源老化")
    page.fill("[name=scope]", "更换电源模块")
    page.click("#order-form button.btn-primary")
    page.wait_for_url("**/orders/WO-*/")


def propose(page, story):
    start = (story["now"] + datetime.timedelta(minutes=5)).astimezone(visits_zone())
    page.select_option("[name=engineer]", str(story["wang"].engineer.pk))
    page.fill("[name=identity_name]", "王工")
    page.fill("[name=identity_capacity]", "远景现场工程师")
    page.fill("[name=planned_start]", f"{start:%Y-%m-%dT%H:%M}")
    page.fill("[name=planned_end]", f"{start + datetime.timedelta(hours=2):%Y-%m-%dT%H:%M}")
    page.click("form:has([name=engineer]) button.btn-primary")
    expect(page.locator(".state-proposed")).to_be_visible()


def visits_zone():
    from tests.people import SHANGHAI

    return SHANGHAI


def accept(page):
    page.goto("/")
    page.click("a.list-group-item")
    page.click("form[action$='/confirm/'] button")
    page.wait_for_url("**/visits/V-*/")
    return page.url.rstrip("/").split("/")[-1]


def fill_record(page, number):
    page.goto(f"/visits/{number}/record/")
    arrive(page)
    answer(page, 2)
    result(page)
    leave(page)


def hand_over(page, number, language):
    """The customer signs in their language, and the engineer takes the laptop back."""
    sign(page, number, language)
    assert page.request.get("/visits/").status == 403
    page.goto(f"/visits/{number}/sign/leave/")
    page.fill("[name=secret]", PASSWORD)
    page.click("form[novalidate] button")
    page.wait_for_url(f"**/visits/{number}/")


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
