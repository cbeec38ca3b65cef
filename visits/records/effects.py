"""What an entry brings about once it counts, in its own transaction: the visit moves, answers are noted, headquarters is asked."""

import datetime

from conduct.base.sentences import sentence as _
from conduct.base.signals import (
    delivery_of_item_noted,
    point_noted,
    promise_noted,
    question_asked,
    remote_help_asked,
    send_to_one,
)
from conduct.checklists import actions as checklists
from conduct.checklists.queries import questions
from conduct.trail import actions as trail
from visits.informing import actions as informing
from visits.schedule.moving import advance
from visits.schedule.states import VisitState

from . import production, proofs
from .checks import step_before
from .judging import Refused, checklist_of
from .kinds import Result
from .leaving import lacking
from .models import Entry, EntryFile
from .projection import APART, minutes_on_site, moment, project
from .queries import positions_of, record_of, shown_by_product


def have_effect(visit, entry, by, at):
    if step := step_before(entry.kind, entry.payload):
        _write_down(visit, step, by, at)
    effect = EFFECTS.get(entry.kind)
    if effect:
        effect(visit, entry, by, at)
    for signal in {FOLLOWED.get(kind) for kind in _kinds(entry)} - {None}:
        send_to_one(signal, sender=Entry, entry=entry, by=by, at=at)


def _write_down(visit, step, by, at):
    """The step was taken: what the product itself shows becomes the answer to its rule, so that the paper and the archive have it."""
    if not visit.edition_id or step not in proofs.STEPS:
        return
    checklist = checklist_of(visit, at=at)
    rows = [row for row in questions(checklist, step) if row.answer is None]
    for code, note in shown_by_product(visit, record_of(visit).facts, rows).items():
        if code in {row.rule.code for row in rows}:
            checklists.answer(checklist=checklist, rule_code=code, answer="yes", note=note, is_shown=True, by=by, at=at)


def _kinds(entry):
    """The entry's kind, and that of the one which it corrects or takes back."""
    before = Entry.objects.filter(pk=entry.corrects_id).values_list("kind", flat=True) if entry.corrects_id else ()
    return {entry.kind, *before}


def _arrive(visit, entry, by, at):
    if visit.state == VisitState.CONFIRMED:
        advance(visit, VisitState.ON_SITE)
        trail.note(verb="visit.arrived", subject=visit, by=by, at=at, arrived_at=entry.payload["arrived_at"])


def _depart(visit, entry, by, at):
    advance(visit, VisitState.FINISHED)
    trail.note(verb="visit.finished", subject=visit, by=by, at=at, departed_at=entry.payload["departed_at"])


def _leave(visit, entry, by, at):
    """Away in the middle of a visit: whose consent lacks is on the trail, where a possible breach is seen."""
    lacks = lacking(entry.payload)
    trail.note(verb="visit.left", subject=visit, by=by, at=at, entry=str(entry.pk), reason=entry.payload["reason"], lacks=lacks)


def _go_on(visit, entry, by, at):
    if visit.state == VisitState.FINISHED and entry.payload["step"] == "work":
        advance(visit, VisitState.ON_SITE)
        trail.note(verb="visit.resumed", subject=visit, by=by, at=at, step=entry.payload["step"])


def _delay(visit, entry, by, at):
    facts = {"new_time": moment(entry.payload["new_time"]), "reason": entry.payload["reason"]}
    informing.delayed(visit=visit, entry=entry.pk, by=by, at=at, **facts)


def _withdraw(visit, entry, by, at):
    informing.drop(visit=visit, entry=entry.corrects_id, at=at)


def _answer(visit, entry, by, at):
    payload = entry.payload
    if not visit.edition_id:
        raise Refused(_("No code of conduct was in force when this visit was planned."))
    allowed = {name: payload[name] for name in ("allowed_name", "allowed_at", "allowed_how", "allowed_why") if payload[name]}
    if "allowed_at" in allowed:
        allowed["allowed_at"] = moment(allowed["allowed_at"])
    files = [row.file for row in EntryFile.objects.filter(pk=payload["file"]).select_related("file")] if payload["file"] else []
    try:
        checklists.answer(
            checklist=checklist_of(visit, at=at),
            rule_code=payload["rule_code"],
            answer=payload["answer"],
            note=payload["note"],
            files=files,
            evidence_name=payload["evidence_name"],
            evidence_date=datetime.date.fromisoformat(payload["evidence_date"]) if payload["evidence_date"] else None,
            allowed=allowed,
            by=by,
            at=at,
        )
    except checklists.Incomplete as error:
        raise Refused(error.message, {name: [text] for name, text in error.fields.items()}) from error


def _ask(visit, entry, by, at):
    send_to_one(question_asked, sender=Entry, entry=entry, by=by, at=at)


def _hand_over(visit, entry, by, at):
    send_to_one(remote_help_asked, sender=Entry, entry=entry, by=by, at=at)


def _deliver(visit, entry, by, at):
    """Who at headquarters agreed that an item is not delivered, or that it is done after all."""
    if entry.kind == "hq_confirmation" or entry.payload["result"] == Result.DONE:
        send_to_one(delivery_of_item_noted, sender=Entry, entry=entry, by=by, at=at)


EFFECTS = {
    "delay_notice": _delay, "withdraw": _withdraw, "question": _ask, "new_need": _ask, "hq_answer": _ask, "hand_over": _hand_over, "arrived": _arrive, "departed": _depart, "left_site": _leave, "step": _go_on, "answer": _answer,
    "hq_confirmation": _deliver, "result": _deliver, **production.EFFECTS,
}  # fmt: skip

# What somebody has to see to after the visit; whoever follows it up hears of corrections and withdrawals too.
FOLLOWED = {"promise": promise_noted, "request": point_noted, "open_point": point_noted, "question": point_noted}


def bring_up_to_date(record, entry):
    """The projection, in the transaction of the entry that counts from now on."""
    if entry.kind in APART and not entry.corrects_id:
        record.entry_count += 1
        return record.save(update_fields=["entry_count"])
    visit = entry.visit
    accepted = Entry.objects.filter(visit=visit, state=Entry.State.ACCEPTED)
    entries = list(accepted.values_list("id", "kind", "payload", "corrects_id", named=True))
    facts = project(entries)
    record.facts = facts
    record.entry_count = len(entries)
    record.arrived_at = moment(facts["arrived_at"]) if facts["arrived_at"] else None
    record.departed_at = moment(facts["departed_at"]) if facts["departed_at"] else None
    record.minutes_on_site = minutes_on_site(facts)
    record.all_done = bool(facts["results"]) and not [
        position for position in positions_of(visit) if facts["results"].get(str(position), {}).get("result") != "done"
    ]
    record.save()
