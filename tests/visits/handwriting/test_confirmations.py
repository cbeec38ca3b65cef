"""Whom headquarters calls about a signature, and what comes of it."""

import datetime
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conduct.base.errors import ForbiddenMove
from conduct.base.ids import uuid7
from conduct.violations.models import Violation
from tests.factories import visits
from visits.handwriting import actions
from visits.handwriting.models import Confirmation, Hand, Hint
from visits.handwriting.states import TRANSITIONS, ConfirmationState
from visits.signoff import actions as signoff
from visits.signoff import erasing as signoff_erasing

from .pens import picture, writer, written

HOUR = datetime.timedelta(hours=1)
ALLOWED = {"waiting": "confirmed denied not_reached", "not_reached": "confirmed denied", "confirmed": "", "denied": ""}
LI, XU = writer("李喆"), writer("徐明")


def signed(chen, at, engineer, name, strokes, place=None):
    work = visits.order(chen, at, place or visits.site())
    visit = visits.finished(chen, at, engineer, work=work)
    moment = visit.planned_start + 2 * HOUR
    package = visits.package(visit, moment) | {"strokes": strokes, "signer_name": name}
    signoff.receive(visit=visit, package_id=uuid7(moment), package=package, by=engineer.staff, at=moment)
    visit.refresh_from_db()
    return visit


def look(at, lot=99):
    return actions.look(at=at + 24 * HOUR, draw=lambda sides: lot)


def test_the_table_is_the_one_we_agreed_on():
    assert {str(here): set(map(str, after)) for here, after in TRANSITIONS.items()} == {
        here: set(after.split()) for here, after in ALLOWED.items()
    }


@pytest.mark.parametrize(("lot", "chosen"), [(0, 1), (4, 1), (5, 0), (99, 0)])
def test_five_of_a_hundred_are_drawn_by_lot(house, chen, wang, at, lot, chosen):
    signed(chen, at, wang.engineer, "李喆", written(LI, 1))

    assert look(at, lot) == 1 and look(at, 0) == 0
    assert [row.chosen for row in Confirmation.objects.all()] == ["sample"] * chosen


def test_a_signature_on_paper_is_drawn_by_lot_too(house, chen, wang, at):
    visit = visits.finished(chen, at, wang.engineer)
    signer = {"signer_name": "李喆", "signer_position": "主任", "signer_telephone": "", "satisfaction": 5, "comment": ""}
    scan = SimpleUploadedFile("sheet.png", picture())
    facts = {"scan": scan, "signer": signer, "signed_at": at + 4 * HOUR, "language": "zh-hans"}
    signoff.transcribe(visit=visit, by=chen, at=at + 5 * HOUR, **facts)

    assert look(at, 0) == 1 and Confirmation.objects.get().chosen == "sample"


def test_two_people_with_one_hand_are_noticed(house, chen, wang, at):
    first = signed(chen, at, wang.engineer, "李喆", written(LI, 1))
    look(at - 18 * HOUR)
    second = signed(chen, at + 4 * HOUR, wang.engineer, "徐明", written(LI, 2), first.order.site)

    assert look(at + 200 * HOUR) == 1, "nothing looked for a week, and nothing is lost"

    hint = Hint.objects.get()
    assert (hint.sign_off.visit, hint.other.visit) == (second, first) and hint.percent >= 70
    assert [(row.visit, row.chosen) for row in Confirmation.objects.all()] == [(second, "hint")]


def test_the_same_person_may_sign_alike(house, chen, wang, at):
    first = signed(chen, at, wang.engineer, "李喆", written(LI, 1))
    signed(chen, at + 4 * HOUR, wang.engineer, "李喆", written(LI, 2), first.order.site)
    look(at)
    assert not Hint.objects.exists() and Hand.objects.count() == 2


def test_different_hands_give_no_hint(house, chen, wang, at):
    first = signed(chen, at, wang.engineer, "李喆", written(LI, 1))
    signed(chen, at + 4 * HOUR, wang.engineer, "徐明", written(XU, 1), first.order.site)
    look(at)
    assert not Hint.objects.exists()


