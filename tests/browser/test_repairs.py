"""A teacher reports by telephone camera, Li sorts by mouse and by keyboard; both sizes, and axe finds nothing."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from conduct.repairs import guard
from conduct.repairs.models import RepairTicket
from tests.browser.reading import axe
from tests.factories import repairs, visits


@pytest.fixture
def beamer(transactional_db, triager_li):
    visits.company()
    return repairs.equipment()


def card(page, ticket):
    return page.locator(f'.ticket-card[data-number="{ticket.number}"]')


def drag(page, ticket, quadrant):
    """By mouse. It is let go once the quadrant has seen it come, however slow the machine is."""
    target = page.locator(f'.quadrant[data-quadrant="{quadrant}"]')
    card(page, ticket).scroll_into_view_if_needed()
    here, there = card(page, ticket).bounding_box(), target.bounding_box()
    page.mouse.move(here["x"] + here["width"] / 2, here["y"] + here["height"] / 2)
    page.mouse.down()
    for step in range(100):  # a drag begins when the browser gets to it, and tells of itself with the next move only
        page.mouse.move(there["x"] + there["width"] / 2 + step % 9, there["y"] + 30)
        if "over" in target.get_attribute("class").split():
            break
        page.wait_for_timeout(50)
    expect(target).to_have_class(re.compile(r"\bover\b"))
    page.mouse.up()


def test_li_drags_a_card_and_sorts_the_next_one_by_keyboard(beamer, triager_li, wang, visitor):
    now = timezone.now()
    dragged, typed = repairs.reported(beamer, now), repairs.sorted_in(beamer, now, triager_li, "nn")
    li = visitor("li")
    li.goto("/repairs/board/")

    drag(li, dragged, "iu")
    dialog = li.locator("#sort-dialog")
    expect(dialog.locator("[name=quadrant]:checked")).to_have_value("iu")
    dialog.locator("[name=technician]").select_option(label="王磊")
    assert axe(li) == []
    dialog.locator("button.btn-primary").click()
    expect(li.locator('.quadrant[data-quadrant="iu"]')).to_contain_text(dragged.number)
    expect(card(li, dragged)).to_contain_text("王磊")

    # The same without a mouse: a reason is asked for, and the old deadline stays visible.
    card(li, typed).locator("[data-sort]").focus()
    li.keyboard.press("Enter")
    expect(dialog.locator("[name=quadrant]:checked")).to_be_focused()
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "Tab"):
        li.keyboard.press(key)
    li.keyboard.type("下午公开课要用")
    li.keyboard.press("Enter")
    expect(li.locator('.quadrant[data-quadrant="iu"]')).to_contain_text(typed.number)
    assert typed.deadlines.count() == 2
    assert axe(li) == []


def test_a_drop_is_thought_better_of_and_nothing_happens(beamer, triager_li, visitor):
    ticket = repairs.sorted_in(beamer, timezone.now(), triager_li, "nn")
    li = visitor("li", language="en")
    li.goto("/repairs/board/")

    drag(li, ticket, "in")
    expect(li.locator("#sort-dialog [name=reason]")).to_be_focused()
    li.locator("#sort-dialog [data-close]").click()

    expect(li.locator('.quadrant[data-quadrant="nn"]')).to_contain_text(ticket.number)
    assert ticket.deadlines.count() == 1


def test_a_teacher_reports_on_the_phone_and_li_sorts_on_hers(beamer, triager_li, visitor, monkeypatch):
    monkeypatch.setattr(guard, "TOO_QUICK", 0)
    teacher = visitor(size="phone")
    teacher.goto(f"/r/{beamer.label}/")
    teacher.fill("[name=fault]", "屏幕不亮")
    teacher.fill("[name=reporter_name]", "杨老师")
    photo = {"name": "fault.jpg", "mimeType": "image/jpeg", "buffer": repairs.picture().read()}
    teacher.set_input_files("[name=photos]", [photo])
    assert axe(teacher) == []
    teacher.locator("form[novalidate] button").click()
    teacher.wait_for_url("**/r/t/**")
    assert axe(teacher) == []

    ticket = RepairTicket.objects.get()
    li = visitor("li", size="phone")
    li.goto("/repairs/board/")
    card(li, ticket).locator("[data-sort]").click()
    li.locator("#sort-dialog").get_by_label("重要不紧急", exact=True).check()
    li.locator("#sort-dialog button.btn-primary").click()
    expect(li.locator('.quadrant[data-quadrant="in"]')).to_contain_text(ticket.number)
    assert axe(li) == []

    teacher.reload()
    expect(teacher.locator(".parcel-now")).to_contain_text("已分类")
