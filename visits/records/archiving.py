"""What is asked before a visit is archived: the record is closed by then, so headquarters answers."""

from django.db import transaction

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.ids import uuid7
from conduct.base.sentences import sentence as _
from conduct.checklists import actions as checklists
from conduct.checklists.queries import questions
from conduct.rules.states import Step
from conduct.trail import actions as trail
from visits.schedule.states import VisitState

from .actions import keep_file
from .judging import checklist_of
from .taking import locked


@transaction.atomic
def answer_before_archive(*, visit, rule_code, upload=None, by, at, **given):
    """Answer one of the rules before archiving; `given` is as in checklists.actions.answer, `upload` its evidence.

    Raises ForbiddenMove unless the record is closed and the visit not archived, Incomplete when a reason or evidence is lacking.
    """
    visit = locked(visit)
    if visit.state not in (VisitState.SIGNED, VisitState.REFUSED):
        raise ForbiddenMove(_("This is answered between the signature and the archive."))
    checklist = checklist_of(visit, at=at)
    if rule_code not in {question.rule.code for question in questions(checklist, Step.ARCHIVE)}:
        raise DomainError(_("This rule is not asked here."))
    kept = [keep_file(visit=visit, file_id=uuid7(at), upload=upload, by=by, at=at).file] if upload else []
    answer = checklists.answer(checklist=checklist, rule_code=rule_code, files=kept, by=by, at=at, **given)
    trail.note(verb="rule.answered", subject=visit, by=by, at=at, rule=rule_code, answer=answer.answer)
    return answer
