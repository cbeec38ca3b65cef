"""A signature where something does not fit waits for a named person with a reason; only then the journey goes on."""

import datetime

import pytest
from django.urls import reverse

from conduct.base.errors import DomainError
from conduct.base.ids import uuid7
from conduct.trail.models import Event
from tests.factories import visits
from visits.papers.models import Paper
from visits.schedule.models import Visit
from visits.signoff import actions
from visits.signoff.difference_words import in_words
from visits.signoff.models import Settlement, SignNonce
from visits.signoff.queries import marked_for

LATER = datetime.timedelta(hours=4)


@pytest.fixture
def too_early(chen, wang, house, at):
    """Signed on a laptop without network, while a scope item had no result yet."""
    visit = visits.on_site(chen, at, wang.engineer)
    visits.answer_all(visit, "work", at)
    visits.answer_all(visit, "finish", at)
    Visit.objects.filter(pk=visit.pk).update(state="finished")
    visit.refresh_from_db()
    SignNonce.objects.create(visit=visit, nonce="a" * 32, issued_at=at)
    return _receive(visit, wang, at, nonce="a" * 32)


def _receive(visit, wang, at, nonce=None, **spoil):
    package = visits.package(visit, at + LATER, nonce=nonce) | spoil
    kept, _new = actions.receive(visit=visit, package_id=uuid7(at), package=package, by=wang, at=at + LATER)
    return kept


def _settle(kept, by, at, settlement=Settlement.ACCEPTED):
    return actions.settle(sign_off=kept, settlement=settlement, reason="与客户电话确认", by=by, at=at + LATER)


def test_accepted_by_a_person_it_counts_and_the_paper_is_made(too_early, chen, at):
    assert too_early.marks == ["not_ready"]

    _settle(too_early, chen, at)

    visit = Visit.objects.get(pk=too_early.visit_id)
    assert visit.state == "signed"
    assert Paper.objects.filter(sign_off=too_early).count() == 1
    assert Event.objects.get(verb="signing.accepted").by_name == str(chen)


def test_other_words_than_ours_can_never_count(finished, chen, wang, at):
    kept = _receive(finished, wang, at, sha256="0" * 64)

    with pytest.raises(DomainError, match="new signature|重新签字"):
        _settle(kept, chen, at)

    kept.refresh_from_db()
    assert kept.waits and not Paper.objects.exists()


def test_set_aside_the_customer_signs_again_under_the_same_version(finished, chen, wang, at):
    kept = _receive(finished, wang, at, sha256="0" * 64)
    _settle(kept, chen, at, Settlement.SET_ASIDE)

    again = _receive(finished, wang, at, strokes={**visits.STROKES, "height": 333})

    finished.refresh_from_db()
    assert (again.version, again.marks, finished.state) == (kept.version, [], "signed")


def test_only_one_person_decides(too_early, chen, techmgr_qian, at):
    _settle(too_early, chen, at, Settlement.SET_ASIDE)

    with pytest.raises(DomainError):
        _settle(too_early, techmgr_qian, at)


def test_it_leaves_the_desk_when_it_is_settled(too_early, chen, at):
    assert list(marked_for(Visit.objects.all())) == [too_early]

    _settle(too_early, chen, at, Settlement.SET_ASIDE)

    assert not marked_for(Visit.objects.all())


def test_the_page_shows_both_sides_and_asks_for_a_reason(client, finished, chen, wang, at):
    package = visits.package(finished, at + LATER)
    package["statement"]["scope"][0]["result"] = "partly"
    kept, _new = actions.receive(visit=finished, package_id=uuid7(at), package=package, by=wang, at=at + LATER)
    client.force_login(chen)
    address = reverse("signoff:settle", args=[finished.number, kept.pk])

    shown = client.get(address).content.decode()
    refused = client.post(address, {"settlement": "set_aside", "reason": ""})

    assert "服务内容 1 · 结果" in shown and "部分完成" in shown
    assert refused.status_code == 200 and kept.waits
    assert client.post(address, {"settlement": "set_aside", "reason": "重签"}).status_code == 302
    assert client.get(address).url == finished.get_absolute_url()


@pytest.mark.parametrize("person", ["wang", "zhao", "manager_sun", "online_wu", "stranger"])
def test_nobody_else_may_decide(client, too_early, request, person):
    client.force_login(request.getfixturevalue(person))

    assert client.get(reverse("signoff:settle", args=[too_early.visit.number, too_early.pk])).status_code == 404


def test_a_difference_is_told_in_words():
    rows = [
        {"field": "arrived_at", "before": "2026-11-24T08:55+08:00", "after": ""},
        {"field": "scope.2.result", "before": "done", "after": "partly"},
    ]

    said = in_words(rows)

    assert [row["field"] for row in said] == ["到达", "服务内容 2 · 结果"]
    assert (said[0]["before"], said[1]["after"]) == ("2026-11-24 08:55", "部分完成")
