"""What a customer signed without a network is always stored; what does not fit becomes a mark, and a person decides."""

import datetime

import pytest
from django.db import transaction

from conduct.company import actions as companies
from conduct.company.queries import company
from conduct.notices.models import Notice
from tests.factories import visits
from visits.records.models import Quarantined
from visits.schedule.models import Visit
from visits.signoff.models import SignOff
from visits.sync.actions import look_again, package_sha256

from .laptop import sha256_of
from .test_offline_entries import reassign

LATER = datetime.timedelta(hours=4)
HALF_AN_HOUR = datetime.timedelta(minutes=30)


@pytest.fixture
def ready(laptop, finished, at):
    """Wang's laptop has the finished visit with it, with nonces to sign without a network."""
    laptop.contact(at)
    return finished


def signed(laptop, visit, at, **facts):
    response = laptop.sign(visit, laptop.package(visit, at + LATER, **facts))
    return response, response.json()["receipt"]


def test_signed_offline_it_counts_like_any_other(laptop, ready, at):
    package = laptop.package(ready, at + LATER)
    first, again = laptop.sign(ready, package), laptop.sign(ready, package)

    ready.refresh_from_db()
    receipt = first.json()["receipt"]
    assert (first.status_code, again.status_code, ready.state) == (201, 200, "signed")
    assert receipt == again.json()["receipt"]
    assert (receipt["state"], receipt["sha256"], receipt["marks"]) == ("signed", package["sha256"], [])
    assert SignOff.objects.get().covers == package["covers"]


def test_two_signatures_from_two_laptops_are_both_stored_and_one_counts(laptop, second_laptop, ready, at):
    second_laptop.contact(at)
    other = second_laptop.package(ready, at + LATER, width=500)
    signed(laptop, ready, at)

    response = second_laptop.sign(ready, other)

    assert response.status_code == 201 and response.json()["receipt"]["state"] == "marked"
    assert [(row.counts, row.marks) for row in SignOff.objects.order_by("received_at")] == [(True, []), (False, ["superseded"])]


def change_hotline(chen, at):
    ours = company()
    ours.hotline = "400-000-0000"
    companies.save_company(company=ours, by=chen, at=at)


def give_away(visit, chen, zhao, at):
    reassign(visit, zhao.engineer, chen, at)


@pytest.mark.parametrize(
    ("happens", "mark"),
    [
        (lambda visit, chen, zhao, at: change_hotline(chen, at), "plan_changed"),
        (give_away, "reassigned"),
        (lambda visit, chen, zhao, at: Visit.objects.filter(pk=visit.pk).update(state="cancelled"), "withdrawn"),
        (lambda visit, chen, zhao, at: Visit.objects.filter(pk=visit.pk).update(state="on_site"), "not_waiting"),
        (lambda visit, chen, zhao, at: visits.enter(visit, "note", {"text": "补充", "for_customer": True}, at), "hash_differs"),
    ],
    ids=["hotline", "reassigned", "withdrawn", "on_site", "another entry"],
)
def test_what_changed_meanwhile_becomes_a_mark(laptop, ready, chen, zhao, at, happens, mark):
    package = laptop.package(ready, at + LATER)
    happens(ready, chen, zhao, at)

    receipt = laptop.sign(ready, package).json()["receipt"]

    assert receipt["state"] == "marked"
    assert SignOff.objects.get().marks == [mark]


@pytest.mark.parametrize(
    ("spoil", "mark"),
    [
        ({"clock": {"clock_offset_ms": 180_000}}, "clock"),
        ({"clock": {"clock_offset_ms": 0, "monotonic_ms": 0, "anchor_at": "2026-11-24T13:00:00+08:00"}}, "clock"),
        ({"covers": ["01890000-0000-7000-8000-000000000000"]}, "entries_missing"),
        ({"sha256": "0" * 64}, "hash_differs"),
        ({"changed": {"departed_at": "2026-11-24T13:59+08:00"}}, "hash_differs"),
    ],
    ids=["offset", "jump", "covers", "hash", "content"],
)
def test_what_does_not_fit_becomes_a_mark(laptop, ready, at, spoil, mark):
    _response, _receipt = signed(laptop, ready, at, **spoil)
    assert SignOff.objects.get().marks == [mark]


