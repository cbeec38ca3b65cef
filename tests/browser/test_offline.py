"""A visit without a network: the real server process is stopped and started, the browser closed and killed."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect, sync_playwright

from tests.browser import laptops
from tests.browser.laptops import make_ready, sign_in
from tests.factories import visits
from tests.people import PASSWORD


@pytest.fixture(scope="module")
def play():
    with sync_playwright() as started:
        yield started


@pytest.fixture
def server(transactional_db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    laptops.collect_static()
    process = laptops.Server().start()
    yield process
    process.stop()


@pytest.fixture
def visit(server, chen, wang):
    """Confirmed for Wang, beginning in five minutes: a browser's clock is the real one."""
    now = timezone.now()
    visits.company()
    visits.edition(now)
    for person in (chen, wang):
        person.set_password(PASSWORD)
        person.save()
    return visits.confirmed(chen, now, wang.engineer, start=now + datetime.timedelta(minutes=5))


@pytest.fixture
def laptop(play, server, tmp_path):
    one = laptops.Laptop(play, tmp_path / "profile", server.url)
    yield one
    for page in one.context.pages if one.context else []:
        print(page.url, page.inner_text("body")[:1500])
    one.close()
    assert one.errors == []


def test_the_record_page_opens_with_the_server_stopped(server, visit, laptop):
    page = laptop.open()
    sign_in(page)
    make_ready(page, visit.number)

    server.stop()
    page.goto(f"/visits/{visit.number}/record/")

    expect(page.locator("[data-fill=number]")).to_contain_text(visit.record_number)
    expect(page.locator(".stage-now")).to_be_visible()
    page.goto("/orders/")
    expect(page.locator(".empty-title")).to_be_visible()
