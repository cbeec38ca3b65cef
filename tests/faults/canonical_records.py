#!/usr/bin/env python
"""Random records through the browser's code and the server's: entry hashes, statement, canonical bytes and hash have to be the same.

    nice python tests/faults/canonical_records.py [records] [seed]

Each record is a random visit with entries that may correct and withdraw each other. The browser (Chromium) runs rules/fields.js,
projection.js, statement.js and canonical.js over it, the server schema, projection, hashing and statement; a broken pair is
printed and makes the exit status 1. Before that one changed letter has to be seen.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldservice.settings")
os.environ.setdefault("DATA_DIR", tempfile.gettempdir())
AT_A_TIME = 500
BODY = """
const { statementOf } = await import('/js/rules/statement.js');
const { project } = await import('/js/rules/projection.js');
const statement = statementOf({ ...row.bundle, record: project(row.entries) }, row);
const entries = await Promise.all(row.entries.map((entry) => m.entryHash({ ...entry, visit: row.bundle.visit.number, device_at: row.device_at })));
return { text: new TextDecoder().decode(m.canonicalBytes(statement)), sha256: await m.hash(statement), entries };
"""


def main(count, seed):
    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    from tests.browser import twins
    from tests.browser.flags import FLAGS

    rng, began, size, entries = twins.seeded(seed), time.monotonic(), 0, 0
    with sync_playwright() as play:
        browser = twins.Twins(play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS).new_page())
        assert differing(browser, [record(rng, twins)], spoil=True), "the comparison sees nothing"
        for done in range(0, count, AT_A_TIME):
            rows = [record(rng, twins) for _place in range(min(AT_A_TIME, count - done))]
            if wrong := differing(browser, rows):
                print(*wrong[:3], sep="\n")
                return 1
            size += sum(len(row["ours"]["text"].encode()) for row in rows)
            entries += sum(len(row["entries"]) for row in rows)
            told = f"{done + len(rows)} records, seed {seed}: {entries} entries and {size / 1e6:.0f} MB of canonical bytes alike"
            print(f"{told}, {time.monotonic() - began:.0f} s", end="\r", flush=True)
    print()
    return 0


def differing(browser, rows, spoil=False):
    """Pairs that are not alike. Each row keeps the server's side as row["ours"]."""
    for row in rows:
        row["ours"] = ours(row)
        if spoil:
            row["bundle"]["company"]["hotline"] += "1"
    theirs = browser.call("rules/canonical.js", BODY, [{name: row[name] for name in row if name != "ours"} for row in rows])
    return [(row["ours"], one) for row, one in zip(rows, theirs, strict=True) if row["ours"] != one]


def record(rng, twins):
    """{bundle, entries, device_at, language, nonce}: a visit as a laptop holds it, its texts as people type them."""
    positions = range(1, rng.randint(1, 4))
    entries = twins.entries(rng)
    files = [entry["payload"]["file"] for entry in entries if entry["payload"].get("file")]

    def word():
        return twins.text(rng)

    questions = [
        {"code": f"R-{place}", "texts": {"zh-hans": word(), "en": word()}, "answer": rng.choice(["yes", "no", None]), "note": word()}
        for place in range(rng.randint(0, 4))
    ]
    bundle = {
        "visit": {
            "number": f"V-2026-{rng.randrange(10**6):06}", "record_number": f"VR-2026-{rng.randrange(10**6):06}", "edition": "2026.1",
            "planned_start": twins.moment(rng), "planned_end": twins.moment(rng), "identity": {"name": word(), "capacity": word()},
        },
        "company": {"names": {"zh-hans": word(), "en": word()}, "hotline": word(), "fax": word(), "mailbox": word()},
        "customer": {"number": "C-0001", "name": word()}, "contact": rng.choice([None, {"name": word(), "telephone": word()}]),
        "site": {"number": "S-0001", "name": word(), "address": word(), "time_zone": "Asia/Shanghai"},
        "order": {"number": "WO-2026-000001", "reported_fault": word(), "stated_cause": word()},
        "equipment": [{"number": "EQ-1", "name": word(), "model": word(), "serial": word()} for _place in range(rng.randint(0, 2))],
        "scope": [{"position": position, "text": word()} for position in positions],
        "checklist": {"set_out": questions[:2], "sign": questions[2:]}, "blobs": {key: "a1" * 32 for key in files if rng.random() < 0.9},
        "signing": {"edition": str(rng.randint(1, 9)), "version": rng.randint(1, 3), "previous_sha256": rng.choice([None, "b2" * 32])},
    }  # fmt: skip
    return {
        "bundle": bundle, "entries": entries, "device_at": twins.moment(rng), "language": rng.choice(["zh-hans", "en"]),
        "nonce": f"{rng.getrandbits(128):032x}",
    }  # fmt: skip


def ours(row):
    """The server's side of a record."""
    from tests.browser.twins import as_rows
    from visits.records.hashing import entry_sha256
    from visits.records.projection import project
    from visits.signoff.statement import FORMAT, canonical, compose, digest

    bundle, language = row["bundle"], row["language"]
    visit, signing, company, contact = bundle["visit"], bundle["signing"], bundle["company"], bundle["contact"] or {}
    head = {
        "format": FORMAT, "language": language, "wording_edition": signing["edition"], "conduct_edition": visit["edition"],
        "number": visit["record_number"], "visit": visit["number"], "version": signing["version"],
        "previous_sha256": signing["previous_sha256"], "nonce": row["nonce"],
        "company": {"name": company["names"][language], **{name: company[name] for name in ("hotline", "fax", "mailbox")}},
        "customer": bundle["customer"], "site": bundle["site"],
        "contact": {name: contact.get(name, "") for name in ("name", "telephone")}, "identity": visit["identity"],
        "order": bundle["order"], "equipment": bundle["equipment"],
        "planned": {"start": visit["planned_start"], "end": visit["planned_end"]},
    }  # fmt: skip
    asked = [question for rows in bundle["checklist"].values() for question in rows if question["answer"]]
    statement = compose(
        head,
        facts=project(as_rows(row["entries"])),
        scope=[(item["position"], item["text"]) for item in bundle["scope"]],
        hashes=bundle["blobs"],
        checklist=[
            {"code": one["code"], "text": one["texts"][language], "answer": one["answer"], "note": one["note"]} for one in asked
        ],
    )
    names = ("kind", "payload", "corrects")
    hashes = [
        entry_sha256(entry_id=one["id"], visit=visit["number"], device_at=row["device_at"], **{name: one[name] for name in names})
        for one in row["entries"]
    ]
    return {"text": canonical(statement).decode(), "sha256": digest(statement), "entries": hashes}


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    sys.exit(main(*given, *(100_000, 7)[len(given) :]))