@pytest.mark.parametrize("spoil", [{"satisfaction": None}, {"statement": [1]}, {"strokes": {"width": "x"}}, {"signed_at": "noon"}])
def test_what_can_be_no_signature_is_kept_whole(laptop, ready, at, spoil):
    package = laptop.package(ready, at + LATER) | spoil

    first, again = laptop.sign(ready, package), laptop.sign(ready, package)

    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json()["receipt"]["state"] == "quarantined"
    assert Quarantined.objects.get().type == "package" and not SignOff.objects.exists()


@pytest.mark.parametrize("copied", ["nonce", "strokes"])
def test_a_copied_signature_is_kept_whole_and_never_counts(laptop, ready, at, copied):
    first = laptop.package(ready, at + LATER, sha256="0" * 64)
    laptop.sign(ready, first)
    again = laptop.package(ready, at + LATER, width=500) if copied == "strokes" else laptop.package(ready, at + LATER, nonce=first["nonce"])

    response = laptop.sign(ready, again | {copied: first[copied]})

    assert response.status_code == 202 and Quarantined.objects.count() == 1


def test_the_same_id_with_another_package_keeps_both(laptop, ready, at):
    package = laptop.package(ready, at + LATER)
    laptop.sign(ready, package)

    response = laptop.sign(ready, package | {"comment": "改了"})

    assert response.status_code == 409
    assert SignOff.objects.count() == Quarantined.objects.count() == 1


def test_receipts_are_answered_again_for_whoever_sent_it(laptop, client, zhao, ready, at):
    package = laptop.package(ready, at + LATER)
    laptop.sign(ready, package)
    path = f"/api/v1/sync/receipts/?id={package['id']}&id=01890000-0000-7000-8000-000000000000&id=x"

    assert [(row["id"], row["type"]) for row in laptop.get(path).json()["receipts"]] == [(package["id"], "package")]
    client.force_login(zhao)
    assert client.get(path).json()["receipts"] == []


def test_an_entry_that_arrives_with_the_package_is_covered(laptop, finished, at):
    laptop.contact(at)
    visits.enter(finished, "step", {"step": "work"}, at)
    note = laptop.entry(finished, "note", {"text": "离线补充", "for_customer": True}, at)
    laptop.send(finished, note)
    gone = laptop.entry(finished, "departed", {"departed_at": visits.iso(finished.planned_start + LATER / 2)}, at + LATER)
    laptop.send(finished, gone)

    _response, receipt = signed(laptop, finished, at)

    assert receipt["state"] == "signed" and note["id"] in SignOff.objects.get().covers
    assert sha256_of(finished, note)


@pytest.fixture
def overtaken(laptop, finished, at):
    """(note, departure, package): Wang resumed and finished without a network, and the package arrives first."""
    laptop.contact(at)
    visits.enter(finished, "step", {"step": "work"}, at)
    note = laptop.entry(finished, "note", {"text": "离线补充", "for_customer": True}, at)
    gone = laptop.entry(finished, "departed", {"departed_at": visits.iso(finished.planned_start + LATER / 2)}, at + LATER)
    with transaction.atomic():
        laptop.send(finished, note), laptop.send(finished, gone)
        package = laptop.package(finished, at + LATER)
        transaction.set_rollback(True)
    finished.refresh_from_db()
    laptop.sign(finished, package)
    return note, gone, package


def told(person):
    return Notice.objects.filter(to=person, code="sync.marked").count()


