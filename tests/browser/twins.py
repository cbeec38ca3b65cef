"""The browser's twins of the server's pure modules, called from Python, and random material for both sides."""

import datetime
import json
import random
from pathlib import Path
from types import SimpleNamespace

from conduct.checklists.gates import AnswerCode
from conduct.rules.states import Evidence
from visits.records.kinds import KINDS, STEPS, Direction
from visits.records.projection import project
from visits.records.rules import rules

STATIC = Path(__file__).parents[2] / "static"
ORIGIN = "http://localhost:9"
PAGE = (
    """<!doctype html><script type="importmap">{"imports": {"canonicalize": "/vendor/canonicalize/canonicalize.js"}}</script>"""
)
TEXTS = [
    "", " ", "更换电源模块", "  trimmed\r\nline\rnext ", "e\u0301cole", "\ufeffBOM\u3000", "喆堃镕 𠮷野家", "tab\tinside", "\x1c\x85edge\u2028", "a\x00b",
    "x" * 81, "字" * 201, "9" * 4001, "\ud800lone", "👩‍🔧 ok", "\"quotes\" \\ back", "ﬁ ﬀ Å", "null", "0",
]  # fmt: skip


class Twins:
    """A page that holds the modules; `call` runs one function of them over many rows at once."""

    def __init__(self, page):
        self.page = page
        page.route(f"{ORIGIN}/**", self._serve)
        page.goto(f"{ORIGIN}/")
        page.evaluate("text => import('/js/rules/say.js').then((m) => m.speak({}))", "")

    def _serve(self, route):
        path = STATIC / route.request.url.removeprefix(ORIGIN).lstrip("/")
        if path.is_file():
            route.fulfill(path=path, content_type="text/javascript")
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    def call(self, module, body, rows):
        """`body` is JavaScript over `row` and the module `m`; rows travel as JSON text, so that nothing is made of them on the way."""
        script = f"async (text) => {{ const m = await import('/js/{module}'); const out = []; for (const row of JSON.parse(text)) out.push(await (async () => {{ {body} }})()); return JSON.stringify(out); }}"
        return json.loads(self.page.evaluate(script, json.dumps(rows)))


def text(rng):
    return (
        rng.choice(TEXTS)
        if rng.random() < 0.5
        else "".join(rng.choice("工程师 abc\n中e\u0301ñ𠮷é") for _ in range(rng.randint(0, 30)))
    )


def moment(rng):
    base = datetime.datetime(2026, 11, 24, 8, tzinfo=datetime.UTC) + datetime.timedelta(minutes=rng.randint(-3000, 3000))
    zone = datetime.timezone(datetime.timedelta(minutes=rng.choice([480, 0, -300, 345, 480])))
    return base.astimezone(zone).isoformat(timespec="minutes")


def value(rng, rule):
    """Mostly what a form sends, sometimes nonsense."""
    if rng.random() < 0.12:
        return rng.choice(["", None, "nonsense", "2026-13-40", "2026-11-24T25:00+08:00", "-1", 3, True, [], {}, "12.5", " 7 "])
    return {
        "text": lambda: text(rng), "long": lambda: text(rng), "time": lambda: moment(rng), "number": lambda: str(rng.randint(0, 120000)),
        "date": lambda: f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 31):02}", "yes": lambda: rng.choice([True, False, "on", ""]),
        "file": lambda: f"0190c6a2-7b1e-7{rng.randint(100, 999)}-8000-{rng.randint(10**11, 10**12 - 1)}",
        "item": lambda: str(rng.randint(1, 3)), "choice": lambda: rng.choice(rule.choices)[0],
        "signature": lambda: rng.choice([signed(rng), signed(rng), "300 120 M1 2 3 4", "300 120 M1 2", "x" * 4001, "300 120M1 2 90 3"]),
    }[rule.type]()  # fmt: skip


def signed(rng):
    """A signature as the laptop packs it."""
    strokes = [" ".join([f"M{rng.randint(120, 180)} 60", *(f"{rng.randint(-9, 9)} {rng.randint(-4, 4)}" for _ in range(12))]) for _ in range(2)]
    return " ".join(["300 120", *strokes])


