from django.db.models import Q

from conduct.people.access import Permission, sees_all
from conduct.people.queries import people_who_may

from .models import Complaint, ComplaintPolicy
from .states import ComplaintState, StepKind


def policy():
    return ComplaintPolicy.objects.filter(pk=1).first() or ComplaintPolicy(pk=1)


def complaints_for(user):
    """Every complaint for headquarters; for others what they see to and what they are named for to make better."""
    rows = Complaint.objects.select_related("customer", "order", "visit", "owner", "registered_by", "closed_by")
    if sees_all(user, Permission.SEE_COMPLAINTS):
        return rows
    if not user.may(Permission.SEE_COMPLAINTS):
        return rows.none()
    named = Complaint.objects.filter(steps__kind=StepKind.IMPROVEMENT, steps__who=user)
    return rows.filter(Q(owner=user) | Q(pk__in=named.values("pk")))


def late(complaints, at):
    return complaints.exclude(state=ComplaintState.CLOSED).filter(due_at__lt=at)


def to_close(user):
    """What this manager may close: everything that is ready and that somebody else sees to."""
    rows = Complaint.objects.filter(state=ComplaintState.IMPROVING).exclude(owner=user)
    return rows if user.may(Permission.CLOSE_COMPLAINTS) else rows.none()


def waiting_for(user):
    """What this person sees to and what this person may close, the first due first."""
    own = Q(owner=user) & ~Q(state__in=[ComplaintState.CLOSED, ComplaintState.IMPROVING])
    rows = Complaint.objects.filter(own | Q(pk__in=to_close(user).values("pk")))
    return rows.select_related("customer", "owner").order_by("due_at", "pk")


def complaints_of(visit):
    return Complaint.objects.filter(visit=visit).select_related("owner").order_by("registered_at", "pk")


def possible_owners():
    return people_who_may(Permission.REGISTER_COMPLAINTS)


def improvement_of(complaint):
    """The step of this round that names what is to become better, or None."""
    return complaint.steps.filter(kind=StepKind.IMPROVEMENT, round=complaint.round).select_related("who").first()
