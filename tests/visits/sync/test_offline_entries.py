"""What was made without a network is never turned away: accepted, set aside with a reason, or kept whole."""

import datetime
import json

import pytest

from conduct.base.errors import DomainError
from tests.factories import visits
from visits.records import actions
from visits.records.judging import checklist_of
from visits.records.models import Entry, Quarantined, Record
from visits.schedule import actions as schedule
from visits.schedule.models import PlanVersion, Visit

from .laptop import sha256_of

HOUR = datetime.timedelta(hours=1)


def reassign(visit, engineer, by, at):
    """Headquarters gives the visit to somebody else."""
    PlanVersion.objects.create(
        visit=visit, version=visit.plan_version + 1, engineer=engineer, planned_start=visit.planned_start,
        planned_end=visit.planned_end, identity_name="赵工", identity_capacity="工程师", at=at, by=by,
    )  # fmt: skip
    Visit.objects.filter(pk=visit.pk).update(engineer=engineer, plan_version=visit.plan_version + 1)
    visit.refresh_from_db()


def test_the_receipt_names_the_hash_that_the_laptop_computed(laptop, on_site, at):
    note = laptop.entry(on_site, "note", {"text": " 机房温度偏高\r\n28 度\u0000 "}, at)

    response = laptop.send(on_site, note)

    assert response.status_code == 201
    assert response.json()["receipt"]["sha256"] == sha256_of(on_site, note)
    assert Entry.objects.get(pk=note["id"]).payload["text"] == "机房温度偏高\n28 度"


def test_after_the_visit_was_given_to_somebody_else_it_is_set_aside(laptop, chen, zhao, on_site, at):
    note = laptop.entry(on_site, "note", {"text": "已换电源"}, at)
    reassign(on_site, zhao.engineer, chen, at)

    receipt = laptop.send(on_site, note).json()["receipt"]

    assert receipt["state"] == "set_aside" and "另一位工程师" in receipt["reason"]
    assert laptop.send(on_site, {**note, "live": True}).status_code == 404


def test_after_the_visit_was_withdrawn_it_is_set_aside(laptop, chen, confirmed, at):
    note = laptop.entry(confirmed, "note", {"text": "已到门口"}, at)
    schedule.cancel(visit=confirmed, cancel_reason="客户改期", by=chen, at=at)

    receipt = laptop.send(confirmed, note).json()["receipt"]

    assert receipt["state"] == "set_aside" and "撤回" in receipt["reason"]


@pytest.mark.parametrize(
    ("kind", "payload"),
    [("note", {"text": "x", "mood": "ok"}), ("telegram", {"text": "x"}), ("note", {}), ("note", ["x"]), ("a" * 40, {"text": "x"})],
)
def test_an_entry_of_another_release_is_kept_whole(laptop, on_site, at, kind, payload):
    strange = laptop.entry(on_site, kind, payload, at)

    first, again = laptop.send(on_site, strange), laptop.send(on_site, strange)

    kept = Quarantined.objects.get()
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json() == again.json() and first.json()["receipt"]["state"] == "quarantined"
    assert json.loads(kept.body) == strange and str(kept.item_id) == strange["id"]


@pytest.mark.parametrize("spoil", [{"device_at": "2026-13-40T10:00+08:00"}, {"device_at": 7}, {"corrects": "x"}, {"monotonic_ms": 10**20}])
def test_so_is_one_whose_frame_cannot_be_read(laptop, on_site, at, spoil):
    strange = laptop.entry(on_site, "note", {"text": "x"}, at) | spoil
    assert laptop.send(on_site, strange).status_code == 202
    assert laptop.send(on_site, {**strange, "live": True}).status_code == 422


def test_without_an_id_there_is_nothing_to_give_a_receipt_for(laptop, on_site, at):
    assert laptop.send(on_site, laptop.entry(on_site, "note", {"text": "x"}, at, id="7")).status_code == 422


