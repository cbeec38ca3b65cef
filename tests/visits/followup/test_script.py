"""What the caller asks is made from the record, and what differs becomes a finding with its rule."""

import datetime

import pytest
from django.utils import timezone, translation

from conduct.rules.models import Rule
from conduct.violations.models import Violation
from visits.breaches import actions as breaches
from visits.breaches.models import Watch
from visits.followup import actions
from visits.followup.discrepancies import RULES, Discrepancy, between
from visits.followup.queries import script_of
from visits.followup.script import questions

from .test_follow_up import ACCOUNT, DAY, SCORES, delivered  # noqa: F401

AT = datetime.datetime(2026, 11, 24, 4, 5, tzinfo=datetime.UTC)
RECORD = {
    "identity": "王工", "arrived_at": AT, "departed_at": AT + datetime.timedelta(hours=1), "scope": [("更换电源模块", "完成")],
    "signer": "李喆", "signed_at": AT, "hotline": "400-820-5566", "zone": "Asia/Shanghai",
}  # fmt: skip


def test_the_figures_of_the_record_stand_in_the_questions():
    asked = questions(**RECORD)

    assert "2026-11-24 12:05" in asked["told_arrived_at"] and "13:05" in asked["told_departed_at"]
    assert "更换电源模块 (完成)" in asked["content_as_agreed"] and "李喆" in asked["signed_personally"]
    assert "400-820-5566" in asked["contact_left"]


def test_where_nobody_signed_nobody_is_asked_about_it():
    assert "signed_personally" not in questions(**(RECORD | {"signer": ""}))
    assert "content_as_agreed" not in questions(**(RECORD | {"scope": []}))


def test_the_script_names_the_agreed_identity_and_never_the_engineer(delivered, wang):  # noqa: F811
    for language in ("zh-hans", "en"):
        with translation.override(language):
            script = script_of(delivered)
        text = script["opening"] + " ".join(script["questions"].values())
        assert "王工" in text and wang.name not in text


@pytest.mark.parametrize("code", Discrepancy.values)
def test_every_difference_may_be_a_breach_of_a_rule_that_exists(house, code):
    assert Rule.objects.filter(code=RULES[code]).exists()


@pytest.mark.parametrize(
    ("said", "found"), [({"contact_left": True}, ["contact_left"]), ({"did_more": True}, ["did_more"]), ({"did_more": False}, [])]
)
def test_what_only_the_customer_knows(said, found, at):
    assert between(ACCOUNT | said, arrived_at=at, departed_at=at, all_done=True, signed=True) == found


def test_what_the_customer_told_is_proposed_as_a_breach(delivered, chen, at):  # noqa: F811
    Watch.objects.create(pk=1, read_until=at + DAY / 2)
    account = ACCOUNT | {"contact_left": True, "signed_personally": False}
    actions.record_call(visit=delivered, account=account, scores=SCORES, by=chen, at=at + DAY)

    breaches.look(at=at + 2 * DAY)

    rows = Violation.objects.order_by("rule__code")
    assert [(row.rule.code, row.state) for row in rows] == [
        ("signoff.sign_and_stamp", "proposed"),
        ("work.no_private_contact", "proposed"),
    ]


def test_the_page_leads_from_a_difference_to_its_breach(client, delivered, chen, at):  # noqa: F811
    account = ACCOUNT | {"told_arrived_at": delivered.planned_start + datetime.timedelta(minutes=40)}
    client.force_login(chen)
    assert "记录为" in client.get(f"/visits/{delivered.number}/follow-up/").content.decode()
    actions.record_call(visit=delivered, account=account, scores=SCORES, by=chen, at=timezone.now())

    page = client.get(f"/visits/{delivered.number}/follow-up/").content.decode()

    assert f"/visits/{delivered.number}/violations/new/?rule=signoff.times" in page
