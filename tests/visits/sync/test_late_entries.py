"""What arrives in another order than it was made waits at headquarters, and counts by itself once what it waited for is there."""

import datetime
import hashlib
import uuid

import pytest
from django.utils import translation

from conduct.checklists.queries import all_questions
from tests.factories import visits
from visits.records import actions
from visits.records.judging import checklist_of
from visits.records.models import Entry, Record
from visits.schedule.models import Visit
from visits.signoff.models import SignOff
from visits.sync import actions as sync
from visits.sync import queries

from .laptop import sha256_of_bytes
from .pictures import jpeg

MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


def made(laptop, visit, at, *rows):
    """Entries of (kind, payload), a minute apart, each naming the one before it."""
    entries = []
    for place, (kind, payload) in enumerate(rows):
        after = entries[-1]["id"] if entries else None
        entries.append(laptop.entry(visit, kind, payload, at + place * MINUTE, after=after))
    return entries


@pytest.fixture
def working(on_site, at):
    """On site, every rule answered, all but the first scope item done."""
    for step in ("work", "finish", "sign"):
        visits.answer_all(on_site, step, at)
    for item in on_site.scope.filter(position__gt=1):
        visits.enter(on_site, "result", {"scope_item": item.position, "result": "done", "action": "已完成"}, on_site.planned_start + HOUR)
    return on_site


@pytest.fixture
def rest_of_the_visit(laptop, working, at):
    """[result, first note, second note, departure], not sent yet."""
    laptop.contact(at)
    return made(
        laptop, working, working.planned_start + 2 * HOUR, ("result", {"scope_item": 1, "result": "done", "action": "已更换"}), ("note", {"text": "甲", "for_customer": True}),
        ("note", {"text": "乙", "for_customer": True}), ("departed", {"departed_at": visits.iso(working.planned_start + 90 * MINUTE)}),
    )  # fmt: skip


def test_what_comes_too_early_waits_and_counts_when_the_late_one_is_here(laptop, working, rest_of_the_visit, at):
    result, first, second, departed = rest_of_the_visit
    early = [laptop.send(working, entry).json()["receipt"] for entry in (departed, second, first)]
    assert [receipt["state"] for receipt in early] == ["waiting"] * 3
    assert Visit.objects.get(pk=working.pk).state == "on_site"

    late = laptop.send(working, result).json()["receipt"]

    assert late["state"] == "accepted" and laptop.send(working, departed).json()["receipt"]["state"] == "accepted"
    assert Visit.objects.get(pk=working.pk).state == "finished"
    assert [note["text"] for note in Record.objects.get(visit=working).facts["notes"]] == ["甲", "乙"]
    assert not Entry.objects.exclude(state="accepted").exists()


def test_the_signature_over_them_counts_by_itself(laptop, working, rest_of_the_visit, at):
    result, first, second, departed = rest_of_the_visit
    for entry in rest_of_the_visit:
        laptop.send(working, entry)
    package = laptop.package(Visit.objects.get(pk=working.pk), working.planned_start + 3 * HOUR)
    Entry.objects.filter(pk__in=[entry["id"] for entry in rest_of_the_visit]).delete()
    Visit.objects.filter(pk=working.pk).update(state="on_site")
    Record.objects.filter(visit=working).update(facts={**Record.objects.get(visit=working).facts, "results": {}, "notes": [], "departed_at": None})

    for entry in (second, departed, first):
        laptop.send(working, entry)
    assert laptop.sign(working, package).json()["receipt"]["state"] == "marked"
    laptop.send(working, result)
    sync.look_again(at=working.planned_start + 4 * HOUR)

    assert SignOff.objects.get().marks == [] and Visit.objects.get(pk=working.pk).state == "signed"


def test_a_photo_waits_for_its_file_and_holds_nobody_up(laptop, working, at):
    laptop.contact(at)
    data, file_id = jpeg(), str(uuid.uuid4())
    photo, result, departed = made(
        laptop, working, working.planned_start + 2 * HOUR, ("photo", {"caption": "机柜", "file": file_id}), ("result", {"scope_item": 1, "result": "done", "action": "已更换"}),
        ("departed", {"departed_at": visits.iso(working.planned_start + 90 * MINUTE)}),
    )  # fmt: skip
    receipts = [laptop.send(working, entry).json()["receipt"] for entry in (photo, result, departed)]
    assert [receipt["state"] for receipt in receipts] == ["waiting", "accepted", "accepted"]
    assert "照片" in receipts[0]["reason"]

    laptop.piece(working, file_id, data, offset=0, total=len(data), sha256=sha256_of_bytes(data))

    assert Entry.objects.get(pk=photo["id"]).state == "accepted"
    assert [row["caption"] for row in Record.objects.get(visit=working).facts["photos"]] == ["机柜"]


