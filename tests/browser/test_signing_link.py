"""The customer signs on a telephone, by a link; the engineer's laptop is nowhere near."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.reading import axe
from tests.browser.stages import write
from tests.factories import visits
from visits.invitations import actions
from visits.signoff.models import SignOff

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def visit(transactional_db, chen, wang):
    visits.company()
    visits.edition(timezone.now())
    return visits.finished(chen, timezone.now() - 10 * HOUR, wang.engineer)


def test_a_customer_signs_on_a_telephone(visitor, visit, chen):
    now = timezone.now()
    _invitation, address = actions.invite(thing=visit, recipient="", language="zh-hans", channels=[], by=chen, at=now)
    phone = visitor(size="phone")

    phone.goto(f"/signing/#{address.partition('#')[2]}")
    phone.wait_for_url("**/signing/record/")
    expect(phone.locator("#statement")).to_contain_text("更换电源模块")
    expect(phone.locator("#sign-form")).to_be_visible()
    assert "#" not in phone.url and phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(phone) == []
    phone.fill("[name=signer_name]", "李喆")

    # Meanwhile the engineer corrects a line: nobody signs what headquarters does not have.
    visits.enter(visit, "step", {"step": "work"}, now)
    visits.enter(visit, "result", {"scope_item": 1, "result": "done", "action": "已更换两个电源模块"}, now)
    visits.enter(visit, "departed", {"departed_at": visits.iso(now)}, now)
    write(phone)
    expect(phone.locator("#problem")).to_contain_text("重新显示")
    expect(phone.locator("#statement")).to_contain_text("两个电源模块")
    assert phone.input_value("[name=signer_name]") == "李喆" and not SignOff.objects.exists()

    write(phone)
    expect(phone.locator("#thanks")).to_contain_text("收到您的签字")
    visit.refresh_from_db()
    assert (visit.state, SignOff.objects.get().by_link) == ("signed", True)
    phone.goto(f"/signing/#{address.partition('#')[2]}")
    expect(phone.locator(".alert-warning")).to_contain_text("已使用")
