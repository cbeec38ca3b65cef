"""A customer who was not there signs by a link: once, within 72 hours, the words that headquarters has, and the record closes as on the laptop."""

import datetime
import json
import re

import pytest
from django.utils import timezone

from conduct.base.errors import DomainError
from conduct.base.ids import uuid7
from conduct.base.links import hash_of
from conduct.notices.models import Notice
from conduct.outbox.models import Delivery
from conduct.outbox.queries import parcel_of
from conduct.outbox.states import DeliveryState
from conduct.trail.queries import trail_of
from tests.factories import visits
from visits.invitations import actions
from visits.invitations.models import Invitation
from visits.invitations.queries import standing_of
from visits.papers.models import Paper
from visits.signoff.models import SignOff

HOUR = datetime.timedelta(hours=1)
MAIL = {"recipient": "it@school.example", "language": "zh-hans", "channels": ["mail_folder"]}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def visit(house, chen, wang, now):
    return visits.finished(chen, now - 10 * HOUR, wang.engineer)


@pytest.fixture
def token(visit, chen, now):
    _invitation, address = actions.invite(thing=visit, by=chen, at=now, **MAIL)
    return address.partition("#")[2]


def sent_by(page, **facts):
    """What the customer's page posts over the statement it was given."""
    signer = {"signer_name": "李喆", "signer_position": "主任", "signer_telephone": "025-84421234", "satisfaction": 5, "comment": "很好"}
    signature = {"kind": "signed", "strokes": visits.STROKES, "typed_name": "", "stamp": "", "no_stamp_reason": "公章外出", "refusal_reason": ""}
    bound = {name: page[name] for name in ("statement", "sha256", "nonce")}
    moment = timezone.now()
    return {"id": str(uuid7(moment)), "signed_at": moment.isoformat(timespec="seconds"), **bound, **signer, **signature, **facts}


def come(client, token):
    """The customer opens the link; returns the statement's page."""
    assert client.post("/signing/", {"token": token})["Location"] == "/signing/record/"
    assert client.get("/signing/record/").status_code == 200
    return client.get("/api/v1/signing/statement/").json()


def post(client, body):
    return client.post("/api/v1/signing/sign-off/", json.dumps(body), content_type="application/json")


def test_the_customer_signs_elsewhere_and_the_record_closes_as_on_the_laptop(client, visit, token, chen):
    page = come(client, token)
    assert page["statement"]["number"] == visit.record_number and page["statement"]["scope"][0]["text"] == "更换电源模块"

    body = sent_by(page)
    answer = post(client, body)

    visit.refresh_from_db()
    kept = SignOff.objects.get()
    assert answer.status_code == 201 and answer.json()["receipt"]["state"] == "signed"
    assert (visit.state, kept.by_link, kept.marks, kept.sha256) == ("signed", True, [], page["sha256"])
    assert Paper.objects.filter(sign_off=kept).exists() and kept.strokes == visits.STROKES
    assert Notice.objects.filter(to=chen, code="invitation.signed").exists()
    verbs = list(trail_of(visit).values_list("verb", flat=True))
    assert {"invitation.sent", "invitation.opened", "invitation.used", "visit.signed"} <= set(verbs)
    assert post(client, body).status_code == 200 and SignOff.objects.count() == 1  # the answer was lost on the way


def test_the_secret_is_in_the_letter_that_goes_out_and_nowhere_else(visit, token, client, chen):
    delivery = Delivery.objects.get(origin="invitation")
    attempt = delivery.attempts.create(fence=1, reference="x", started_at=delivery.queued_at)

    assert f"/signing/#{token}" in parcel_of(delivery, attempt).body
    assert len(token) == 43 and Invitation.objects.get().token_sha256 == hash_of(token)
    assert token not in str([*Delivery.objects.values(), *Invitation.objects.values(), *trail_of(visit).values()])
    client.force_login(chen)
    assert token not in client.get(delivery.get_absolute_url()).content.decode()


def test_the_one_who_signs_sees_nothing_else(client, visit, token, wang):
    come(client, token)
    page = client.get("/signing/record/")

    assert "no-store" in page["Cache-Control"] and page["Referrer-Policy"] == "same-origin"
    assert wang.name not in page.content.decode() and client.get("/api/v1/signing/statement/").json()["statement"]["identity"]["name"] == "王工"
    for address in (visit.get_absolute_url(), "/visits/", f"/api/v1/visits/{visit.number}/statement/"):
        assert client.get(address).status_code in (302, 401, 403)


