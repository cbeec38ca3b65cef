"""What a customer signs is bound to its hash, always stored, and only counts when it is what headquarters has on record."""

import datetime
import json

import pytest

from conduct.base.errors import DomainError
from conduct.base.ids import uuid7
from tests.factories import visits
from tests.people import PASSWORD
from visits.papers.models import Paper
from visits.records.models import Record
from visits.signoff import actions
from visits.signoff.middleware import allowed
from visits.signoff.models import SignOff

LATER = datetime.timedelta(hours=4)


def test_a_signature_closes_the_record_and_asks_for_the_paper(chen, wang, house, at):
    visit, sign_off = visits.signed(chen, at, wang.engineer)

    assert visit.state == "signed" and sign_off.marks == []
    assert Record.objects.get(visit=visit).closed_at
    assert Paper.objects.get(sign_off=sign_off).state == "asked"


def test_the_same_package_twice_is_stored_once(finished, wang, at):
    package, same = visits.package(finished, at + LATER), uuid7(at)
    first = actions.receive(visit=finished, package_id=same, package=package, by=wang, at=at + LATER)
    again = actions.receive(visit=finished, package_id=same, package=package, by=wang, at=at + LATER)

    assert (first[1], again[1]) == (True, False)
    assert SignOff.objects.count() == 1


@pytest.mark.parametrize("spoil", [{"sha256": "0" * 64}, {"nonce": "f" * 32}])
def test_another_hash_is_stored_and_marked_but_never_signed(finished, wang, at, spoil):
    package = visits.package(finished, at + LATER) | spoil

    kept, _new = actions.receive(visit=finished, package_id=uuid7(at), package=package, by=wang, at=at + LATER)

    finished.refresh_from_db()
    assert kept.marks == ["hash_differs"]
    assert finished.state == "finished"
    assert not Paper.objects.exists()


@pytest.mark.parametrize("copied", ["nonce", "strokes"])
def test_nobody_signs_by_copying(chen, zhao, finished, wang, at, copied):
    first = visits.package(finished, at + LATER, sha256="0" * 64)
    actions.receive(visit=finished, package_id=uuid7(at), package=first, by=wang, at=at + LATER)
    second = visits.package(finished, at + LATER) | {"strokes": {**visits.STROKES, "height": 333}}

    with pytest.raises(DomainError):
        package = second | {copied: first[copied]}
        actions.receive(visit=finished, package_id=uuid7(at), package=package, by=wang, at=at + LATER)


def test_a_refusal_is_a_record_too(finished, wang, at):
    refusal = {"kind": "refused", "refusal_reason": "仍有告警", "strokes": None, "satisfaction": None}
    package = visits.package(finished, at + LATER, **refusal)

    actions.receive(visit=finished, package_id=uuid7(at), package=package, by=wang, at=at + LATER)

    finished.refresh_from_db()
    assert finished.state == "refused"
    assert Paper.objects.get().sign_off.refusal_reason == "仍有告警"


def test_nobody_signs_before_everything_is_there(on_site, wang, at):
    with pytest.raises(DomainError):
        actions.hand_over(visit=on_site, by=wang, at=at)


def test_a_correction_makes_version_two_that_names_the_first(chen, wang, house, at):
    visit, first = visits.signed(chen, at, wang.engineer)
    actions.correct(visit=visit, reason="型号写错", by=wang, at=at + LATER)
    visits.enter(visit, "step", {"step": "work"}, at + LATER)
    visits.enter(visit, "note", {"text": "型号更正为 S7706", "for_customer": True}, at + LATER)
    visits.enter(visit, "departed", {"departed_at": visits.iso(visit.planned_start + LATER / 2)}, at + LATER)
    package = visits.package(visit, at + LATER) | {"strokes": {**visits.STROKES, "width": 777}}

    second, _new = actions.receive(visit=visit, package_id=uuid7(at), package=package, by=wang, at=at + LATER)

    assert (second.version, second.marks) == (2, [])
    assert second.statement["previous_sha256"] == first.sha256


