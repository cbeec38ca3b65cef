"""What speaks against an entry, asked of the record as it stands."""

from conduct.base.errors import DomainError
from conduct.base.sentences import in_each_language
from conduct.base.sentences import sentence as _
from conduct.checklists import actions as checklists
from visits.changes import lock
from visits.changes.queries import change_of, plain

from . import checks, finding, privacy
from .models import Entry, EntryFile, VisitChecklist
from .queries import asked_of, positions_of, stopping


class Refused(DomainError):
    """The entry was not stored. `fields` is {field: [sentence]}, `rules` are those that stop the step."""

    def __init__(self, message, fields=None, rules=()):
        super().__init__(message)
        self.fields, self.rules = fields or {}, list(rules)


def against(entry, record, *, state, at):
    """({field: sentence}, [rule, …]) that speak against the entry. `state` is the visit's, `at` when it was made."""
    visit, kind, payload = entry.visit, entry.kind, entry.payload
    if visit.is_called_off:
        return {"": _("Headquarters withdrew this visit meanwhile.")}, []
    if not visit.is_own(entry.author):
        return {"": _("This visit was given to another engineer meanwhile.")}, []
    fields = checks.against(
        kind,
        payload,
        facts=record.facts,
        state=state,
        planned_start=visit.planned_start,
        positions=positions_of(visit) if "scope_item" in payload else (),
        entry_count=record.entry_count,
        at=at,
    )
    if entry.corrects_id and not _correctable(visit).filter(pk=entry.corrects_id).exists():
        fields[""] = _("The entry that this one corrects is not part of this record.")
    if kind == "withdraw" and not entry.corrects_id:
        fields[""] = _("Say which entry is withdrawn.")
    if payload.get("file") and not EntryFile.objects.filter(pk=payload["file"], visit=visit).exists():
        fields["file"] = _("The file was not received yet.")
    fields |= privacy.against(visit, kind, payload)
    if kind == "result" and not fields:
        has_answer = visit.site_questions.exclude(answered_at=None, told=None).exists
        fields |= finding.against(payload, visit.order.stated_cause, has_answer)
    if kind in lock.CHECKS and not fields:
        fields |= lock.against(kind, payload, plain(change_of(visit)), at, record.facts.get("change", ()))
    step = checks.step_before(kind, payload)
    if not step or fields or not visit.edition_id:
        return fields, []
    return fields, stopping(visit, checklist_of(visit, at=at), step, record.facts)


def _correctable(visit):
    return Entry.objects.filter(visit=visit).exclude(kind__in=["step", "answer"])


def summary(fields, rules):
    """The one sentence of what `against` found; None when it found nothing."""
    if rules:
        return _("First answer: %(rules)s") % {"rules": in_each_language(lambda: _("; ").join(rule.text for rule in rules))}
    return next(iter(fields.values()), None)


def checklist_of(visit, *, at):
    """The visit's checklist, opened when it is first asked for."""
    if (kept := asked_of(visit)) and kept.pk:
        return kept
    opened = checklists.open_checklist(edition=visit.edition, traits=visit.traits, subject=visit.number, at=at)
    return VisitChecklist.objects.create(visit=visit, checklist=opened).checklist
