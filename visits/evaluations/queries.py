from visits.followup.states import FollowUpState
from visits.schedule.states import VisitState

from .models import EvaluationLink

CLOSED = (VisitState.SIGNED, VisitState.REFUSED)


def usable_links(at):
    """Links that can still be used: not used, not ended, not expired, and nobody has called the customer meanwhile."""
    rows = EvaluationLink.objects.usable(at).filter(visit__state__in=CLOSED)
    rows = rows.exclude(visit__follow_up__state=FollowUpState.REACHED)
    return rows.select_related("visit__order__site", "visit__order__customer", "created_by")


def link_of_token(token, at):
    """The usable link of this token, or None."""
    return usable_links(at).of_token(token).first()


def open_link(visit, at):
    """The link of a visit that the customer may still use, or None."""
    return usable_links(at).filter(visit=visit).order_by("-created_at").first()
