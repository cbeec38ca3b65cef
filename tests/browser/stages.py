"""The stages of a record page on a laptop, as Wang goes through them."""

import datetime

from django.utils.translation import gettext, override, pgettext
from PIL import Image
from playwright.sync_api import expect


def later(page):
    """A minute after the arrival: departures lie after arrivals."""
    value = page.input_value("#dialog [name=departed_at]")
    return (datetime.datetime.fromisoformat(value) + datetime.timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M")


def said(page, text, context=None):
    """What the product says, in the language of this page."""
    with override(page.locator("html").get_attribute("lang").lower()):
        return pgettext(context, text) if context else gettext(text)


def answer(page, stage):
    """A plain yes to everything asked in this stage."""
    page.wait_for_selector(f".stage:nth-of-type({stage + 1}) .card-body")
    agree(page, page.locator(f".stage:nth-of-type({stage + 1})"))


def agree(page, part, picture=None):
    """A yes to everything asked in this part of the page, with the note, the name, the day or the picture that is asked for."""
    rows = part.locator("li:not(.passes):has(> [role=group])")
    while left := rows.count():
        question = rows.first.locator("[role=group]").get_attribute("aria-label")
        rows.first.locator("button").first.click()
        page.locator("#dialog[open]").or_(part.locator("li.passes", has_text=question)).first.wait_for()
        if page.locator("#dialog[open]").count():
            prove(page, picture)
        expect(rows).to_have_count(left - 1)


def prove(page, picture):
    """What the dialog of an answer asks for."""
    for name, value in {"note": "已确认", "evidence_name": "李喆", "evidence_date": f"{datetime.date.today()}"}.items():
        for field in page.locator(f"#dialog [name={name}]:visible").all():
            field.fill(value)
    for field in page.locator("#dialog [name=file]:visible").all():
        field.set_input_files(picture)
    save(page)


def save(page):
    page.click("#dialog button[value=save]")
    page.wait_for_selector("#dialog:not([open])", state="attached")


def arrive(page):
    """Everything before setting out, the departure and the arrival."""
    answer(page, 0)
    page.click(".stage-now .btn-primary.btn-lg")
    page.wait_for_selector(".stage-done")
    page.click(".stage-now .btn-primary.btn-lg")
    save(page)


def result(page, outcome="done", action="已更换电源模块并测试", **more):
    """The first scope item that has no result yet gets one."""
    page.locator(".scope-item .btn-primary").first.click()
    page.select_option("#dialog [name=result]", outcome)
    for name, text in {"action": action, **more}.items():
        page.fill(f"#dialog [name={name}]", text)
    save(page)


def leave(page):
    """The departure, and the rules before it and before signing."""
    answer(page, 3)
    page.click(".stage:nth-of-type(4) .btn-primary.btn-lg")
    page.fill("#dialog [name=departed_at]", later(page))
    page.fill("#dialog [name=odd_time_reason]", "测试中提前填写")
    save(page)
    answer(page, 4)


def new_need(page, text):
    """Somebody at headquarters decided on the telephone that it is done now: it is a scope item at once."""
    page.click(f"button:has-text('{said(page, 'New need: decided by telephone')}')")
    page.fill("#dialog [name=text]", text)
    page.select_option("#dialog [name=decision]", "do_now")
    page.fill("#dialog [name=decided_name]", "钱锋")
    page.fill("#dialog [name=decided_how]", "电话")
    save(page)
    expect(page.locator("[data-need=claimed]")).to_contain_text(text)


def work(page, picture, need=""):
    """Results, what is needed besides, two photos, the departure."""
    answer(page, 2)
    for _place in range(2):
        result(page)
    if need:
        new_need(page, need)
        result(page)
    for caption in ("前", "后"):
        page.click(f"button:text-is('{said(page, 'photo', 'entry')} …')")
        page.fill("#dialog [name=caption]", caption)
        page.set_input_files("#dialog [name=file]", picture)
        save(page)
    expect(page.locator("[data-local=waiting]").first).to_contain_text("本机")
    leave(page)


def photo(folder, size=(3000, 2000)):
    path = folder / "机房.png"
    Image.effect_noise(size, 60).convert("RGB").save(path)
    return path


def sign(page, language="zh-hans"):
    to_the_customer(page, language)
    write(page)
    page.wait_for_selector("#thanks:visible")


def to_the_customer(page, language="zh-hans"):
    """The page that the customer reads and signs, in the customer's language."""
    page.click(".stage:nth-of-type(5) .btn-primary.btn-lg")
    page.wait_for_url("**/sign/")
    if language == "en":
        page.click("a[lang=en]")
    page.wait_for_selector("#sign-form:visible")


def write(page):
    """The customer signs the page that is open, and sends it."""
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