def test_an_answer_that_is_not_complete_is_set_aside_and_nothing_else_is_lost(laptop, on_site, at):
    rule = next(row for row in checklist_of(on_site, at=at).edition.rules.all() if row.enforce == "gate")
    answer = laptop.entry(on_site, "answer", {"rule_code": rule.code, "answer": "allowed_by"}, at)

    receipt = laptop.send(on_site, answer).json()["receipt"]

    assert receipt["state"] == "set_aside" and receipt["reason"]


def test_a_correction_of_an_entry_that_never_came_is_set_aside(laptop, on_site, at):
    late = laptop.entry(on_site, "note", {"text": "x"}, at, corrects="01890000-0000-7000-8000-000000000000")
    receipt = laptop.send(on_site, late).json()["receipt"]
    assert receipt["state"] == "set_aside" and receipt["sha256"] == sha256_of(on_site, late)


def test_entries_of_two_laptops_are_both_kept_in_the_order_of_their_receipt(laptop, second_laptop, on_site, at):
    laptop.contact(at)
    second_laptop.contact(at)
    early, late = laptop.entry(on_site, "note", {"text": "甲"}, at), second_laptop.entry(on_site, "note", {"text": "乙"}, at - HOUR)
    laptop.send(on_site, early)
    second_laptop.send(on_site, late)

    facts = Record.objects.get(visit=on_site).facts
    assert [note["text"] for note in facts["notes"]] == ["甲", "乙"]
    assert len(set(Entry.objects.filter(kind="note").values_list("device", flat=True))) == 2


def set_aside(laptop, visit, at):
    """A result outside of the scope, made without network."""
    item = laptop.entry(visit, "result", {"scope_item": 9, "result": "done", "action": "顺手修了打印机"}, at)
    laptop.send(visit, item)
    return Entry.objects.get(pk=item["id"])


def test_a_named_person_settles_what_was_set_aside(laptop, chen, on_site, at):
    entry = set_aside(laptop, on_site, at)
    actions.settle_entry(entry=entry, decision="stays", reason="打印机不归我们管", by=chen, at=at)

    entry.refresh_from_db()
    assert (entry.state, entry.settlement.by) == ("set_aside", chen)
    with pytest.raises(DomainError):
        actions.settle_entry(entry=entry, decision="stays", reason="再一次", by=chen, at=at)


def test_it_can_count_after_all_once_nothing_speaks_against_it(laptop, chen, confirmed, at):
    note = laptop.entry(confirmed, "result", {"scope_item": 1, "result": "done", "action": "已更换"}, at)
    laptop.send(confirmed, note)
    entry = Entry.objects.get(pk=note["id"])
    with pytest.raises(DomainError):
        actions.settle_entry(entry=entry, decision="counts", reason="x", by=chen, at=at)

    visits.answer_all(confirmed, "set_out", at)
    visits.enter(confirmed, "arrived", {"arrived_at": visits.iso(confirmed.planned_start)}, confirmed.planned_start)
    visits.answer_all(confirmed, "work", at)
    actions.settle_entry(entry=entry, decision="counts", reason="到场补记晚到", by=chen, at=at)

    assert Record.objects.get(visit=confirmed).facts["results"]["1"]["action"] == "已更换"


@pytest.mark.parametrize(
    "payload",
    [{"text": "a\x00b"}, {"text": "\ud800"}, {"te\x00xt": "x"}, {"\ud800": "x"}, {"text": 10**400}, {"text": ["x"] * 9999}, {"for_customer": {}}],
    ids=["nul", "surrogate", "nul in a name", "surrogate in a name", "number", "list", "object"],
)
def test_whatever_the_bytes_are_an_entry_is_stored(laptop, on_site, at, payload):
    entry = laptop.entry(on_site, "note", payload, at)

    first, again = laptop.send(on_site, entry), laptop.send(on_site, entry)

    assert first.status_code in (201, 202) and again.status_code == 200
    assert on_site.entries.filter(pk=entry["id"]).count() + Quarantined.objects.count() == 1
    assert first.json()["receipt"]["sha256"] == again.json()["receipt"]["sha256"]