def test_the_sign_page_says_which_field_is_missing(client, wang, finished, at):
    client.force_login(wang)
    client.post(f"/visits/{finished.number}/sign/start/")
    given = client.get(f"/api/v1/visits/{finished.number}/statement/?language=en").json()
    body = {"id": str(uuid7()), "kind": "signed", "signed_at": "2026-11-24T15:00:00+08:00", **given, "strokes": visits.STROKES}

    response = client.post(
        f"/api/v1/visits/{finished.number}/sign-off/?language=en", json.dumps(body), content_type="application/json"
    )

    assert response.status_code == 422
    assert {"signer_name", "signer_telephone", "satisfaction", "no_stamp_reason"} <= set(response.json()["fields"])
    assert SignOff.objects.count() == 0


def test_bytes_that_no_database_keeps_are_turned_away_with_a_word(client, wang, finished, at):
    """A zero byte, half a character, numbers without end, something else than an object: never an error of the server."""
    actions.hand_over(visit=finished, by=wang, at=at)
    client.force_login(wang)
    sound = {**visits.package(finished, at + LATER), "id": str(uuid7(at)), "signed_at": visits.iso(at + LATER), "stamp": ""}
    far = {"width": 400, "height": 200, "strokes": [[[10**400, 0, 0, 0], [1, 1, 1, 1]]]}
    bad = [
        (400, sound | {"statement": sound["statement"] | {"cause": "\0"}}), (400, sound | {"\0": ""}), (400, sound | {"kind": "\ud800"}), (400, []),
        (422, sound | {"statement": []}), (422, sound | {"signed_at": [1]}), (422, sound | {"strokes": far}),
    ]  # fmt: skip
    for status, sent in bad:
        answer = client.post(f"/api/v1/visits/{finished.number}/sign-off/", json.dumps(sent), content_type="application/json")
        assert (answer.status_code, bool(answer.json()["message"])) == (status, True)
    assert not SignOff.objects.exists()


@pytest.mark.parametrize(
    ("path", "free"),
    [
        ("/visits/V-1/sign/", True), ("/visits/V-1/sign/leave/", True), ("/api/v1/visits/V-1/statement/", True),
        ("/api/v1/visits/V-1/sign-off/", True), ("/static/css/app.css", True), ("/sw.js", True),
        ("/", False), ("/visits/", False), ("/visits/V-1/", False), ("/visits/V-2/sign/", False), ("/me/", False),
        ("/api/v1/visits/V-1/bundle/", False), ("/accounts/logout/", False), ("/visits/V-1/record/", False),
    ],
)  # fmt: skip
def test_what_a_customer_may_open(path, free):
    assert allowed("V-1", path) is free


def test_the_engineer_takes_the_laptop_back_with_the_password(client, wang, finished):
    client.force_login(wang)
    client.post(f"/visits/{finished.number}/sign/start/")
    leave = f"/visits/{finished.number}/sign/leave/"

    assert client.get("/visits/").status_code == 403
    assert client.post(leave, {"secret": "wrong"}).status_code == 200
    assert client.get("/visits/").status_code == 403
    assert client.post(leave, {"secret": PASSWORD}).status_code == 302
    assert client.get("/visits/").status_code == 200


def test_a_sheet_signed_by_hand_is_matched_by_its_qr_code(client, chen, finished, at, tmp_path):
    from tests.visits.papers.pages import picture_of_sheet

    client.force_login(chen)
    address = f"/visits/{finished.number}/sign/transcribe/"
    form = {
        "signer_name": "李喆", "signer_position": "主任", "signer_telephone": "025-84421234", "satisfaction": 5,
        "signed_at": "2026-11-24T15:00", "no_stamp_reason": "",
    }  # fmt: skip
    early = form | {"signed_at": "2026-11-24T09:57"}
    tries = ((form, "VR-2026-999999", 200), (early, finished.record_number, 200), (form, finished.record_number, 302))
    for sent, number, status in tries:
        response = client.post(address, sent | {"scan": picture_of_sheet(number)})
        assert response.status_code == status
        assert (sent is early) == ("工程师于" in response.content.decode())
    assert SignOff.objects.get().kind == "transcribed"
