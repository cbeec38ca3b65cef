"""Wang would like to leave his number with the customer. The record does not take it, and says what to do instead."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conduct.base.errors import DomainError
from conduct.base.ids import uuid7
from tests.factories import visits
from visits.postponements import actions as postponements
from visits.records import actions
from visits.schedule import actions as schedule

MINE = "以后直接打我手机138-1234-5678"


@pytest.fixture
def visit(house, chen, wang, at):
    return visits.on_site(chen, at, wang.engineer)


@pytest.mark.parametrize(("kind", "payload", "field"), [
    ("result", {"scope_item": 1, "result": "done", "action": MINE}, "action"),
    ("open_point", {"text": MINE}, "text"),
    ("promise", {"text": "微信 wanglei_88 上联系", "due": "2026-12-01"}, "text"),
    ("request", {"text": MINE}, "text"),
    ("note", {"text": MINE, "for_customer": True}, "text"),
    ("hq_confirmation", {"scope_item": 1, "confirmed_name": "钱锋 13812345678", "confirmed_at": "2026-11-24T12:30+08:00", "confirmed_how": "电话"}, "confirmed_name"),
    ("pause", {"at": "2026-11-24T12:30+08:00", "reason": MINE}, "reason"),
])  # fmt: skip
def test_what_the_customer_reads_holds_no_private_number(visit, at, kind, payload, field):
    visits.answer_all(visit, "work", at)

    with pytest.raises(actions.Refused) as refused:
        visits.enter(visit, kind, payload, at + 3 * visits.HOUR)

    assert list(refused.value.fields) == [field]
    assert "400-820-5566" in refused.value.fields[field][0]


def test_a_note_for_headquarters_may_hold_it(visit, at):
    assert visits.enter(visit, "note", {"text": MINE, "for_customer": False}, at)


def test_the_customers_own_number_and_the_hotline_may_stand_there(visit, at):
    assert visits.enter(visit, "open_point", {"text": "李主任 025-84421234 确认，有问题拨 400-820-5566"}, at)


def test_a_number_that_the_company_gave_to_the_project_may_stand_there(visit, house, at):
    house.project_numbers = "13812345678\n025-66668888"
    house.save()

    assert visits.enter(visit, "open_point", {"text": MINE}, at)


def test_what_was_typed_without_a_network_is_set_aside_and_not_lost(visit, at):
    entry = visits.enter(visit, "open_point", {"text": MINE}, at, live=False)

    assert (entry.state, entry.payload["text"]) == ("set_aside", MINE)


def test_the_customer_reads_the_agreed_name_and_not_the_real_one(visit, at):
    with pytest.raises(actions.Refused) as refused:
        visits.enter(visit, "request", {"text": "请王磊下周再来"}, at)
    assert "王工" in refused.value.fields["text"][0]
    assert visits.enter(visit, "note", {"text": "王磊已联系总部", "for_customer": False}, at)

    visit.order.site.contacts.update(name="王磊")  # somebody at the customer's is called so, too
    assert visits.enter(visit, "request", {"text": "请王磊下周再来"}, at)


def test_the_agreed_identity_and_the_reason_of_a_postponement_are_read_too(visit, chen, wang, at):
    with pytest.raises(DomainError) as refused:
        schedule.place(
            order=visit.order, engineer=wang.engineer, planned_start=at + 50 * visits.HOUR, planned_end=at + 51 * visits.HOUR,
            scope=list(visit.order.scope.all()), identity_name="王工", identity_capacity="工程师 微信wanglei_88", by=chen, at=at,
        )  # fmt: skip
    assert refused.value.field == "identity_capacity"

    window = {"new_from": at + 90 * visits.HOUR, "new_until": at + 99 * visits.HOUR}
    with pytest.raises(DomainError) as refused:
        postponements.postpone(order=visit.order, reason=MINE, by=chen, at=at, **window)
    assert refused.value.field == "reason"


def test_a_files_name_is_read_too(visit, wang, at):
    upload = SimpleUploadedFile("王工13812345678.pdf", b"%PDF-1.4\n", content_type="application/pdf")

    with pytest.raises(DomainError) as refused:
        actions.keep_file(visit=visit, file_id=uuid7(at), upload=upload, by=wang, at=at)
    assert refused.value.field == "file"


def test_headquarters_does_not_put_a_colleagues_number_into_the_order(house, chen, wang, at):
    wang.telephone = "13812345678"
    wang.save()

    with pytest.raises(DomainError) as refused:
        visits.order(chen, at, stated_cause="详情问王工１３８１２３４５６７８")
    assert refused.value.field == "stated_cause"


def test_the_number_of_somebody_who_reported_the_fault_stands_in_the_order(house, chen, at):
    assert visits.order(chen, at, stated_cause="报修人张老师 13700001111 描述为间歇性丢包")


def test_the_browser_keeps_nothing_that_is_typed_into_the_record(client, visit, wang):
    """Without it the browser remembers typed texts in its own profile, where anybody on this laptop reads them."""
    client.force_login(wang)

    assert '<form method="dialog" novalidate autocomplete="off">' in client.get(f"/visits/{visit.number}/record/").content.decode()


def test_the_browser_keeps_nothing_that_the_customer_types(client, house, chen, wang, at):
    visit = visits.finished(chen, at, wang.engineer)
    client.force_login(wang)
    client.post(f"/visits/{visit.number}/sign/start/")

    assert 'id="sign-form" novalidate autocomplete="off"' in client.get(f"/visits/{visit.number}/sign/").content.decode()
