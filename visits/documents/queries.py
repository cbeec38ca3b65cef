from django.db.models import Count, Max

from conduct.people.access import Permission, sees_all
from visits.schedule.states import VisitState

from .models import HandedDocument

SHOWN = 200


def documents_for(user):
    """Those that this person may open: headquarters every one that is still kept, an engineer what is in one's hands now."""
    rows = HandedDocument.objects.exclude(file=None).select_related("file", "engineer__staff", "visit")
    if sees_all(user, Permission.OPEN_DOCUMENTS):
        return rows
    if not user.may(Permission.OPEN_DOCUMENTS):
        return rows.none()
    return in_hands(rows).filter(engineer__staff=user, visit__engineer__staff=user)


def in_hands(rows):
    """Neither withdrawn by hand nor by the end of the visit: an archived one takes its documents back by itself."""
    return rows.filter(withdrawn_at=None, file__isnull=False).exclude(visit__state__in=[*VisitState.ENDED, VisitState.PLANNED])


def handed_for(user):
    """The pages that say who opened a document and how often: for whoever may hand one out."""
    people = ("engineer__staff", "handed_by", "withdrawn_by")
    rows = HandedDocument.objects.select_related("file", "visit__order__customer", "visit__engineer", *people)
    return rows if sees_all(user, Permission.HAND_OUT_DOCUMENTS) else rows.none()


def documents_of(visit, user):
    """What a visit's page shows this person: everything with its openings, or what the engineer has in hand."""
    if sees_all(user, Permission.HAND_OUT_DOCUMENTS):
        rows = handed_for(user).filter(visit=visit)
        return rows.annotate(times=Count("openings"), last=Max("openings__at")).order_by("handed_at", "id")
    return documents_for(user).filter(visit=visit)


def in_hands_of(user):
    """What an engineer can open today, by visit."""
    rows = documents_for(user).filter(engineer__staff=user).select_related("visit__order__customer")
    return rows.order_by("visit__planned_start", "id")


def is_in_hand(document):
    return in_hands(HandedDocument.objects.filter(pk=document.pk)).filter(visit__engineer=document.engineer).exists()


def readers_of(document):
    """[(name, how often, last), …], who opened it most first."""
    rows = document.openings.order_by().values_list("by__name").annotate(times=Count("id"), last=Max("at"))
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def openings_of(document):
    """The newest openings, newest first."""
    return document.openings.select_related("by").order_by("-at", "-id")[:SHOWN]
