"""Wang's way through a machine room, on the record page of his laptop. Steps and buttons are named by the product's own words."""

from playwright.sync_api import expect

from tests.browser.stages import agree, said, save


def part_of(page, step):
    """Where a step of the machine room is asked about and taken."""
    return page.locator(".stage-now details", has=page.locator("summary", has_text=said(page, step, "step")))


def take(page, step, picture=None):
    """A yes to everything asked before this step, then the step."""
    agree(page, part_of(page, step), picture)
    part_of(page, step).locator("button.btn:not(.btn-group *)").click()


def carry(page, direction, thing):
    """Something is carried in or out, and noted."""
    page.click("#room-items button")
    page.select_option("#dialog [name=direction]", direction)
    page.fill("#dialog [name=name]", thing)
    page.fill("#dialog [name=quantity]", "1")
    save(page)


def enter_the_room(page, laptop):
    """Work and the room have their gates; nobody operates before they are answered."""
    asked = page.locator(".stage-now > .card-body > .checklist").first
    asked.wait_for()
    agree(page, asked)
    expect(part_of(page, "operate in the machine room").locator("button.btn:not(.btn-group *)")).to_be_disabled()
    take(page, "enter the machine room")
    take(page, "operate in the machine room")
    carry(page, "in", laptop)
    expect(page.locator("#room-items")).to_contain_text(f"{laptop}: 1")


def leave_the_room(page, laptop):
    """What was carried in and is still there keeps the door shut."""
    take(page, "leave the machine room")
    expect(page.locator("#problem")).to_contain_text(f"{laptop} (+1)")
    carry(page, "out", laptop)
    expect(page.locator("#room-items .state")).to_have_text(said(page, "even"))
    take(page, "leave the machine room")
    expect(part_of(page, "leave the machine room").locator("summary")).to_contain_text(f"· {said(page, 'noted')}")


def is_locked(page):
    """The change can be read and not be begun: only an emergency with its own written approval has a way."""
    card = page.locator("#production")
    expect(card).to_have_attribute("data-state", "approved")
    expect(card.locator("button")).to_have_text([f"{said(page, 'emergency change approved in writing', 'entry')} …"])


def change_production(page, steps, picture):
    """Begun with its gates answered, logged step by step, ended with every test passed. The form itself is not asked for."""
    card = page.locator("#production")
    expect(card).to_have_attribute("data-state", "ready")
    expect(card.locator(".checklist .passes")).to_contain_text(said(page, "Shown by the approval form of both sides"))
    expect(card.locator(".btn-primary")).to_be_disabled()
    agree(page, card, picture)
    card.locator(".btn-primary").click()
    expect(card).to_have_attribute("data-state", "running")
    for place in range(steps):
        card.locator("ol li .btn").nth(place).click()
        save(page)
    agree(page, card, picture)
    card.locator("button", has_text=said(page, "production change ended", "entry")).click()
    page.select_option("#dialog [name=outcome]", "passed")
    save(page)
    expect(card).to_have_attribute("data-state", "done")
    expect(card.locator("ol li .small")).to_have_count(steps)


def agreed_by_telephone(page, place, who):
    """Somebody at headquarters agreed that an item is not delivered."""
    page.locator(".scope-item").nth(place).locator(".btn-warning").click()
    page.fill("#dialog [name=confirmed_name]", who)
    page.fill("#dialog [name=confirmed_how]", "电话")
    save(page)


def asked_and_told(page, question, answer, who):
    """A question to headquarters waits; then somebody there answers by telephone, which is noted to be confirmed."""
    page.click(f"button:text-is('{said(page, 'question to headquarters', 'entry')} …')")
    page.fill("#dialog [name=text]", question)
    save(page)
    page.locator("[data-question=waiting] button").click()
    page.fill("#dialog [name=answer]", answer)
    page.fill("#dialog [name=answered_name]", who)
    page.fill("#dialog [name=answered_how]", "电话")
    save(page)
    expect(page.locator("[data-question=told]")).to_contain_text([answer])
    expect(page.locator("[data-question=told]")).to_contain_text([said(page, "answered by telephone, headquarters has to confirm it")])


def hand_over(page, wanted):
    """What remains goes to remote support; it is asked, and waits."""
    page.click(f"button:text-is('{said(page, 'Hand over to remote support')} …')")
    page.fill("#dialog [name=wanted]", wanted)
    save(page)
    expect(page.locator("[data-case=waiting]")).to_contain_text(wanted)
