from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.company.queries import company
from conduct.trail import actions as trail
from visits.records.queries import record_of
from visits.schedule.moving import advance
from visits.schedule.states import VisitState
from visits.signoff.queries import last_valid

from . import counting
from .completeness import Missing
from .discrepancies import between
from .models import CallAttempt, FollowUp
from .queries import lacking_before_archive
from .states import FollowUpState


@transaction.atomic
def note_attempt(*, visit, outcome, note="", by, at):
    """A call that did not reach the customer. After the company's number of attempts the customer counts as not reached.

    Raises ForbiddenMove when somebody has reached the customer meanwhile.
    """
    follow_up = _open(visit)
    if follow_up.state == FollowUpState.REACHED:
        raise ForbiddenMove(_("A colleague has reached the customer already."))
    CallAttempt.objects.create(follow_up=follow_up, outcome=outcome, note=note, by=by, at=at)
    enough = follow_up.attempts.count() >= company().not_reached_attempts
    if enough and follow_up.state == FollowUpState.OPEN:
        move(follow_up, FollowUpState.NOT_REACHED, by=by, at=at)
    trail.note(verb="follow_up.attempt", subject=visit, by=by, at=at, outcome=outcome, note=note)
    return follow_up


@transaction.atomic
def record_call(*, visit, account, scores, comment="", by_link=False, by, at):
    """What the customer said, on the telephone or, `by_link`, in writing. `account` and `scores` carry the model's fields; differences from the record come by
    themselves. Raises ForbiddenMove when a colleague noted the call before."""
    follow_up, record = _open(visit), record_of(visit)
    differences = between(
        account,
        arrived_at=record.arrived_at,
        departed_at=record.departed_at,
        all_done=record.all_done,
        signed=bool((sign_off := last_valid(visit)) and sign_off.kind != "refused"),
    )
    facts = {**account, **scores, "comment": comment, "discrepancies": differences, "by_link": by_link, "by": by, "at": at}
    move(follow_up, FollowUpState.REACHED, **facts)
    counting.reached(visit=visit, scores=scores, discrepancies=differences)
    trail.note(verb="follow_up.reached", subject=visit, by=by, at=at, discrepancies=differences, **scores)
    return follow_up


@transaction.atomic
def archive(*, visit, by, at):
    """Close the file. Raises DomainError listing what is missing."""
    if lacks := lacking_before_archive(visit):
        raise DomainError(_("Still missing: %(what)s.") % {"what": _("; ").join(str(Missing(code).label) for code in lacks)})
    advance(visit, VisitState.ARCHIVED)
    trail.note(verb="visit.archived", subject=visit, by=by, at=at)


def _open(visit):
    if visit.state not in (VisitState.SIGNED, VisitState.REFUSED):
        raise DomainError(_("This visit does not wait for a call."))
    return FollowUp.objects.get_or_create(visit=visit)[0]
