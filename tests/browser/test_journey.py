"""The whole journey, as four people in one run: order, appointment, record, signature, paper, delivery, call, month."""

import io
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from conduct.customers.indexing import index_sites
from conduct.customers.models import Site
from tests.browser.desk import accept, call_and_archive, paper_of, propose, raise_order
from tests.browser.stages import answer, arrive, leave, result, sign
from tests.factories import visits
from tests.people import PASSWORD, SHANGHAI
from visits.schedule.models import Visit


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
    propose(chen, story["wang"].engineer, story["now"])
    number = accept(wang)
    fill_record(wang, number)
    hand_over(wang, number, language)
    paper = paper_of(chen, number)
    call_and_archive(chen, number)
    begins = Visit.objects.get().planned_start.astimezone(SHANGHAI)  # on the last evening of a month it may be the next one's
    sun.goto(f"/month/{begins:%Y-%m}/")

    expect(sun.locator(".state-archived")).to_be_visible()
    assert "100 %" in sun.inner_text("main")
    title = "客户现场技术支持服务纪录" if language == "zh-hans" else "On-site Technical Support Service Record"
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages))
    assert re.sub(r"\s", "", title) in text
    assert "更换电源模块" in text and "李喆" in text


def fill_record(page, number):
    page.goto(f"/visits/{number}/record/")
    arrive(page)
    answer(page, 2)
    result(page)
    leave(page)


def hand_over(page, number, language):
    """The customer signs in their language, and the engineer takes the laptop back."""
    sign(page, language)
    assert page.request.get("/visits/").status == 403
    page.goto(f"/visits/{number}/sign/leave/")
    page.fill("[name=secret]", PASSWORD)
    page.click("form[novalidate] button")
    page.wait_for_url(f"**/visits/{number}/")
