import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.links import new_token
from conduct.notices.actions import tell
from conduct.trail import actions as trail
from visits.followup import actions as followup
from visits.followup.queries import follow_up_of
from visits.followup.states import FollowUpState

from .models import EvaluationLink
from .queries import CLOSED

# A customer writes when there is time for it; a signature would not wait that long.
GOOD_FOR = datetime.timedelta(days=7)


@transaction.atomic
def issue(*, visit, by, at):
    """Make a link for the customer; an older one ends. Returns (link, token): the token is told this once.

    Raises DomainError for a visit that does not wait for the customer's word.
    """
    if visit.state not in CLOSED or follow_up_of(visit).state == FollowUpState.REACHED:
        raise DomainError(_("This visit does not wait for the customer's word."))
    EvaluationLink.objects.filter(visit=visit).revoke(at)
    token, sha256 = new_token()
    link = EvaluationLink.objects.create(visit=visit, token_sha256=sha256, created_at=at, created_by=by, expires_at=at + GOOD_FOR)
    until = link.expires_at.isoformat(timespec="minutes")
    trail.note(verb="evaluation.link_made", subject=visit, by=by, at=at, until=until)
    return link, token


@transaction.atomic
def evaluate(*, link, account, scores, comment, at):
    """Keep what the customer wrote, once. Raises ForbiddenMove when the link was used or ended meanwhile."""
    if not link.spend(at):
        raise ForbiddenMove(_("This link was used already or is no longer good."))
    visit, sender = link.visit, link.created_by
    followup.record_call(visit=visit, account=account, scores=scores, comment=comment, by_link=True, by=sender, at=at)
    tell(to=sender, code="evaluation.written", about=visit.number, url=f"/visits/{visit.number}/follow-up/", at=at)
