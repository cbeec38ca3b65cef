"""What the paper's template shows, in words of the active language. Pure."""

from django.utils.translation import gettext as _

from conduct.checklists.gates import AnswerCode
from visits.records.clock_words import confidence
from visits.records.kinds import Result
from visits.signoff.difference_words import in_words


def page_of(paper):
    statement = paper.statement
    return {
        "s": statement,
        "paper": paper,
        "changes": in_words(paper.changes),
        "blank": paper.kind == "blank",
        "refused": paper.kind == "refused",
        "planned": span(statement["planned"]["start"], statement["planned"]["end"]),
        "arrived": shown(statement["arrived_at"]),
        "departed": shown(statement["departed_at"]),
        "pauses": [f"{span(pause['from'], pause['to'])} {pause['reason']}" for pause in statement["pauses"]],
        "signed_at": shown(paper.signed_at),
        "received_at": shown(paper.received_at),
        "scope": [_item(item) for item in statement["scope"]],
        "conduct": conduct(statement["checklist"]),
        "lists": lists(statement),
        "short": " ".join(paper.sha256[place : place + 3] for place in range(0, 12, 3)).upper(),
        "stars": "★" * paper.satisfaction + "☆" * (5 - paper.satisfaction) if paper.satisfaction else "",
        "confidence": confidence(paper.clock),
        "zone": statement["site"]["time_zone"],
    }


def shown(iso):
    """ "2026-11-24 09:05" from ISO text; a dash where there is none."""
    return iso[:16].replace("T", " ") if iso else "—"


def span(start, end):
    end_text = shown(end)
    return f"{shown(start)} – {end_text[11:] if start and end and start[:10] == end[:10] else end_text}"


def _item(item):
    words = dict(Result.choices)
    confirmed = item["confirmed"]
    return {
        **item,
        "result_word": words.get(item["result"], ""),
        "confirmed_line": f"{confirmed['name']} · {shown(confirmed['at'])} · {confirmed['how']}" if confirmed else "",
    }


def lists(statement):
    """[(title, [line, …]), …] of the lists that have something to say."""
    rows = [
        (_("Customer's requests"), [row["text"] for row in statement["requests"]]),
        (_("Promises"), [f"{row['text']} ({row['due']})" for row in statement["promises"]]),
        (_("Open points"), [row["text"] for row in statement["open_points"]]),
        (_("Notes"), [row["text"] for row in statement["notes"]]),
        (_("Photos"), [row["caption"] for row in statement["photos"] if row["caption"]]),
    ]
    return [(title, lines) for title, lines in rows if lines]


def conduct(answers):
    """The conduct answers in short: how many of each, and in full what was not a plain yes."""
    words = dict(AnswerCode.choices)
    counts = [(words[code], sum(row["answer"] == code for row in answers)) for code in words]
    return {
        "counts": [(word, count) for word, count in counts if count],
        "others": [{**row, "word": words[row["answer"]]} for row in answers if row["answer"] != "yes"],
    }
