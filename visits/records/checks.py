"""What speaks against a well-formed entry. Pure: facts and moments in, sentences out.

`{field: sentence}`; the key "" is for the entry as a whole. A time that is merely odd is asked about: it is kept once
the engineer says why.
"""

import datetime

from conduct.base.sentences import sentence as _

from . import leaving
from .items import uneven
from .kinds import MAX_ENTRIES, STEPS
from .projection import moment

CLOCK_TOLERANCE = datetime.timedelta(seconds=120)
FAR_FROM_PLAN = datetime.timedelta(hours=12)
LONG_VISIT = datetime.timedelta(hours=24)
ON_SITE_ONLY = {
    "result", "hq_confirmation", "part", "request", "promise", "open_point", "new_need", "pause", "left_site", "resume", "departed",
    "room_item", "change_request", "change_emergency", "change_start", "change_step", "change_end",
    "training", "attendee", "assessment", "hand_over",
}  # fmt: skip
AFTER_WORK = {"hq_confirmation", "answer", "step", "question", "hq_answer", "hand_over", "withdraw", "note"}
DECIDED = ("decision", "decided_name", "decided_at", "decided_how")
BEFORE_ARRIVAL = {"confirmed"}
DURING = {"on_site"}


def against(kind, payload, *, facts, state, planned_start, positions, entry_count, at):
    """The sentences that speak against this entry now. `at` is the moment it was made, as well as we know."""
    if state not in ("confirmed", "on_site", "finished"):
        return {"": _("This record is closed or not open yet; nothing can be added.")}
    if entry_count >= MAX_ENTRIES and kind not in ("departed", "step", "answer"):
        return {"": _("A record holds at most %(max)d entries.") % {"max": MAX_ENTRIES}}
    if kind in ON_SITE_ONLY and not facts["arrived_at"]:
        return {"": _("Note the arrival first.")}
    if state == "finished" and kind not in AFTER_WORK:
        return {"": _("Work is finished. Resume work first to add to the record.")}
    check = CHECKS.get(kind)
    return check(payload, facts, planned_start, positions, at) if check else {}


def _step(payload, facts, planned_start, positions, at):
    if payload["step"] not in STEPS:
        return {"step": _("This step happens by another entry.")}
    if payload["step"] != "set_out" and not facts["arrived_at"]:
        return {"step": _("Note the arrival first.")}
    if payload["step"] == "end_training" and not (facts.get("sessions") and facts.get("attendees")):
        return {"step": _("The training sheet is empty: note what was taught and who was there.")}
    return _uneven(facts, "step") if payload["step"] == "leave_room" else {}


def _uneven(facts, name):
    """Things of the machine room that are not accounted for."""
    left = [f"{thing} ({inside or borrowed:+d})" for thing, inside, borrowed in uneven(facts.get("room_items", []))]
    sentence = _("Not accounted for: %(items)s. What was carried in goes out again or stays, what was borrowed is given back.")
    return {name: sentence % {"items": _("; ").join(left)}} if left else {}


def _delay(payload, facts, planned_start, positions, at):
    if facts["arrived_at"]:
        return {"": _("You have arrived already.")}
    if moment(payload["new_time"]) <= planned_start:
        return {"new_time": _("The new time is not later than the planned one.")}
    return {}


def _arrived(payload, facts, planned_start, positions, at):
    arrived = moment(payload["arrived_at"])
    if facts["departed_at"] and arrived >= moment(facts["departed_at"]):
        return {"arrived_at": _("The arrival lies after the departure.")}
    odd = _odd(arrived, at) or (
        abs(arrived - planned_start) > FAR_FROM_PLAN
        and _("This is more than 12 hours from the planned time. If it is right, say why.")
    )
    return _unless_explained(payload, "arrived_at", odd)


