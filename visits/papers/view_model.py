"""What the paper's template shows, in words of the active language. Pure.

A cell with several lines is a list of them: the template joins them, and the paper breaks where they do.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from conduct.base.strokes import signature_url, unpacked
from conduct.checklists.gates import AnswerCode
from visits.changes.states import Outcome
from visits.records.clock_words import confidence
from visits.records.kinds import Assessed, Result
from visits.signoff.difference_words import in_words

UNKNOWN_TIME = "____-__-__ __:__"


def page_of(paper):
    statement = paper.statement
    return {
        "s": statement,
        "paper": paper,
        "newline": "\n",
        "foot": _foot(paper),
        "changes": in_words(paper.changes),
        "blank": paper.kind == "blank",
        "refused": paper.kind == "refused",
        "site": [statement["site"]["name"], *filter(None, [statement["site"]["address"]])],
        "facts": facts(statement),
        "planned": span(statement["planned"]["start"], statement["planned"]["end"]),
        "entered": entered(paper),
        "confirmed": confirmed(paper),
        "signed_at": shown(paper.signed_at),
        "received_at": shown(paper.received_at),
        "scope": [_item(item, blank=paper.kind == "blank") for item in statement["scope"]],
        "training": training(statement.get("training")),
        "lists": [*lists(statement), *conduct(statement["checklist"], statement["conduct_edition"])],
        "signer": signer(paper),
        "short": " ".join(paper.sha256[place : place + 3] for place in range(0, 12, 3)).upper(),
        "confidence": confidence(paper.clock),
        "zone": statement["site"]["time_zone"],
    }


def shown(iso):
    """ "2026-11-24 09:05" from ISO text; a dash where there is none."""
    return iso[:16].replace("T", " ") if iso else "—"


def span(start, end):
    end_text = shown(end)
    return f"{shown(start)} – {end_text[11:] if start and end and start[:10] == end[:10] else end_text}"


def facts(statement):
    """[(title, text), …] of what the visit is about, without what is not known."""
    rows = [
        (_("Equipment"), "\n".join(_equipment(item) for item in statement["equipment"])),
        (_("Reported fault"), statement["order"]["reported_fault"]),
        (_("Cause"), statement["order"]["stated_cause"]),
    ]
    return [(title, text) for title, text in rows if text]


def entered(paper):
    """The times as the engineer entered them, a line each."""
    statement = paper.statement
    if paper.kind == "blank":
        return _stay(UNKNOWN_TIME, UNKNOWN_TIME)
    pauses = [f"{span(pause['from'], pause['to'])} {pause['reason']}" for pause in statement["pauses"]]
    return [*_stay(shown(statement["arrived_at"]), shown(statement["departed_at"])), *_titled(_("pause"), pauses)]


def confirmed(paper):
    """The times as the customer confirmed them, a line each."""
    if paper.kind == "blank":
        return []
    if paper.kind == "refused":
        return [_("not confirmed")]
    arrived, departed = shown(paper.statement["arrived_at"]), shown(paper.statement["departed_at"])
    return [*_stay(arrived, departed), *_titled(_("signed"), [shown(paper.signed_at)])]


def lists(statement):
    """[(title, [line, …]), …] of the lists that have something to say."""
    rows = [
        (_("Production change"), _production(statement.get("change"))),
        (_("Customer's requests"), [row["text"] for row in statement["requests"]]),
        (_("Promises"), [f"{row['text']} ({row['due']})" for row in statement["promises"]]),
        (_("Open points"), [row["text"] for row in statement["open_points"]]),
        (_("Notes"), [row["text"] for row in statement["notes"]]),
        (_("Photos"), [row["caption"] for row in statement["photos"] if row["caption"]]),
    ]
    return [(title, _points(lines)) for title, lines in rows if lines]


def training(sheet):
    """The training sheet: {sessions: [(span, content), …], minutes, people: [{place, name, signature, outcome}, …]}, or None."""
    if not sheet:
        return None
    words = dict(Assessed.choices)
    people = [
        {
            "place": place,
            "name": [row["name"], *filter(None, [row["unit"]])],
            "signature": signature_url(unpacked(row["signature"])) if row["signature"] else "",
            "outcome": _outcome(row, words),
        }
        for place, row in enumerate(sheet["attendees"], 1)
    ]
    sessions = [(span(row["started_at"], row["ended_at"]), row["content"]) for row in sheet["sessions"]]
    return {"sessions": sessions, "minutes": sheet["minutes"], "people": people}


def _outcome(row, words):
    """ "passed · 86 · remark" of one attendee, without what was not said."""
    score = "" if row["score"] is None else str(row["score"])
    return " · ".join(filter(None, [str(words.get(row["result"], "")), score, row["remark"]]))


def _production(change):
    """A change in production in short, in one line; none when there was none."""
    if not change:
        return []
    outcome = dict(Outcome.choices).get(change["outcome"], "")
    steps = ngettext("%(count)d step done", "%(count)d steps done", change["steps"]) % {"count": change["steps"]}
    return [" · ".join([change["title"], span(change["started_at"], change["ended_at"]), steps, str(outcome)])]


def conduct(answers, edition):
    """The conduct answers in short: how many of each, and in full what was not a plain yes."""
    if not answers:
        return []
    words = dict(AnswerCode.choices)
    counts = [(words[code], sum(row["answer"] == code for row in answers)) for code in words]
    lines = [_answer(row, words[row["answer"]]) for row in answers if row["answer"] != "yes"]
    summary = " · ".join(f"{word}: {count}" for word, count in counts if count)
    title = _("Conduct on site")
    return [(f"{title} ({edition})", [summary, *_points(lines)])]


def signer(paper):
    """Who signed, a line each; on the blank sheet the places to fill in."""
    stars = "★" * paper.satisfaction + "☆" * (5 - paper.satisfaction) if paper.satisfaction else ""
    rows = [
        (pgettext("person", "name"), paper.signer_name),
        (_("Position"), paper.signer_position),
        (_("Telephone"), paper.signer_telephone),
        (_("Date"), "" if paper.kind == "blank" else shown(paper.signed_at)),
        (_("Satisfaction"), stars),
    ]
    return [f"{title[:1].upper()}{title[1:]}: {value}" for title, value in rows]


def _foot(paper):
    statement = paper.statement
    seal = f" · SHA-256 {paper.sha256}" if paper.sha256 else ""
    version = _("version")
    return f"{statement['number']} · {version} {statement['version']}{seal}"


def _stay(arrived, departed):
    return [*_titled(_("arrived"), [arrived]), *_titled(_("departed"), [departed])]


def _titled(title, values):
    return [f"{title} {value}" for value in values]


def _equipment(item):
    serial = f" ({item['serial']})" if item["serial"] else ""
    return f"{item['number']} {item['name']} {item['model']}{serial}"


def _answer(row, word):
    note = f" ({row['note']})" if row["note"] else ""
    return f"{row['text']}: {word}{note}"


def _item(item, *, blank):
    """A scope item with its lines, and what came of it; on the blank sheet, boxes to tick."""
    results = dict(Result.choices)
    ticks = [f"□ {word}" for word in results.values()]
    return {**item, "lines": _what_happened(item), "outcome": ticks if blank else [results.get(item["result"], "")]}


def _what_happened(item):
    agreed = item["confirmed"]
    rows = [
        (_("Cause"), item["cause"]),
        (_("Done"), item["action"]),
        (_("Prevention"), item["prevention"]),
        (_("Confirmed by headquarters"), f"{agreed['name']} · {shown(agreed['at'])} · {agreed['how']}" if agreed else ""),
    ]
    return [f"{title}: {text}" for title, text in rows if text]


def _points(lines):
    """One line stands alone; several are told apart by a dot."""
    return [f"· {line}" for line in lines] if len(lines) > 1 else lines
