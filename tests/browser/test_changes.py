"""A change in production in a machine room without a network: the approval was fetched before, and opens it in its window alone."""

import datetime

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.laptops import make_ready, sign_in, until
from tests.browser.stages import save
from tests.factories import visits
from tests.factories.changes import answer_gates, approved, picture
from tests.people import PASSWORD
from visits.changes import actions

HOUR = datetime.timedelta(hours=1)


def ready_for_a_change(chen, wang, qian):
    """Wang is on site, the form has both signatures and the gates are answered."""
    now = timezone.now().replace(second=0, microsecond=0)
    visits.company()
    visits.edition(now)
    wang.set_password(PASSWORD)
    wang.save()
    work = visits.order(chen, now - 5 * HOUR, traits=["production_change", "machine_room"])
    visit = visits.on_site(chen, now - 5 * HOUR, wang.engineer, work=work, start=now - HOUR, hours=4)
    visits.answer_all(visit, "work", now)
    answer_gates(visit, "start_change", now)
    change = approved(visit, chen, qian, now)
    actions.customer_signed(change=change, signer_name="李喆", signer_position="主任", signed_at=now, copy=picture(), by=chen, at=now)
    return visit


def test_begun_logged_and_rolled_back_without_a_network(server, laptop, chen, wang, techmgr_qian):
    visit = ready_for_a_change(chen, wang, techmgr_qian)
    page = laptop.open()
    sign_in(page)
    make_ready(page, visit.number)
    server.stop()

    page.goto(f"/visits/{visit.number}/record/")
    card = page.locator("#production")
    expect(card).to_have_attribute("data-state", "ready")
    card.locator(".btn-primary").click()
    expect(card).to_have_attribute("data-state", "running")
    card.locator("li .btn").first.click()
    save(page)
    expect(card.locator("li").first).to_contain_text("已完成")
    card.locator("button:has-text('上线操作结束')").click()
    page.select_option("#dialog [name=outcome]", "rolled_back")
    page.fill("#dialog [name=note]", "开单失败，已还原快照")
    save(page)
    expect(card).to_have_attribute("data-state", "rolled_back")

    server.start()
    page.goto("/queue/")
    until(page, "1", lambda _one: visit.entries.filter(kind="change_end", state="accepted").exists())
    visit.change_approval.refresh_from_db()
    assert (visit.change_approval.state, visit.change_approval.end_note) == ("rolled_back", "开单失败，已还原快照")
