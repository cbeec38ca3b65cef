"""What the caller asks is made from the record, and what differs becomes a finding with its rule."""

import datetime

import pytest
from django.utils import timezone, translation

from conduct.customers.models import Site
from conduct.rules.models import Rule
from conduct.violations.models import Violation
from visits.breaches import actions as breaches
from visits.breaches.models import Watch
from visits.followup import actions
from visits.followup.discrepancies import RULES, Discrepancy, between
from visits.followup.models import CallAttempt, FollowUp
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
    assert "2026-11-24 12:40" in page and "2026-11-24 12:00" in page, "both figures stand in the finding"
    client.post(f"/visits/{delivered.number}/violations/new/", {"rule": "signoff.times", "text": "早到"})
    after = client.get(f"/visits/{delivered.number}/follow-up/").content.decode()
    assert Violation.objects.get().number in after and "?rule=signoff.times" not in after


TYPED = {"content_as_agreed": "true", "solved": "true", "punctuality": "5", "skill": "5", "manner": "5", "result": "5"}


def test_times_are_those_of_the_site(client, delivered, chen):  # noqa: F811
    Site.objects.update(time_zone="Asia/Tokyo")
    client.force_login(chen)
    address = f"/visits/{delivered.number}/follow-up/"
    page = client.get(address).content.decode()
    assert "Asia/Tokyo" in page and page.count("2026-11-24 13:00") >= 2, "12:00 in Shanghai, in the question as in the record"

    client.post(address, TYPED | {"told_arrived_at": "2026-11-24T13:05"})

    assert FollowUp.objects.get().discrepancies == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"told_arrived_at": "2026-11-24T13:05", "told_departed_at": "2026-11-24T12:05"}, "told_departed_at"),
        ({"told_departed_at": "2099-01-01T12:05"}, "told_departed_at"),
        ({"told_arrived_at": "gestern"}, "told_arrived_at"),
    ],
)
def test_times_that_cannot_be_are_told_beside_their_field(client, delivered, chen, typed, field):  # noqa: F811
    client.force_login(chen)
    form = client.post(f"/visits/{delivered.number}/follow-up/", TYPED | typed | {"comment": "很好"}).context["form"]
    assert list(form.errors) == [field] and form["comment"].value() == "很好" and not FollowUp.objects.exists()


def test_an_attempt_that_cannot_be_kept_is_told_and_nothing_is_lost(client, delivered, chen):  # noqa: F811
    client.force_login(chen)
    response = client.post(f"/visits/{delivered.number}/follow-up/attempt/", {"outcome": "busy", "note": "忙" * 301})
    form = response.context["attempt_form"]
    assert response.status_code == 422 and form.errors["note"] and form["note"].value() == "忙" * 301
    actions.record_call(visit=delivered, account=ACCOUNT, scores=SCORES, by=chen, at=timezone.now())
    response = client.post(f"/visits/{delivered.number}/follow-up/attempt/", {"outcome": "busy"}, follow=True)
    assert "已有同事" in response.content.decode() and not CallAttempt.objects.exists()


def test_who_rules_reads_what_the_customer_said_after_archiving_too(client, delivered, chen, wang, techmgr_qian, at):  # noqa: F811
    address = f"/visits/{delivered.number}/follow-up/"
    actions.record_call(visit=delivered, account=ACCOUNT, scores=SCORES, comment="人很好", by=chen, at=at + DAY)
    actions.archive(visit=delivered, by=chen, at=at + DAY)

    client.force_login(techmgr_qian)
    page = client.get(address).content.decode()

    assert "人很好" in page and "<form" not in page.partition("<main")[2]
    assert address in client.get(delivered.get_absolute_url()).content.decode()
    assert client.post(address, TYPED).status_code == 404
    client.force_login(wang)
    assert client.get(address).status_code == 404
