"""What the laptop decides without the server is what the server decides: the same random material through both."""

import datetime
import json
import re
from pathlib import Path

import pytest
from django.utils.translation import override
from playwright.sync_api import sync_playwright

from conduct.base.strokes import unpacked
from conduct.checklists import gates
from conduct.privacy.detect import find
from conduct.privacy.patterns import for_the_laptop
from tests.browser import twins
from tests.browser.flags import FLAGS
from visits.changes import lock, tokens
from visits.records import checks, finding, projection, proofs, schema
from visits.records.hashing import entry_sha256
from visits.records.items import uneven
from visits.records.kinds import KINDS
from visits.records.rules import SENTENCES
from visits.signoff import words as sign_words
from visits.signoff.statement import change_in_short as in_short
from visits.signoff.statement import changes, digest, training_sheet

MANY = 1500
SENTENCES_OF_CONTACTS = Path(__file__).parents[2] / "benchmarks/contact_details.tsv"


@pytest.fixture(scope="module")
def browser():
    import shutil

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield twins.Twins(chromium.new_page())
        chromium.close()


@pytest.fixture
def english():
    from django.utils import translation

    with translation.override("en"):
        yield


def test_fields(browser, english):
    rng = twins.seeded(1)
    rows = [{"kind": kind, "sent": twins.payload(rng, kind)} for kind in list(KINDS) * (MANY // len(KINDS))]
    rows.append({"kind": "unknown", "sent": {}})

    theirs = browser.call("rules/fields.js", f"return m.clean({json.dumps(twins.schema())}, row.kind, row.sent)", rows)

    ours = [dict(zip(("payload", "errors"), schema.clean(row["kind"], row["sent"]), strict=True)) for row in rows]
    assert [(row, one) for row, one, two in zip(rows, theirs, ours, strict=True) if one != two][:3] == []
    assert any(one["errors"] for one in ours) and any(not one["errors"] for one in ours)


def test_projection_and_what_is_unsettled(browser):
    rng = twins.seeded(2)
    records = [twins.entries(rng) for _ in range(MANY)]

    theirs = browser.call("rules/projection.js", "const facts = m.project(row); return [facts, m.unsettled(facts, [1, 2])]", records)

    ours = [projection.project(twins.as_rows(made)) for made in records]
    assert theirs == [[facts, projection.unsettled_items(facts, [1, 2])] for facts in ours]


def test_checks(browser, english):
    rng = twins.seeded(3)
    rows = []
    while len(rows) < MANY:
        kind = rng.choice(list(KINDS))
        cleaned, errors = schema.clean(kind, twins.payload(rng, kind))
        if not errors:
            rows.append({"kind": kind, "payload": cleaned, **twins.around(rng, twins.entries(rng))})

    body = "return [m.against(row.kind, row.payload, { ...row, max_entries: 200, at: new Date(row.at) }), m.stepBefore(row.kind, row.payload)]"
    theirs = browser.call("rules/checks.js", body, rows)
    assert browser.call("rules/checks.js", "return m.EARLIER", [0]) == [{step: list(before) for step, before in checks.EARLIER.items()}]

    ours = [[against(row), checks.step_before(row["kind"], row["payload"])] for row in rows]
    assert [(row, one, two) for row, one, two in zip(rows, theirs, ours, strict=True) if one != two][:3] == []


def against(row):
    facts = {name: row[name] for name in ("facts", "state", "positions", "entry_count")}
    read = datetime.datetime.fromisoformat
    return checks.against(row["kind"], row["payload"], planned_start=read(row["planned_start"]), at=read(row["at"]), **facts)


def test_changes_in_production(browser, english):
    """What speaks against an entry about a change, and the line that the customer signs of it."""
    rng = twins.seeded(7)
    kinds, rows = list(lock.CHECKS), []
    while len(rows) < MANY:
        kind = rng.choice(kinds)
        cleaned, errors = schema.clean(kind, twins.payload(rng, kind))
        if not errors:
            rows.append({"kind": kind, "payload": cleaned, "change": twins.change(rng), "at": twins.moment(rng), "log": twins.change_log(rng)})

    theirs = browser.call("rules/change.js", "return m.againstChange(row.kind, row.payload, row.change, new Date(row.at), row.log)", rows)

    read = datetime.datetime.fromisoformat
    ours = [lock.against(row["kind"], row["payload"], row["change"], read(row["at"]), row["log"]) for row in rows]
    assert [(row, one, two) for row, one, two in zip(rows, theirs, ours, strict=True) if one != two][:3] == []
    assert sum(not fields for fields in ours) > 100 and sum(bool(fields) for fields in ours) > 100

    logs = [twins.change_log(rng) for _ in range(300)]
    assert browser.call("rules/statement.js", "return m.production(row, 'x')", logs) == [in_short(log, "x") for log in logs]


def test_the_training_sheet(browser):
    """Who attended, signed and was assessed, as it goes into what the customer signs."""
    rng = twins.seeded(9)
    records = [twins.training(rng) for _ in range(400)]
    ours = [training_sheet(projection.project(twins.as_rows(made))) for made in records]
    facts = [projection.project(twins.as_rows(made)) for made in records]
    assert browser.call("rules/statement.js", "return m.trainingSheet(row)", facts) == ours
    assert browser.call("rules/projection.js", "return m.project(row)", records) == facts
    assert sum(bool(sheet) for sheet in ours) > 200 and sum("86" in str(sheet) for sheet in ours) > 50

    texts = [twins.signed(rng) for _ in range(50)]
    drawn = browser.call("signoff/strokes.js", "return m.packed({ width: 300, height: 120, strokes: row.strokes }, 0)", [unpacked(text) for text in texts])
    assert [unpacked(text) for text in drawn] == [unpacked(text) for text in texts]


def test_an_approval_is_for_one_engineer_one_visit_one_form(browser, english, tmp_path):
    content = {"title": "升级数据库 é", "steps": ["停止", "升级"], "duration_minutes": 60, "announcement": None}
    window = {"window_from": "2026-11-24T22:00+08:00", "window_to": "2026-11-25T02:00+08:00"}
    facts = {"change": "CA-2026-000001", "visit": "V-2026-000001", "engineer": "wang", "sha256": digest(content), **window}
    change = {"number": "CA-2026-000001", "state": "ready", "content": content, **window, "token": tokens.signed(facts, tmp_path)}
    right = {"change": change, "visit": {"number": "V-2026-000001", "engineer": "wang"}}
    forged = {**change["token"], "payload": change["token"]["payload"].replace("wang", "zhao")}
    rows = [
        right,
        right | {"visit": {"number": "V-2026-000001", "engineer": "zhao"}},
        right | {"visit": {"number": "V-2026-000002", "engineer": "wang"}},
        right | {"change": change | {"window_to": "2026-11-25T09:00+08:00"}},
        right | {"change": change | {"content": content | {"steps": ["停止", "删除"]}}},
        right | {"change": change | {"token": forged}, "visit": {"number": "V-2026-000001", "engineer": "zhao"}},
        right | {"change": change | {"token": None}},
    ]
    said = browser.call("rules/approval.js", f"return m.denied(row, {json.dumps(tokens.public_key(tmp_path))})", rows)
    assert [bool(sentence) for sentence in said] == [False, True, True, True, True, True, True]
    assert tokens.signed(facts, tmp_path) == change["token"], "a bundle in which nothing changed looks unchanged"


def test_another_finding_than_headquarters(browser, english):
    causes = ["", "电源老化", "电源 老化。", "电源老化，电容鼓包", "温度过高" * 40, "Power Supply", "power supply aged"]
    rows = [[{"result": result, "cause": one}, two, known] for result in ("done", "not_done") for one in causes for two in causes for known in (True, False)]
    theirs = browser.call("rules/finding.js", "return m.againstFinding(...row)", rows)
    ours = [finding.against(payload, stated, lambda known=known: known) for payload, stated, known in rows]
    assert theirs == ours and any(ours)


def test_items_of_a_machine_room(browser):
    rng = twins.seeded(8)
    things = [[twins.room_item(rng) for _ in range(rng.randint(0, 8))] for _ in range(400)]
    ours = [[list(row) for row in uneven(rows)] for rows in things]
    assert browser.call("rules/items.js", "return m.uneven(row)", things) == ours
    assert any(ours) and not all(ours)


def test_gates(browser, english):
    rng = twins.seeded(4)
    rows = [twins.given(rng) for _ in range(MANY)]

    body = "return [m.lacking(row.enforce, row.evidence, row), m.letsPass(row.enforce, row.answer)]"
    theirs = browser.call("rules/gates.js", body, rows)

    assert theirs == [[gates.lacking(row["enforce"], row["evidence"], answer(row)), gates.lets_pass(row["enforce"], answer(row))] for row in rows]


def test_what_the_product_shows_itself(browser):
    rng = twins.seeded(9)
    rows = []
    for _ in range(400):
        change, made = twins.change(rng), twins.training(rng)
        change = change and change | {"number": "CA-2026-000001", "title": twins.text(rng), "is_emergency": rng.random() < 0.3}
        made += [{"id": "e", "kind": "step", "payload": {"step": "end_training"}, "corrects": None}] * rng.randint(0, 1)
        made += [{"id": "r", "kind": "step", "payload": {"step": "enter_room"}, "corrects": None}] * rng.randint(0, 1)
        traits = rng.choice([[], ["training"], ["training", "machine_room"], ["machine_room", "production_change"]])
        rows.append({"change": change, "facts": projection.project(twins.as_rows(made)), "traits": traits})

    theirs = browser.call("rules/proofs.js", "return [m.shown(row.change, row.facts), m.askedAgain(row.traits, row.facts)]", rows)

    ours = [[proofs.shown(row["change"], row["facts"]), proofs.asked_again(row["traits"], row["facts"])] for row in rows]
    assert theirs == ours and {len(found) for found, _again in ours} == {0, 1, 2, 3}
    assert {len(again) for _found, again in ours} == {0, 1, 2, 3}


def answer(row):
    allowed = {name: row[name] for name in gates.ALLOWANCE}
    return gates.Given(row["answer"], row["note"], int(bool(row["file"])), row["evidence_name"], row["evidence_date"], allowed)


def test_the_hash_of_an_entry(browser):
    rng = twins.seeded(5)
    rows = [{"id": row["id"], "visit": "V-2026-000001", "device_at": twins.moment(rng), **row} for _ in range(200) for row in twins.entries(rng)]

    theirs = browser.call("rules/canonical.js", "return m.entryHash(row)", rows)

    names = ("visit", "kind", "payload", "corrects", "device_at")
    assert theirs == [entry_sha256(entry_id=row["id"], **{name: row[name] for name in names}) for row in rows]


def test_the_difference_of_two_statements(browser):
    rng = twins.seeded(6)
    pairs = [[{"a": twins.text(rng), "list": [rng.randint(0, 3), None]}, {"a": twins.text(rng), "list": [1], "b": "x"}] for _ in range(300)]

    assert browser.call("rules/statement.js", "return m.changes(row[0], row[1])", pairs) == [changes(*pair) for pair in pairs]


def test_the_customer_reads_what_became_of_the_change_and_what_the_photos_show(browser):
    change = {"title": "固件升级到 7.2", "started_at": "2026-11-24T22:05+08:00", "ended_at": "2026-11-24T22:40+08:00", "outcome": "passed", "steps": 3}
    lists = dict.fromkeys(["equipment", "pauses", "scope", "parts", "requests", "promises", "open_points", "notes", "checklist"], [])
    head = {name: {"name": "", "start": None, "end": None} for name in ("company", "customer", "site", "identity", "planned", "order")}
    statement = {**head, **lists, "photos": [{"caption": "升级后的面板"}, {"caption": ""}], "change": change}
    body = """const slot = document.body.appendChild(document.createElement("div"));
        slot.dataset.fill = "statement";
        Object.assign((await import("/js/records/dom.js")).words, row.words);
        m.showStatement(row);
        return slot.textContent;"""
    with override("zh-hans"):
        [shown] = browser.call("signoff/statement.js", body, [{"statement": statement, "changes": [], "words": sign_words.words()}])
    assert "固件升级到 7.2 · 2026-11-24 22:05 – 22:40 · 已完成步骤: 3 · 操作后核对全部通过" in shown and "升级后的面板" in shown


def test_every_sentence_that_the_laptop_says_is_handed_over():
    said = set()
    for path in [*(twins.STATIC / "js/rules").glob("*.js"), twins.STATIC / "js/records/judge.js"]:
        said |= set(re.findall(r'(?:say|whole|wrong)\((?:given, |\w+, )?(?:say\()?"([^"]+)"', path.read_text()))
    handed = set(SENTENCES) | set(sign_words.SENTENCES)
    assert said - handed - {"strokes", "signer_telephone", "refusal_reason", "satisfaction", "no_stamp_reason"} == set()
    assert handed - said == set()


def test_a_broken_twin_would_be_seen(browser):
    """The comparison itself: one changed byte gives another hash."""
    row = {"format": "x", "text": "é"}
    assert browser.call("rules/canonical.js", "return m.hash(row)", [row]) == [digest(row)]
    assert browser.call("rules/canonical.js", "return m.hash({ ...row, text: 'e' })", [row]) != [digest(row)]
    assert Path(twins.STATIC / "js/rules/canonical.js").exists()


def test_contacts(browser):
    """Each sentence of the set, and what it gives away, found alike on both sides."""
    sentences = [line[2:] for line in SENTENCES_OF_CONTACTS.read_text(encoding="utf-8").splitlines()]
    allowed = ["400-820-5566", "025-20002002", "it@school.example"]

    body = f"m.learn({json.dumps(for_the_laptop())}); return m.findContacts(row, {json.dumps(allowed)}).map((one) => [one.kind, one.normal, one.text])"
    theirs = browser.call("rules/contacts.js", body, sentences)

    ours = [[[row.kind, row.normal, text[row.start : row.end].strip()] for row in find(text, allowed)] for text in sentences]
    assert [(text, one, two) for text, one, two in zip(sentences, theirs, ours, strict=True) if one != two][:3] == []
    assert sum(bool(rows) for rows in ours) > 900
