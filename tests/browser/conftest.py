"""A real browser against a real server with a real worker."""

import datetime
import itertools
import shutil
import signal

import pytest
from django.utils import timezone
from playwright.sync_api import expect, sync_playwright

from tests.browser import laptops
from tests.browser.flags import FLAGS, PATIENCE, SIZES
from tests.browser.reading import axe
from tests.factories import visits
from tests.people import PASSWORD
from tests.workers import start_worker

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def folders(settings):
    """The worker is another process: files stay where both look, in DATA_DIR."""


@pytest.fixture(scope="module")
def play():
    """Ends with its module: while Playwright runs it holds the thread's event loop, which sealing needs elsewhere."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def chromium(play):
    browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def address(live_server):
    """Where visitors go. A story whose server stops and starts has an address of its own."""
    return live_server.url


@pytest.fixture
def visitor(chromium, address):
    """visitor("wang"): a page of a new browser of that person, signed in. It fails on any error of the page's scripts."""
    contexts, errors = [], []

    def open_page(username=None, size="laptop", language="zh-CN"):
        context = chromium.new_context(viewport=SIZES[size], locale=language, base_url=address)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None)
        if username:
            sign_in(page, username)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def sign_in(page, username):
    page.goto("/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("form[novalidate] button")
    page.wait_for_url("**/")


@pytest.fixture
def worker(transactional_db):
    """A Celery worker on the test's database."""
    process = start_worker()
    yield process
    process.send_signal(signal.SIGTERM)
    process.wait(30)


@pytest.fixture
def server(transactional_db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    laptops.collect_static()
    process = laptops.Server().start()
    yield process
    process.stop()


@pytest.fixture
def look(request):
    """look(page, "name"): as it stands there, no page is wider than its screen or hard to read aloud. `--pictures FOLDER` keeps it."""
    folder, places = request.config.getoption("--pictures"), itertools.count(1)

    def look_at(page, name):
        place = f"{next(places):02} {name}"
        if folder:
            page.screenshot(path=folder / request.node.callspec.id / f"{place}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{place}: wider than the screen"
        assert axe(page) == [], place

    return look_at


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
    one.close()
    assert one.errors == []