def test_an_answer_whose_photo_is_late_lets_its_step_wait(laptop, confirmed, at):
    """Without the evidence the gate is not passed; what comes after it is not to blame."""
    laptop.contact(at)
    first, *others = [question.rule.code for question in all_questions(checklist_of(confirmed, at=at))["set_out"]]
    for code in others:
        visits.enter(confirmed, "answer", {"rule_code": code, "answer": "yes", "note": "已确认"}, at)
    file_id = str(uuid.uuid4())
    answer, arrived = made(
        laptop, confirmed, confirmed.planned_start, ("answer", {"rule_code": first, "answer": "yes", "note": "见照片", "file": file_id}),
        ("arrived", {"arrived_at": visits.iso(confirmed.planned_start)}),
    )  # fmt: skip
    assert [laptop.send(confirmed, entry).json()["receipt"]["state"] for entry in (answer, arrived)] == ["waiting", "waiting"]

    data = jpeg()
    laptop.piece(confirmed, file_id, data, offset=0, total=len(data), sha256=sha256_of_bytes(data))

    assert Visit.objects.get(pk=confirmed.pk).state == "on_site"


def test_a_correction_may_arrive_before_what_it_corrects(laptop, working, at):
    old = laptop.entry(working, "note", {"text": "门锁坏"}, at)
    new = laptop.entry(working, "note", {"text": "门锁与门把坏"}, at + MINUTE, corrects=old["id"], after=old["id"])

    laptop.send(working, new)
    laptop.send(working, old)

    assert [note["text"] for note in Record.objects.get(visit=working).facts["notes"]] == ["门锁与门把坏"]
    assert str(Entry.objects.get(pk=new["id"]).corrects_id) == old["id"]


def test_what_is_really_wrong_is_set_aside_once_its_turn_comes(laptop, working, at):
    first, wrong = made(laptop, working, at, ("note", {"text": "甲"}), ("result", {"scope_item": 9, "result": "done", "action": "打印机"}))
    assert laptop.send(working, wrong).json()["receipt"]["state"] == "waiting"
    laptop.send(working, first)
    assert Entry.objects.get(pk=wrong["id"]).state == "set_aside"


def test_what_waits_in_vain_is_shown_after_a_day_and_a_person_decides(laptop, chen, working, at):
    _lost, note = made(laptop, working, at, ("note", {"text": "甲"}), ("note", {"text": "乙"}))
    laptop.send(working, note)
    entry = Entry.objects.get(pk=note["id"])
    assert not queries.entries_to_settle(entry.received_at + DAY / 2)
    assert list(queries.entries_to_settle(entry.received_at + DAY)) == [entry]

    actions.settle_entry(entry=entry, decision="counts", reason="电脑坏了，前一条找不回来", by=chen, at=at + DAY)

    assert [row["text"] for row in Record.objects.get(visit=working).facts["notes"]] == ["乙"]


def test_once_a_person_gave_up_what_a_laptop_lost_nothing_waits_for_it(laptop, chen, working, server_time, at):
    lost, first, second = made(laptop, working, at, ("note", {"text": "甲"}), ("note", {"text": "乙"}), ("note", {"text": "丙"}))
    server_time(at)
    laptop.contact(at, held=[laptop.held(lost, visit=working, at=at, sha256=hashlib.sha256(b"x").hexdigest())])
    laptop.send(working, first)
    laptop.send(working, second)
    laptop.contact(at, held=[])

    device = Entry.objects.get(pk=first["id"]).device
    sync.settle_missing(device=device, reason="硬盘坏了", by=chen, at=at + DAY)

    assert [row["text"] for row in Record.objects.get(visit=working).facts["notes"]] == ["乙", "丙"]


def test_the_reason_is_kept_as_a_sentence_and_read_in_any_language(laptop, chen, confirmed, at):
    arrived = laptop.entry(confirmed, "arrived", {"arrived_at": visits.iso(confirmed.planned_start)}, confirmed.planned_start)
    assert "请先应答" in laptop.send(confirmed, arrived).json()["receipt"]["reason"]
    entry = Entry.objects.get(pk=arrived["id"])
    assert entry.state == "set_aside" and entry.set_aside_reason == ""

    with translation.override("en"):
        said = entry.why
    assert said.startswith("First answer: ") and said.isascii()

    strange = laptop.entry(confirmed, "telegram", {"text": "x"}, at)
    laptop.send(confirmed, strange)
    with translation.override("en"):
        assert "This kind of entry is not known." in confirmed.quarantined.get().why
