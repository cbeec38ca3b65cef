from conduct.people.access import Permission

from .models import SiteQuestion


def questions_for(user):
    """The questions that this person at headquarters may answer."""
    if not user.may(Permission.ANSWER_QUESTIONS):
        return SiteQuestion.objects.none()
    return SiteQuestion.objects.select_related("visit__order__customer", "asked_by", "answered_by")


def unanswered_count():
    return SiteQuestion.objects.filter(answered_at=None).count()