def training(rng):
    """The entries of a training: sessions, people, corrections, assessments of some of them."""
    rows = [{"id": f"s{n}", "kind": "training", "payload": {"content": text(rng), "started_at": moment(rng), "ended_at": moment(rng)}} for n in range(rng.randint(0, 2))]
    for n in range(rng.randint(0, 3)):
        rows.append({"id": f"a{n}", "kind": "attendee", "payload": {"name": f"学员{n}", "unit": rng.choice(["", "教务处"]), "signature": signed(rng)}})
        if rng.random() < 0.4:
            rows.append({**rows[-1], "id": f"b{n}", "corrects": f"a{n}"})
        if rng.random() < 0.7:
            told = {"attendee": f"a{n}", "result": rng.choice(["passed", "failed"]), "score": rng.choice([None, 0, 86]), "remark": ""}
            rows.append({"id": f"r{n}", "kind": "assessment", "payload": told})
    return [{"corrects": None, **row} for row in rows]


def payload(rng, kind):
    sent = {name: value(rng, rule) for name, rule in KINDS[kind].items() if rng.random() < 0.93}
    return sent | ({"surplus": "x"} if rng.random() < 0.02 else {})


def entries(rng):
    """A record as it may come about: entries that were accepted, in order, some corrected or withdrawn."""
    from visits.records.schema import clean

    made = []
    for number in range(rng.randint(0, 14)):
        kind = rng.choice([*KINDS, "arrived", "result", "result", "part", "pause", "resume"])
        cleaned, errors = clean(kind, payload(rng, kind))
        if errors:
            continue
        corrects = rng.choice(made)["id"] if made and (kind == "withdraw" or rng.random() < 0.15) else None
        entry_id = f"0190c6a2-7b1e-7000-8000-{rng.randint(10**11, 10**12 - 1)}"
        made.append({"id": entry_id, "kind": kind, "payload": cleaned, "corrects": corrects, "number": number})
    return made


def as_rows(made):
    return [SimpleNamespace(id=row["id"], kind=row["kind"], payload=row["payload"], corrects_id=row["corrects"]) for row in made]


def around(rng, made):
    return {
        "facts": project(as_rows(made)), "state": rng.choice(["confirmed", "on_site", "on_site", "finished", "signed"]),
        "planned_start": moment(rng), "positions": [1, 2], "entry_count": rng.choice([0, 5, 199, 200]), "at": moment(rng),
    }  # fmt: skip


def given(rng):
    return {
        "enforce": rng.choice(["gate", "check"]), "evidence": rng.choice(Evidence.values), "answer": rng.choice([*AnswerCode.values, "maybe"]),
        **{name: rng.choice(["", "x"]) for name in ("note", "file", "evidence_name", "allowed_name", "allowed_at", "allowed_how", "allowed_why")},
        "evidence_date": rng.choice(["", "2026-11-24"]),
    }  # fmt: skip


def room_item(rng):
    return {"name": rng.choice(["万用表", "笔记本电脑"]), "direction": rng.choice(Direction.values), "quantity": rng.randint(1, 2)}


def change(rng):
    states = ["draft", "asked", "approved", "ready", "ready", "running", "running", "done", "withdrawn"]
    facts = {"state": rng.choice(states), "window_from": moment(rng), "window_to": moment(rng)}
    facts |= {"steps": ["停止", "升级"][: rng.randint(0, 2)], "is_emergency": rng.random() < 0.2}
    return rng.choice([None, facts, facts, facts, facts | {"denied": "x"}])


def change_log(rng):
    rows = [{"what": "change_start", "at": moment(rng)}] if rng.random() < 0.8 else []
    steps = [{"what": "change_step", "at": moment(rng), "result": rng.choice(["done", "failed", "skipped"]), "runbook_step": rng.randint(1, 4)}]
    ends = [{"what": "change_end", "at": moment(rng), "outcome": rng.choice(["passed", "rolled_back"])}]
    return rows + steps * rng.randint(0, 3) + ends * rng.randint(0, 1)


def schema():
    return rules()["kinds"]


def seeded(seed):
    return random.Random(seed)


GUARDED_STEPS = [step.value for step in STEPS]
