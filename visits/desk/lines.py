"""What an entry of the record says, in one line for headquarters."""

from django.utils import timezone

from conduct.rules.states import Step
from visits.records.kinds import KINDS
from visits.records.projection import moment
from visits.records.words import WORDS

# The fields that make the line of a kind; of the others it is the first of ANY that holds something.
LINE = {
    "arrived": ("arrived_at", "odd_time_reason"), "departed": ("departed_at", "odd_time_reason"), "pause": ("at", "reason"), "resume": ("at",),
    "result": ("scope_item", "result", "action"), "hq_confirmation": ("scope_item", "confirmed_name", "confirmed_how"),
    "hq_answer": ("answer", "answered_name", "answered_how"), "hand_over": ("means", "wanted", "contact"),
    "new_need": ("text", "decision", "decided_name"), "part": ("name", "old_serial", "new_serial", "quantity"), "promise": ("text", "due"),
    "room_item": ("direction", "name", "quantity"), "change_start": ("at",), "change_step": ("runbook_step", "result", "note"),
    "change_end": ("at", "outcome", "note"), "delay_notice": ("new_time", "reason"),
}  # fmt: skip
ANY = ("text", "action", "reason", "caption", "content", "name", "remark")


def line_of(entry):
    """Choices in words, times in the reader's zone. Empty when the words of an erased record are gone."""
    payload = entry.payload
    if entry.kind == "step":
        return Step(payload["step"]).label
    if entry.kind == "left_site":
        said = [payload["reason"], payload["ours_name"] or WORDS["no_ours"], payload["theirs_name"] or WORDS["no_theirs"]]
        return " · ".join(map(str, said)) if payload["reason"] else ""
    if entry.kind in LINE:
        said = [_value(KINDS[entry.kind][name], payload.get(name)) for name in LINE[entry.kind]]
        return " · ".join(str(value) for value in said if value not in ("", None))
    return next((payload[name] for name in ANY if payload.get(name)), "")


def _value(field, value):
    if value and field.type == "time":
        return f"{timezone.localtime(moment(value)):%Y-%m-%d %H:%M}"
    return dict(field.choices).get(value, value)
