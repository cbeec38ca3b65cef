"""What the entries of a visit add up to. Pure: rows in, plain data out.

A correction names the entry it replaces, a withdrawal the one it takes back; both leave the old entry where it is.
"""

import datetime

LISTS = {
    "part": "parts", "request": "requests", "promise": "promises", "open_point": "open_points",
    "photo": "photos", "note": "notes", "delay_notice": "delays", "question": "questions", "room_item": "room_items",
    "training": "sessions", "attendee": "attendees",
}  # fmt: skip

APART = {"answer"}  # kept with the checklist: nothing of it is among the facts


def empty():
    return {
        "arrived_at": None, "departed_at": None, "steps": [], "results": {}, "confirmations": {}, "assessments": {}, "pauses": [], "change": [],
        **{name: [] for name in LISTS.values()},
    }  # fmt: skip


def project(entries):
    """The record's facts from its accepted entries, in the order of their receipt.

    `entries` are objects or rows with id, kind, payload and corrects_id.
    """
    gone = {str(entry.corrects_id) for entry in entries if entry.corrects_id}
    facts, first = empty(), {}
    for entry in entries:
        before = str(entry.corrects_id) if entry.corrects_id else str(entry.id)
        first[str(entry.id)] = first.get(before, before)
        if str(entry.id) not in gone and entry.kind != "withdraw":
            _apply(facts, entry, first[str(entry.id)])
    return facts


def _apply(facts, entry, first):
    """`first` is the entry that this one corrects, or that one corrects …: an attendee is assessed under it, however often corrected."""
    payload = {"entry": str(entry.id), **entry.payload}
    if entry.kind == "attendee":
        payload["key"] = first
    if entry.kind in LISTS:
        facts[LISTS[entry.kind]].append(payload)
    elif entry.kind == "result":
        facts["results"][str(payload["scope_item"])] = payload
    elif entry.kind == "assessment":
        facts["assessments"][payload["attendee"]] = payload
    elif entry.kind == "hq_confirmation":
        facts["confirmations"][str(payload["scope_item"])] = payload
    elif entry.kind in ("change_start", "change_step", "change_end"):
        facts["change"].append({"what": entry.kind, **payload})
    elif entry.kind == "step":
        _step(facts, payload["step"])
    elif entry.kind in TIMES:
        TIMES[entry.kind](facts, payload)


def _step(facts, step):
    if step == "work" and facts["departed_at"]:
        facts["departed_at"] = None  # work goes on after a departure that was noted too early
    facts["steps"].append(step)


def _arrived(facts, payload):
    facts["arrived_at"] = payload["arrived_at"]


def _departed(facts, payload):
    facts["departed_at"] = payload["departed_at"]


def _pause(facts, payload):
    facts["pauses"].append({"from": payload["at"], "to": None, "reason": payload["reason"], "entry": payload["entry"]})


def _resume(facts, payload):
    if facts["pauses"] and facts["pauses"][-1]["to"] is None:
        facts["pauses"][-1]["to"] = payload["at"]


TIMES = {"arrived": _arrived, "departed": _departed, "pause": _pause, "left_site": _pause, "resume": _resume}


def minutes_on_site(facts):
    """Whole minutes from arrival to departure without the pauses, or None while one of them is missing."""
    if not (facts["arrived_at"] and facts["departed_at"]):
        return None
    minutes = minutes_between(facts["arrived_at"], facts["departed_at"])
    return minutes - sum(minutes_between(pause["from"], pause["to"]) for pause in facts["pauses"] if pause["to"])


def minutes_between(start, end):
    """Whole minutes between two times as ISO text."""
    return int((moment(end) - moment(start)).total_seconds() // 60)


def moment(text):
    return datetime.datetime.fromisoformat(text)


def unsettled_items(facts, positions):
    """Scope positions that the customer cannot sign for yet: without a result, or short of done and not confirmed."""
    lacking = []
    for position in positions:
        result = facts["results"].get(str(position))
        if not result or (result["result"] != "done" and str(position) not in facts["confirmations"]):
            lacking.append(position)
    return lacking
