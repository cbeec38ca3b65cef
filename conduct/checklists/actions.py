from django.db import transaction

from conduct.base.errors import DomainError
from conduct.base.sentences import sentence as _
from conduct.rules.models import Rule
from conduct.trail import actions as trail

from . import gates
from .models import Answer, Checklist


class Incomplete(DomainError):
    """An answer lacks something. `fields` is {field: sentence}."""

    def __init__(self, fields):
        field, message = next(iter(fields.items()))
        super().__init__(message, field=field)
        self.fields = fields


def open_checklist(*, edition, traits, subject, at):
    return Checklist.objects.create(edition=edition, traits=list(traits), subject=subject, created_at=at)


@transaction.atomic
def answer(
    *, checklist, rule_code, answer, note="", files=(), evidence_name="", evidence_date=None, allowed=None, is_shown=False, by, at
):
    """Keep an answer; the one before it stays, no longer current.

    `files` are StoredFile rows, `allowed` holds allowed_name, allowed_at, allowed_how and allowed_why. With `is_shown` the product
    holds the evidence itself, and the note says where.
    Raises Incomplete when evidence or a reason is lacking, DomainError for a rule that is not asked here.
    """
    rule = Rule.objects.filter(edition=checklist.edition_id, code=rule_code, enforce__in=["gate", "check"]).first()
    if rule is None or not set(rule.when) <= set(checklist.traits):
        raise DomainError(_("This rule is not asked here."), field="rule_code")
    allowed = allowed or {}
    given = gates.Given(answer, note.strip(), len(files), evidence_name, str(evidence_date or ""), allowed)
    if lacks := not is_shown and gates.lacking(rule.enforce, rule.evidence, given):
        raise Incomplete(lacks)
    checklist.answers.filter(rule_code=rule_code, is_current=True).update(is_current=False)
    kept = Answer.objects.create(
        checklist=checklist,
        rule_code=rule_code,
        answer=answer,
        note=given.note,
        evidence_name=evidence_name,
        evidence_date=evidence_date or None,
        is_reported=gates.is_reported(given),
        by=by,
        at=at,
        **(allowed if answer == gates.ALLOWED_BY else {}),
    )
    if files:
        kept.files.set(files)
    if kept.is_reported:
        trail.note(verb="rule.reported", subject=checklist, by=by, at=at, rule=rule_code, answer=answer, about=checklist.subject)
    return kept
