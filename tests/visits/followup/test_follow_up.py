"""The call, what differs, and what an archive asks for."""

import datetime

import pytest

from conduct.base.errors import DomainError
from conduct.outbox.models import Delivery
from conduct.tally.queries import totals
from tests.factories import visits
from visits.delivery.models import PaperDelivery
from visits.followup import actions
from visits.followup.completeness import missing
from visits.followup.discrepancies import between
from visits.papers.models import Paper

DAY = datetime.timedelta(days=1)
SCORES = {"punctuality": 5, "skill": 4, "manner": 5, "result": 4}
ACCOUNT = {
    "told_arrived_at": None,
    "told_departed_at": None,
    "content_as_agreed": True,
    "solved": True,
    "signed_personally": True,
}
WHOLE = {
    "closed": True, "kind": "signed", "has_stamp_or_reason": True, "received": True, "follow_up_state": "reached",
    "open_waivers": False, "open_scope_changes": False, "open_review": False, "open_postponement": False, "open_rules": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({}, []), ({"closed": False}, ["record"]), ({"kind": None}, ["signature"]), ({"received": False}, ["receipt"]),
        ({"has_stamp_or_reason": False}, ["stamp"]), ({"follow_up_state": "open"}, ["call"]), ({"open_rules": ["x"]}, ["rules"]),
        ({"open_waivers": True}, ["waiver"]),
        ({"open_scope_changes": True}, ["scope"]),
        ({"open_review": True}, ["review"]),
        ({"open_postponement": True}, ["postponement"]),
        ({"follow_up_state": "not_reached"}, []), ({"kind": "refused", "has_stamp_or_reason": False}, []),
        ({"kind": "refused", "follow_up_state": "not_reached"}, ["refusal"]),
        ({"kind": "refused", "follow_up_state": "open"}, ["refusal"]), ({"kind": "transcribed"}, []),
    ],
)  # fmt: skip
def test_what_an_archive_asks_for(change, lacks):
    assert missing(**(WHOLE | change)) == lacks


def test_differences_come_by_themselves(at):
    account = ACCOUNT | {"told_arrived_at": at + datetime.timedelta(minutes=16), "solved": False, "signed_personally": False}
    found = between(account, arrived_at=at, departed_at=at, all_done=True, signed=True)
    assert found == ["arrival", "not_solved", "not_signed"]
    assert between(ACCOUNT, arrived_at=at, departed_at=at, all_done=True, signed=True) == []


@pytest.fixture
def delivered(house, chen, wang, at):
    visit, sign_off = visits.signed(chen, at, wang.engineer)
    delivery = Delivery.objects.create(
        number="D-2026-000001", origin="paper", reference=visit.record_number, subject="s", recipient_kind="hq_mail",
        recipient="a@b", channel="mail_folder", message_id="<1>", queued_at=at, state="confirmed",
    )  # fmt: skip
    PaperDelivery.objects.create(paper=Paper.objects.get(sign_off=sign_off), delivery=delivery)
    return visit


def test_a_called_visit_is_archived_and_counted(delivered, chen, at):
    with pytest.raises(DomainError, match="尚缺"):
        actions.archive(visit=delivered, by=chen, at=at + DAY)
    actions.record_call(visit=delivered, account=ACCOUNT, scores=SCORES, by=chen, at=at + DAY)

    actions.archive(visit=delivered, by=chen, at=at + DAY)

    assert delivered.state == "archived"
    counts = totals(at.date().replace(day=1), at.date() + 9 * DAY)
    wanted = {"state.archived": 1, "closed": 1, "signed": 1, "on_time": 1, "first_time_fix": 1, "evaluation_hundredths": 450}
    assert {name: counts[name] for name in wanted} == wanted
    assert {name: number for name, number in counts.items() if name.startswith("state.") and number} == {"state.archived": 1}


def test_three_attempts_count_as_not_reached(delivered, chen, at):
    for day in (1, 2, 3):
        follow_up = actions.note_attempt(visit=delivered, outcome="no_answer", by=chen, at=at + day * DAY)
    assert follow_up.state == "not_reached"
    actions.archive(visit=delivered, by=chen, at=at + 4 * DAY)


@pytest.mark.parametrize("show", ["call", "archive", "undelivered"])
def test_the_lists_of_the_caller(client, delivered, chen, show):
    client.force_login(chen)
    response = client.get(f"/follow-ups/?show={show}")
    assert (delivered.record_number in response.content.decode()) is (show == "call")
