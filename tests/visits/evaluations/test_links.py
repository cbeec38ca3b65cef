"""A customer who prefers to write gets a link: good once, for a week, and it tells nothing that the customer should not know."""

import datetime
import re

import pytest
from django.utils import timezone

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.links import hash_of, new_token
from conduct.base.sealing import unseal
from conduct.customers.models import Contact, Site
from conduct.notices.models import Notice
from conduct.outbox.models import Delivery
from tests.factories import visits
from visits.evaluations import actions
from visits.evaluations.models import EvaluationLink
from visits.evaluations.queries import link_of_token
from visits.followup import actions as followup
from visits.followup.models import FollowUp

HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR
WRITTEN = {
    "content_as_agreed": "true", "did_more": "false", "solved": "true", "signed_personally": "true", "contact_left": "true",
    "punctuality": "5", "skill": "5", "manner": "4", "result": "5", "comment": "很好",
}  # fmt: skip
SAID = {"account": dict.fromkeys(("told_arrived_at", "told_departed_at", "content_as_agreed", "solved", "signed_personally")),
        "scores": {"punctuality": 5, "skill": 5, "manner": 5, "result": 5}, "comment": ""}  # fmt: skip


@pytest.fixture
def visit(house, chen, wang, at):
    return visits.signed(chen, at, wang.engineer)[0]


@pytest.fixture
def tomorrow():
    return timezone.now()


def test_the_token_has_256_bits_and_only_its_hash_is_kept(visit, chen, at):
    _link, token = actions.issue(visit=visit, by=chen, at=at + HOUR)

    assert len(token) == 43 and new_token()[0] != token
    assert EvaluationLink.objects.get().token_sha256 == hash_of(token) and token not in str(EvaluationLink.objects.values())


def test_the_customer_writes_once(client, visit, chen, tomorrow):
    _link, token = actions.issue(visit=visit, by=chen, at=tomorrow)
    assert client.get("/evaluate/").status_code == 200
    assert client.post("/evaluate/", {"token": token})["Location"] == "/evaluate/form/"

    assert "已收到" in client.post("/evaluate/form/", WRITTEN).content.decode()

    follow_up = FollowUp.objects.get()
    assert (follow_up.state, follow_up.by_link, follow_up.by, follow_up.comment) == ("reached", True, chen, "很好")
    assert follow_up.discrepancies == ["contact_left"]
    assert Notice.objects.filter(to=chen, code="evaluation.written").exists()
    assert client.post("/evaluate/form/", WRITTEN)["Location"] == "/evaluate/"
    assert client.post("/evaluate/", {"token": token}).context["form"].errors["token"]


def test_the_page_names_the_agreed_identity_and_no_engineer(client, visit, chen, wang, tomorrow):
    _link, token = actions.issue(visit=visit, by=chen, at=tomorrow)
    client.post("/evaluate/", {"token": token})

    page = client.get("/evaluate/form/")

    assert "王工" in page.content.decode() and wang.name not in page.content.decode()
    assert "no-store" in page["Cache-Control"] and page["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("typed", ["", "x", "A" * 43])
def test_a_code_that_is_none(client, visit, tomorrow, typed):
    response = client.post("/evaluate/", {"token": typed})
    assert response.status_code == 200 and response.context["form"].errors["token"]


def test_without_a_link_there_is_no_form(client, visit, tomorrow):
    assert client.get("/evaluate/form/")["Location"] == "/evaluate/"


def test_a_link_ends_after_a_week_by_a_newer_one_and_by_the_call(visit, chen, at):
    _link, first = actions.issue(visit=visit, by=chen, at=at)
    assert link_of_token(first, at + 7 * DAY - HOUR) and not link_of_token(first, at + 7 * DAY)

    _link, second = actions.issue(visit=visit, by=chen, at=at + HOUR)
    assert not link_of_token(first, at + 2 * HOUR) and link_of_token(second, at + 2 * HOUR)

    followup.record_call(visit=visit, by=chen, at=at + DAY, **SAID)
    assert not link_of_token(second, at + DAY)
    with pytest.raises(DomainError):
        actions.issue(visit=visit, by=chen, at=at + DAY)


def test_two_windows_send_one_evaluation(visit, chen, at):
    link, _token = actions.issue(visit=visit, by=chen, at=at)
    actions.evaluate(link=link, at=at + HOUR, **SAID)
    with pytest.raises(ForbiddenMove):
        actions.evaluate(link=link, at=at + HOUR, **SAID)


def test_what_is_left_out_keeps_what_was_written(client, visit, chen, tomorrow):
    _link, token = actions.issue(visit=visit, by=chen, at=tomorrow)
    client.post("/evaluate/", {"token": token})

    page = client.post("/evaluate/form/", WRITTEN | {"skill": ""})

    assert page.context["form"].errors["skill"] and page.context["form"]["comment"].value() == "很好"
    assert not FollowUp.objects.exists()


def test_the_customer_may_say_other_times_by_the_clock_of_the_site(client, visit, chen, tomorrow):
    Site.objects.update(time_zone="Asia/Tokyo")
    _link, token = actions.issue(visit=visit, by=chen, at=tomorrow)
    client.post("/evaluate/", {"token": token})
    assert "2026-11-24 13:00" in client.get("/evaluate/form/").content.decode(), "12:00 in Shanghai"

    client.post("/evaluate/form/", WRITTEN | {"contact_left": "false", "told_arrived_at": "2026-11-24T13:20"})

    assert FollowUp.objects.get().discrepancies == ["arrival"]


def test_the_link_goes_to_the_customers_known_address_by_our_mailbox(client, visit, chen):
    Contact.objects.update(email="li@school.example")
    client.force_login(chen)
    address = f"/visits/{visit.number}/evaluation-link/"
    assert "li@school.example" in client.get(address).content.decode()

    response = client.post(address, {"recipient": "li@school.example", "language": "en"})

    delivery = Delivery.objects.get(origin="evaluation")
    assert response["Location"].endswith("/follow-up/") and delivery.recipient == "li@school.example"
    assert (
        "How was our visit" in delivery.subject
        and "/evaluate/#" in unseal(delivery.secret)
        and "/evaluate/#" not in delivery.body
    )
    assert client.post(address, {"recipient": "wang@private.example", "language": "en"}).context["form"].errors["recipient"]

    delivery.state = "failed"
    actions.settled(delivery=delivery, at=timezone.now())
    assert Notice.objects.filter(to=chen, code="evaluation.failed").exists()


def test_the_dispatcher_sees_the_link_once(client, visit, chen, tomorrow):
    client.force_login(chen)
    page = client.post(f"/visits/{visit.number}/evaluation-link/", {"recipient": "", "language": "zh-hans"})
    token = re.search(r"/evaluate/#([\w-]{43})", page.content.decode())[1]
    assert link_of_token(token, tomorrow) and "no-store" in page["Cache-Control"]
    assert "/evaluate/#" not in client.get(f"/visits/{visit.number}/evaluation-link/").content.decode()