def test_a_refusal_by_link_needs_its_reason_and_closes_too(client, visit, token, chen):
    page = come(client, token)
    assert post(client, sent_by(page, kind="refused")).json()["fields"]["refusal_reason"]

    assert post(client, sent_by(page, kind="refused", refusal_reason="时间不对")).status_code == 201

    visit.refresh_from_db()
    assert visit.state == "refused" and Notice.objects.filter(to=chen, code="invitation.refused").exists()


def says(client, token):
    page = client.post("/signing/", {"token": token})
    assert page.status_code == 200
    return page.context["ended"]


def test_each_end_of_a_link_is_said_plainly(client, visit, token, chen, now):
    assert client.post("/signing/", {"token": "A" * 43}).context["form"].errors["token"]
    newer = actions.invite(thing=visit, by=chen, at=now, **MAIL)[1].partition("#")[2]
    assert "撤回" in says(client, token)

    Invitation.objects.filter(token_sha256=hash_of(newer)).update(expires_at=now)
    assert "过期" in says(client, newer)

    third = actions.invite(thing=visit, by=chen, at=now, **MAIL)[1].partition("#")[2]
    visits.enter(visit, "step", {"step": "work"}, now)
    assert "稍后" in says(client, third)


def test_a_link_is_used_once(client, visit, token):
    page = come(client, token)
    assert post(client, sent_by(page)).status_code == 201

    again = post(client, sent_by(page))
    assert (again.status_code, SignOff.objects.count()) == (409, 1) and "已使用" in again.json()["message"]
    assert "已使用" in says(client, token)


def test_who_was_reading_when_the_link_ended_loses_nothing(client, visit, token, chen, now):
    page = come(client, token)
    actions.revoke(thing=visit, by=chen, at=now)

    assert client.get("/api/v1/signing/statement/").status_code == 410
    answer = post(client, sent_by(page))

    visit.refresh_from_db()
    assert answer.json()["receipt"]["state"] == "marked" and SignOff.objects.get().marks == ["link_ended"]
    assert visit.state == "finished" and standing_of(Invitation.objects.get(), now) == "attention"


def test_what_changed_while_the_customer_was_reading_never_counts_as_signed(client, visit, token, now):
    old = come(client, token)
    visits.enter(visit, "step", {"step": "work"}, now)
    visits.enter(visit, "result", {"scope_item": 1, "result": "done", "action": "已更换两个电源模块"}, now)
    visits.enter(visit, "departed", {"departed_at": visits.iso(now)}, now)
    assert client.get("/api/v1/signing/statement/").json()["sha256"] != old["sha256"]  # the page shows this before it sends

    answer = post(client, sent_by(old))

    visit.refresh_from_db()
    assert answer.json()["receipt"]["marks"] and (visit.state, SignOff.objects.get().marks) == ("finished", ["hash_differs"])


def test_a_link_goes_to_known_addresses_only_and_not_before_the_record_is_ready(house, visit, chen, wang, now):
    with pytest.raises(DomainError) as refused:
        actions.invite(thing=visit, by=chen, at=now, **MAIL | {"recipient": "somebody@else.example"})
    assert refused.value.field == "recipient"
    underway = visits.on_site(chen, now - 60 * HOUR, wang.engineer, work=visit.order)
    with pytest.raises(DomainError):
        actions.invite(thing=underway, by=chen, at=now, **MAIL)


def test_the_engineer_copies_a_link_once_and_the_visit_shows_what_became_of_it(client, visit, wang, chen):
    client.force_login(wang)
    page = client.post(f"/visits/{visit.number}/signing-link/", {"recipient": "", "language": "en"})
    token = re.search(r"/signing/#([\w-]{43})", page.content.decode())[1]
    assert "no-store" in page["Cache-Control"] and token not in client.get(f"/visits/{visit.number}/signing-link/").content.decode()

    client.post(f"/visits/{visit.number}/signing-link/", {"recipient": "it@school.example", "language": "zh-hans"})
    shown = client.get(visit.get_absolute_url())
    assert [row.standing for row in shown.context["invitations"]] == ["open", "revoked"]
    assert "it@school.example" in shown.content.decode()


def test_a_letter_that_does_not_arrive_is_told_to_who_sent_it(visit, token, chen, now):
    delivery = Delivery.objects.get(origin="invitation")
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.FAILED)
    delivery.refresh_from_db()

    actions.settled(delivery=delivery, at=now)

    assert Notice.objects.filter(to=chen, code="invitation.failed").exists()
    assert standing_of(Invitation.objects.get(), now) == "failed"
