from conduct.people.access import Permission, sees_all

from .models import ScopeChange, SiteQuestion
from .states import ScopeState

OPEN = (ScopeState.WAITING, ScopeState.CLAIMED)


def questions_for(user):
    """The questions that this person at headquarters may answer."""
    if not user.may(Permission.ANSWER_QUESTIONS):
        return SiteQuestion.objects.none()
    return SiteQuestion.objects.select_related("visit__order__customer", "asked_by", "answered_by")


def unanswered_count():
    return SiteQuestion.objects.filter(answered_at=None).count()


def scope_changes_for(user):
    """What this person may know of: everything for headquarters, an engineer's own visits for the engineer."""
    rows = ScopeChange.objects.select_related(
        "visit__order__customer", "visit__order__site", "visit__engineer__staff", "entry", "asked_by", "decided_by", "item", "order"
    )
    if not user.may(Permission.SEE_SCOPE_CHANGES):
        return rows.none()
    return rows if sees_all(user, Permission.SEE_SCOPE_CHANGES) else rows.filter(visit__engineer__staff=user)


def to_decide(user):
    """What waits for this person: asked, or said to be decided by telephone."""
    if not user.may(Permission.DECIDE_SCOPE_CHANGES):
        return ScopeChange.objects.none()
    return scope_changes_for(user).filter(state__in=OPEN)


def is_undecided(visit):
    """Whether a new need of this visit still waits for headquarters' word."""
    return visit.scope_changes.filter(state__in=OPEN).exists()
