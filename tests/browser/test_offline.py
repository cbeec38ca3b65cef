"""A visit without a network: the real server process is stopped and started, the browser closed and killed."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect, sync_playwright

from tests.browser import laptops
from tests.browser.laptops import make_ready, sign_in, unlock
from tests.browser.test_journey import answer, later, save
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
        print(page.evaluate(open("/tmp/dump.js").read()))
        print(page.url, page.inner_text("body")[:300])
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


def test_a_whole_visit_without_a_network(server, visit, laptop, tmp_path):
    """Prepare, set out, arrive, answer, work with two photos, leave, sign; the browser closed in between; then it all arrives."""
    page = laptop.open()
    sign_in(page)
    make_ready(page, visit.number)
    server.stop()
    laptop.close()

    page = laptop.open()
    page.goto(f"/visits/{visit.number}/record/")
    unlock(page)
    work(page, photo(tmp_path))
    sign(page, visit.number)
    expect(page.locator("#thanks")).to_contain_text("本机")
    expect(page.locator("#thanks")).to_have_attribute("data-received", "")

    server.start()
    page.goto("/queue/")
    assert page.url.endswith(f"/visits/{visit.number}/sign/"), "other pages are out of the customer's reach"
    page.click("footer [data-leave]")
    unlock(page)
    page.wait_for_url("**/record/")
    expect(page.locator(".laptop-line[data-waiting='0'][data-reach=ok]")).to_be_visible(timeout=40_000)

    visit.refresh_from_db()
    sign_off = visit.sign_offs.get()
    assert (visit.state, sign_off.marks, sign_off.signer_name) == ("signed", [], "李喆")
    assert not visit.entries.exclude(state="accepted").exists()
    assert visit.entries.filter(kind="photo").count() == visit.entry_files.count() == 2


def work(page, picture):
    answer(page, 0)
    page.click(".stage-now .btn-primary.btn-lg")
    page.wait_for_selector(".stage-done")
    page.click(".stage-now .btn-primary.btn-lg")
    save(page)
    answer(page, 2)
    for _place in range(2):
        page.click(".scope-item .btn-primary >> nth=0")
        page.select_option("#dialog [name=result]", "done")
        page.fill("#dialog [name=action]", "已更换电源模块并测试")
        save(page)
    for caption in ("前", "后"):
        page.click(f"button:text-is('{PHOTO} …')")
        page.fill("#dialog [name=caption]", caption)
        page.set_input_files("#dialog [name=file]", picture)
        save(page)
    expect(page.locator("[data-local=waiting]").first).to_contain_text("本机")
    answer(page, 3)
    page.click(".stage:nth-of-type(4) .btn-primary.btn-lg")
    page.fill("#dialog [name=departed_at]", later(page))
    page.fill("#dialog [name=odd_time_reason]", "测试中提前填写")
    save(page)
    answer(page, 4)


PHOTO = "照片"


def photo(folder):
    from PIL import Image

    path = folder / "机房.png"
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(path)
    return path


def sign(page, number):
    page.click(".stage:nth-of-type(5) .btn-primary.btn-lg")
    page.wait_for_url("**/sign/")
    page.wait_for_selector("#sign-form:visible")
    page.locator("#pad").scroll_into_view_if_needed()
    box = page.locator("#pad").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 80)
    page.mouse.down()
    for step in range(30):
        page.mouse.move(box["x"] + 40 + step * 6, box["y"] + 80 + (step % 6) * 9)
    page.mouse.up()
    page.fill("[name=signer_name]", "李喆")
    page.fill("[name=signer_position]", "网络中心主任")
    page.fill("[name=signer_telephone]", "025-84421234")
    page.check("[name=satisfaction][value='5']")
    page.fill("[name=no_stamp_reason]", "公章外出")
    page.click("button[value=signed]")
    page.wait_for_selector("#thanks:visible")