def _departed(payload, facts, planned_start, positions, at):
    departed = moment(payload["departed_at"])
    if departed <= moment(facts["arrived_at"]):
        return {"departed_at": _("The departure lies before the arrival.")}
    if facts["pauses"] and facts["pauses"][-1]["to"] is None:
        return {"": _("Work is paused. Note when it was resumed first.")}
    if "start_training" in facts["steps"] and "end_training" not in facts["steps"]:
        return {"": _("Say first that the training has ended.")}
    if uneven(facts.get("room_items", [])):
        return _uneven(facts, "")
    if "enter_room" in facts["steps"] and "leave_room" not in facts["steps"]:
        return {"": _("Say first that you left the machine room.")}
    odd = _odd(departed, at) or (
        departed - moment(facts["arrived_at"]) > LONG_VISIT
        and _("This is more than 24 hours after the arrival. If it is right, say why.")
    )
    return _unless_explained(payload, "departed_at", odd)


def _odd(entered, at):
    return entered > at + CLOCK_TOLERANCE and _("This time lies in the future. If it is right, say why.")


def _unless_explained(payload, name, odd):
    return {name: odd} if odd and not payload.get("odd_time_reason") else {}


def _item(payload, facts, planned_start, positions, at):
    if payload["scope_item"] not in positions:
        return {"scope_item": _("This is outside of the agreed scope. Note it as a new need: headquarters decides before it is done.")}
    return {}


def _new_need(payload, facts, planned_start, positions, at):
    """Asked and waiting, or decided by telephone: then by whom, when, how and what, all of it."""
    if not any(payload[name] for name in DECIDED):
        return {}
    return {name: _("Needed, because it was decided by telephone.") for name in DECIDED if not payload[name]}


def _hq_answer(payload, facts, planned_start, positions, at):
    asked = [row["entry"] for row in facts["questions"]]
    if payload["question"] not in asked:
        return {"question": _("Choose one of the list.")}
    return {"answered_at": _("This time lies in the future.")} if moment(payload["answered_at"]) > at + CLOCK_TOLERANCE else {}


def _training(payload, facts, planned_start, positions, at):
    if moment(payload["ended_at"]) <= moment(payload["started_at"]):
        return {"ended_at": _("The training ends before it begins.")}
    return {"ended_at": _("This time lies in the future.")} if moment(payload["ended_at"]) > at + CLOCK_TOLERANCE else {}


def _assessment(payload, facts, planned_start, positions, at):
    known = [row["key"] for row in facts.get("attendees", [])]
    return {} if payload["attendee"] in known else {"attendee": _("Choose one of the list.")}


def _pause(payload, facts, planned_start, positions, at):
    if facts["pauses"] and facts["pauses"][-1]["to"] is None:
        return {"": _("Work is paused already.")}
    if moment(payload["at"]) < moment(facts["arrived_at"]):
        return {"at": _("The pause lies before the arrival.")}
    return _unless_explained(payload, "at", _odd(moment(payload["at"]), at))


def _left(payload, facts, planned_start, positions, at):
    return _pause(payload, facts, planned_start, positions, at) or leaving.against(payload)


def _resume(payload, facts, planned_start, positions, at):
    if not facts["pauses"] or facts["pauses"][-1]["to"]:
        return {"": _("Work is not paused.")}
    if moment(payload["at"]) <= moment(facts["pauses"][-1]["from"]):
        return {"at": _("Work was resumed before it was paused?")}
    return {}


CHECKS = {
    "step": _step, "delay_notice": _delay, "arrived": _arrived, "departed": _departed,
    "result": _item, "hq_confirmation": _item, "new_need": _new_need, "pause": _pause, "left_site": _left, "resume": _resume,
    "training": _training, "assessment": _assessment, "hq_answer": _hq_answer,
}  # fmt: skip

# The step whose rules are asked before an entry of this kind.
GUARDED = {"arrived": "set_out", "result": "work", "part": "work", "departed": "finish", "change_start": "start_change"}
# The steps whose rules are asked before this one as well: a change in production is work, in a machine room it is operating there.
EARLIER = {"start_change": ("work", "operate")}


def step_before(kind, payload):
    """The step of the visit that this entry takes, or None."""
    if kind == "change_end":  # a change that failed ends in any case; only its success answers for the tests afterwards
        return "end_change" if payload["outcome"] == "passed" else None
    return payload["step"] if kind == "step" else GUARDED.get(kind)