def test_a_signature_like_the_engineers_own_is_noticed(house, chen, wang, at):
    actions.keep_specimen(engineer=wang.engineer, strokes=written(LI, 7), by=wang, at=at)
    visit = signed(chen, at, wang.engineer, "李喆", written(LI, 1))

    look(at)

    assert (Hint.objects.get().sign_off.visit, Hint.objects.get().other) == (visit, None)


@pytest.fixture
def chosen(house, chen, wang, at):
    signed(chen, at, wang.engineer, "李喆", written(LI, 1))
    look(at, 0)
    return Confirmation.objects.get()


def test_who_denies_the_signature_makes_it_a_breach_to_look_at(chosen, chen, at):
    actions.note_call(confirmation=chosen, state=ConfirmationState.DENIED, note="当天出差", by=chen, at=at + 30 * HOUR)

    violation = Violation.objects.get()
    assert (violation.rule.code, violation.state, violation.sight) == ("signoff.sign_and_stamp", "proposed", "not_signed")


def test_the_answer_is_noted_once(chosen, chen, at):
    other = Confirmation.objects.get()
    actions.note_call(confirmation=chosen, state=ConfirmationState.NOT_REACHED, by=chen, at=at + 30 * HOUR)
    actions.note_call(confirmation=chosen, state=ConfirmationState.NOT_REACHED, by=chen, at=at + 31 * HOUR)
    actions.note_call(confirmation=chosen, state=ConfirmationState.CONFIRMED, by=chen, at=at + 32 * HOUR)
    with pytest.raises(ForbiddenMove):
        actions.note_call(confirmation=other, state=ConfirmationState.DENIED, by=chen, at=at + 33 * HOUR)
    assert not Violation.objects.exists()


def test_the_page_shows_both_and_takes_the_answer(client, chosen, chen, at):
    client.force_login(chen)
    address = f"/visits/{chosen.visit.number}/confirmation/"
    page = client.get(address).content.decode()
    assert "data:image/svg+xml" in page and "025-84421234" in page

    assert client.post(address, {"state": "nonsense"}).context["form"].errors["state"]
    client.post(address, {"state": "confirmed", "note": "本人"})

    chosen.refresh_from_db()
    assert chosen.state == "confirmed"
    assert client.post(address, {"state": "denied"}).context["form"].errors


def test_who_rules_compares_and_does_not_call(client, chosen, techmgr_qian, wang):
    address = f"/visits/{chosen.visit.number}/confirmation/"
    client.force_login(techmgr_qian)
    page = client.get(address).content.decode()
    assert "data:image/svg+xml" in page and "<textarea" not in page
    assert client.post(address, {"state": "confirmed"}).status_code == 404
    client.force_login(wang)
    assert client.get(address).status_code == 404


def test_of_a_person_who_was_erased_neither_name_nor_hand_is_shown(client, chosen, chen, at):
    signoff_erasing.restrict(sign_offs=chosen.visit.sign_offs.all(), at=at)
    client.force_login(chen)
    for address in (f"/visits/{chosen.visit.number}/confirmation/", "/confirmations/"):
        page = client.get(address).content.decode()
        assert chosen.visit.record_number in page and "data:image" not in page
        assert page.count("李喆") == page.count("李喆 <a"), "the contact to call is no signer"


def test_the_engineer_gives_a_specimen(client, house, wang):
    client.force_login(wang)
    assert client.post("/me/signature/", {"strokes": "[1"}).context["form"].errors["strokes"]
    assert (
        client.post("/me/signature/", {"strokes": json.dumps({"width": 9, "height": 9, "strokes": [[[1, 1, 0, 1]]]})}).status_code
        == 200
    )
    client.post("/me/signature/", {"strokes": json.dumps(written(LI, 1))})

    assert wang.engineer.specimens.count() == 1 and "data:image" in client.get("/me/signature/").content.decode()
