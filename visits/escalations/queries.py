from django.db.models import Q

from conduct.people.access import Permission, sees_all
from conduct.people.queries import people_who_may, people_with_role

from .models import ScopeChange, SiteQuestion
from .states import ASKED_OF, ScopeState

OPEN = (ScopeState.WAITING, ScopeState.CLAIMED)


def questions_for(user, at):
    """The questions from the site that this person may read: what one's role is asked, what nobody answered in time, what one answered.

    Who plans visits sees every question: the engineer's next appointment may hang on it.
    """
    if not user.may(Permission.ANSWER_QUESTIONS):
        return SiteQuestion.objects.none()
    rows = SiteQuestion.objects.select_related("visit__order__customer", "asked_by", "answered_by", "told")
    if user.may(Permission.PLAN_VISITS):
        return rows
    return rows.filter(Q(kind__in=kinds_of(user)) | Q(answered_at=None, told=None, due_at__lt=at) | Q(answered_by=user))


def kinds_of(user):
    """The kinds of questions that are this person's to answer: by the role, or because nobody holds one of those roles."""
    return [kind for kind, roles in ASKED_OF.items() if user.roles.intersection(roles) or user in asked_of(kind)]


def may_answer(user, question, at):
    """A technical one is an engineer's, a business one a dispatcher's; what is late, whoever may answer at all answers."""
    return user.may(Permission.ANSWER_QUESTIONS) and (question.kind in kinds_of(user) or question.is_late(at))


def asked_of(kind):
    """Who is told of a question of this kind: who holds the first of its roles that anybody holds, else everybody who may answer."""
    for role in ASKED_OF[kind]:
        if people := list(people_with_role(role)):
            return people
    return list(people_who_may(Permission.ANSWER_QUESTIONS))


def to_answer(user, at):
    """What waits for this person's answer, due first in front."""
    return questions_for(user, at).filter(answered_at=None).order_by("asked_at", "id")


def timed(questions, at):
    """The questions as a list, each with `late`: whether it was or is answered too late."""
    rows = list(questions)
    for row in rows:
        row.late = row.is_late(at)
    return rows


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