def test_a_package_that_overtook_its_entries_counts_once_they_are_here(laptop, finished, chen, at, overtaken):
    note, gone, package = overtaken
    assert SignOff.objects.get().marks == ["hash_differs", "not_waiting", "entries_missing"] and not told(chen)

    laptop.send(finished, note)
    look_again(at=at)
    assert SignOff.objects.get().waits
    laptop.send(finished, gone)
    look_again(at=at)
    look_again(at=at)

    kept = SignOff.objects.get()
    finished.refresh_from_db()
    assert (kept.marks, kept.counts, finished.state) == ([], True, "signed")
    assert kept.clock["departed"]["doubts"] == [] and not told(chen)
    assert [row["state"] for row in laptop.get(f"/api/v1/sync/receipts/?id={package['id']}").json()["receipts"]] == ["signed"]


def test_entries_that_stay_away_are_told_after_half_an_hour(chen, at, overtaken):
    received = SignOff.objects.get().received_at

    look_again(at=received + HALF_AN_HOUR / 2)
    assert not told(chen)
    look_again(at=received + HALF_AN_HOUR)
    look_again(at=received + 2 * HALF_AN_HOUR)

    assert told(chen) == 1


def test_what_else_does_not_fit_stays_and_is_told(laptop, finished, chen, at, overtaken):
    note, gone, _package = overtaken
    laptop.send(finished, note), laptop.send(finished, gone)
    change_hotline(chen, at)

    look_again(at=at)

    assert SignOff.objects.get().marks == ["plan_changed"] and told(chen) == 1


def test_a_notice_of_a_mark_that_is_gone_leads_to_the_visit(client, laptop, ready, chen, at):
    signed(laptop, ready, at)
    client.force_login(chen)

    response = client.get(f"/visits/{ready.number}/sign-offs/{SignOff.objects.get().pk}/settle/")

    assert response.status_code == 302 and response.url == ready.get_absolute_url()


def test_a_withdrawn_visit_can_not_be_accepted_but_set_aside(laptop, ready, chen, at):
    from conduct.base.errors import DomainError
    from visits.signoff import actions

    package = laptop.package(ready, at + LATER)
    Visit.objects.filter(pk=ready.pk).update(state="cancelled")
    laptop.sign(ready, package)
    facts = {"sign_off": SignOff.objects.get(), "reason": "客户改期后补签", "by": chen, "at": at}

    with pytest.raises(DomainError):
        actions.settle(settlement="accepted", **facts)
    actions.settle(settlement="set_aside", **facts)

    assert not SignOff.objects.get().waits


def test_a_signature_that_is_older_than_the_departure_it_covers_is_marked(laptop, ready, at):
    early = laptop.package(ready, at + HALF_AN_HOUR)

    response = laptop.sign(ready, early)

    assert response.status_code == 201 and response.json()["receipt"]["state"] == "marked"
    assert (SignOff.objects.get().marks, SignOff.objects.get().clock["signed"]["doubts"]) == (["clock"], ["early"])


@pytest.mark.parametrize(
    "spoil",
    [
        {"signed_at": ["\x00"]}, {"consent": "同意\x00"}, {"changed": {"departed_at": "\x00"}}, {"changed": {"departed_at": "\ud800"}}, {"changed": {"version": 10**30}},
        {"changed": {"scope": "x" * 10**5}}, {"wording_edition": None, "covers": ["\x00"]}, {"clock": {"clock_offset_ms": 10**30}},
        {"comment": "\x00"}, {"sha256": "\ud800"},
    ],
    ids=["moment", "consent", "nul", "surrogate", "number", "long", "covers", "clock", "comment", "hash"],
)  # fmt: skip
def test_whatever_the_bytes_are_it_is_stored(laptop, ready, at, monkeypatch, spoil):
    monkeypatch.setattr("tests.visits.sync.laptop.digest", lambda statement: "a" * 64)
    package = laptop.package(ready, at + LATER, **spoil)

    first, again = laptop.sign(ready, package), laptop.sign(ready, package)

    assert first.status_code in (201, 202) and again.status_code == 200
    assert SignOff.objects.count() + Quarantined.objects.count() == 1
    assert first.json()["receipt"]["package_sha256"] == package_sha256(package) == again.json()["receipt"]["package_sha256"]
