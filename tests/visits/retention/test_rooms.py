"""What the rooms beside the record keep of people, and what is left of it at the end."""

import datetime

import pytest

from conduct.base.ids import uuid7
from conduct.systems import actions as systems
from conduct.systems.models import IdempotentAnswer
from conduct.violations import queries as violations
from conduct.violations.models import Violation
from tests.conduct.violations.conftest import raised, ruled
from tests.factories import visits
from tests.visits.handwriting.pens import writer, written
from tests.visits.handwriting.test_confirmations import signed
from visits.feeds import actions as feeds
from visits.feeds.models import Feed
from visits.handwriting import actions as handwriting
from visits.handwriting.models import Confirmation, Hand, Hint, Specimen
from visits.imports import actions as imports
from visits.invitations import actions as invitations
from visits.postponements import actions as postponements
from visits.postponements.queries import statement_of
from visits.retention import actions
from visits.signoff.statement import digest

DAY = datetime.timedelta(days=1)
YEAR = 366 * DAY


@pytest.fixture
def two_alike(house, chen, wang, at):
    """Two names in one hand, and Wang's own specimen in that hand too."""
    hand = writer("李喆")
    handwriting.keep_specimen(engineer=wang.engineer, strokes=written(hand, 9), by=wang, at=at)
    first = signed(chen, at, wang.engineer, "李喆", written(hand, 1))
    signed(chen, at + DAY / 6, wang.engineer, "徐明", written(hand, 2), first.order.site)
    handwriting.look(at=at + DAY, draw=lambda sides: 99)
    assert Hint.objects.filter(other=None).exists() and Hint.objects.exclude(other=None).exists()


def test_the_shapes_of_signatures_go_with_the_signatures(two_alike, at):
    Confirmation.objects.update(note="客户说没有签过")

    actions.erase_due(at=at + 6 * YEAR)

    assert {(hand.signer_name, hand.shape) for hand in Hand.objects.all()} == {("–", None)}
    assert not Hint.objects.exists() and {row.note for row in Confirmation.objects.all()} == {"–"}


def test_wangs_own_hand_and_calendars_go_with_wang(two_alike, wang, chen, admin_zhou, at):
    feeds.open_feed(engineer=wang.engineer, name="手机", by=wang, at=at)
    feeds.open_feed(engineer=wang.engineer, name="大屏", by=chen, at=at)
    wang.is_active = False
    wang.save()

    actions.erase_staff(staff=wang, reason="本人要求", by=admin_zhou, at=at)

    assert not Specimen.objects.exists() and not Feed.objects.exists()
    assert not Hint.objects.filter(other=None).exists() and Hint.objects.exists()


def test_who_is_erased_leaves_breaches_that_only_who_rules_reads(client, house, chen, wang, manager_sun, admin_zhou, at):
    kept = ruled(chen, wang.engineer, at, ruler=manager_sun)
    wang.is_active = False
    wang.save()

    actions.erase_staff(staff=wang, reason="本人要求", by=admin_zhou, at=at)

    for reader, status in ((manager_sun, 200), (chen, 404), (admin_zhou, 404)):
        client.force_login(reader)
        assert client.get(kept.get_absolute_url()).status_code == status
    client.force_login(manager_sun)
    assert "工程师已离职" in client.get(kept.get_absolute_url()).content.decode() and violations.ruling_of(kept).points == 3


def test_of_a_breach_the_ruling_stays_and_the_words_go(house, chen, wang, manager_sun, at):
    old = ruled(chen, wang.engineer, at, ruler=manager_sun)
    waiting = raised(chen, wang.engineer, at, text="又一次")
    assert actions.erase_due(at=at + 2 * YEAR)["violations"] == 0

    assert actions.erase_due(at=at + 3.1 * YEAR)["violations"] == 1
    assert actions.erase_due(at=at + 3.1 * YEAR)["violations"] == 0

    old.refresh_from_db()
    ruling = violations.ruling_of(old)
    assert (old.what, old.answer, old.rule.code) == ("–", "–", "arrive.late_notice")
    assert (ruling.outcome, ruling.reason, ruling.by) == ("warning", "–", manager_sun)
    assert Violation.objects.get(pk=waiting.pk).text == "又一次"


def test_a_customers_word_on_a_postponement_goes_and_the_answer_stays(house, chen, at):
    order = visits.order(chen, at)
    window = {"new_from": at + 9 * DAY, "new_until": at + 10 * DAY}
    put_off = postponements.postpone(order=order, reason="李喆不在，改期", by=chen, at=at, **window)
    link, _address = invitations.invite(thing=put_off, recipient="it@school.example", language="zh-hans", channels=["mail_folder"], by=chen, at=at)
    statement = statement_of(put_off, language="zh-hans", nonce="n")
    signer = {"signer_name": "李喆", "signer_position": "主任", "signer_telephone": "025-1", "typed_name": "李喆", "comment": "好", "refusal_reason": ""}
    package = {"kind": "signed", "statement": statement, "sha256": digest(statement), "strokes": None, "signed_at": at, **signer}
    postponements.answer(postponement=put_off, answer_id=uuid7(at), package=package, nonce="n", by=chen, at=at)
    assert actions.erase_due(at=at + 4 * YEAR)["postponements"] == 0

    assert actions.erase_due(at=at + 5.1 * YEAR)["postponements"] == 1

    for row in (put_off, link):
        row.refresh_from_db()
    assert (put_off.signer_name, put_off.typed_name, put_off.reason, put_off.statement, link.recipient) == ("–", "", "–", {}, "")
    assert (put_off.state, put_off.sha256, put_off.new_from) == ("accepted", package["sha256"], window["new_from"])


def test_a_spreadsheet_of_orders_loses_its_cells(house, chen, at, client):
    rows = [["外部单号", "现场编号", "联系人", "服务内容"], ["A-1", "S-0001", "李喆", "检查电源"]]
    source = imports.look_at(name="orders.csv", rows=rows, by=chen, at=at)

    assert actions.erase_due(at=at + YEAR)["imports"] == 1

    client.force_login(chen)
    page = client.get(source.get_absolute_url())
    assert "已到保存期限" in page.content.decode() and not page.context["missing"]


def test_another_program_gets_its_answer_again_for_thirty_days(house, chen, admin_zhou, at):
    system, _token = systems.connect(name="OA", acts_for=chen, scopes=["orders.write"], per_minute=60, by=admin_zhou, at=at)
    systems.once(system=system, key="1", body={}, doing=lambda: (201, {"contact": "李喆"}), at=at)

    actions.erase_due(at=at + 29 * DAY)
    assert IdempotentAnswer.objects.exists()
    actions.erase_due(at=at + 31 * DAY)
    assert not IdempotentAnswer.objects.exists()
