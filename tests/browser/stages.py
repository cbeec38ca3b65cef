"""The stages of a record page on a laptop, as Wang goes through them."""

from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_journey import answer, later, save


def arrive(page):
    """Everything before setting out, the departure and the arrival."""
    answer(page, 0)
    page.click(".stage-now .btn-primary.btn-lg")
    page.wait_for_selector(".stage-done")
    page.click(".stage-now .btn-primary.btn-lg")
    save(page)


def work(page, picture):
    """Results, two photos, the departure and the rules before signing."""
    answer(page, 2)
    for _place in range(2):
        page.click(".scope-item .btn-primary >> nth=0")
        page.select_option("#dialog [name=result]", "done")
        page.fill("#dialog [name=action]", "已更换电源模块并测试")
        save(page)
    for caption in ("前", "后"):
        page.click("button:text-is('照片 …')")
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


def photo(folder):
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
