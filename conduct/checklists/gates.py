"""What an answer to a rule is worth. Pure: no database, no clock.

A gate lets its step go on after "yes" with its evidence, after "not applicable" with a reason, or after "allowed by"
with who at headquarters, when, how and why. A check lets it go on once answered; its "no" needs a note, and
headquarters is told.
"""

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import pgettext_lazy

from conduct.base.sentences import sentence as _

YES, NO, NOT_APPLICABLE, ALLOWED_BY = "yes", "no", "not_applicable", "allowed_by"
ALLOWANCE = ("allowed_name", "allowed_at", "allowed_how", "allowed_why")


class AnswerCode(models.TextChoices):
    YES = YES, pgettext_lazy("answer", "yes")
    NO = NO, pgettext_lazy("answer", "no")
    NOT_APPLICABLE = NOT_APPLICABLE, pgettext_lazy("answer", "not applicable")
    ALLOWED_BY = ALLOWED_BY, pgettext_lazy("answer", "allowed by headquarters")


@dataclass(frozen=True)
class Given:
    """An answer as it was given. `files` counts the files kept with it; `evidence_date` is "YYYY-MM-DD"."""

    answer: str
    note: str = ""
    files: int = 0
    evidence_name: str = ""
    evidence_date: str = ""
    allowed: dict = field(default_factory=dict)


def lacking(enforce, evidence, given):
    """{field: sentence} of what an answer lacks to be complete; empty when it can be kept."""
    if given.answer not in AnswerCode.values:
        return {"answer": _("Choose an answer.")}
    if given.answer == NOT_APPLICABLE and not given.note:
        return {"note": _("Say why it does not apply.")}
    if given.answer == NO and not given.note:
        return {"note": _("Say what is in the way.")}
    if given.answer == ALLOWED_BY:
        if enforce != "gate":
            return {"answer": _("Only a gate needs headquarters' leave.")}
        return {
            name: _("Needed, because headquarters allowed an exception.") for name in ALLOWANCE if not given.allowed.get(name)
        }
    return _lacking_evidence(evidence, given) if given.answer == YES else {}


def _lacking_evidence(evidence, given):
    if evidence == "note" and not given.note:
        return {"note": _("This rule asks for a note.")}
    if evidence == "photo" and not given.files:
        return {"file": _("This rule asks for a photo.")}
    if evidence == "file" and not given.files:
        return {"file": _("This rule asks for a file.")}
    if evidence in ("approval", "signature"):
        lacks = {} if given.files else {"file": _("This rule asks for a scan of the signed paper.")}
        if not given.evidence_name:
            lacks["evidence_name"] = _("Who signed it?")
        if not given.evidence_date:
            lacks["evidence_date"] = _("When was it signed?")
        return lacks
    return {}


def lets_pass(enforce, given):
    """May the step go on after this (complete) answer? `given` is None while nobody answered."""
    if given is None:
        return False
    return enforce == "check" or given.answer != NO


def is_reported(given):
    """Does headquarters have to see it?"""
    return given.answer in (NO, ALLOWED_BY)
