from django.db.models import Q

from conduct.people.access import Permission, sees_all

from .models import Approval
from .states import ApprovalState


def _asked_of(user):
    return Q(asked_of=user) | Q(asked_of_role__in=user.roles)


def approvals_for(user):
    """Every approval that this person may know of: all of them, or what one asked, is asked and decided."""
    if sees_all(user, Permission.SEE_APPROVALS):
        return Approval.objects.all()
    if not user.may(Permission.SEE_APPROVALS):
        return Approval.objects.none()
    return Approval.objects.filter(_asked_of(user) | Q(asked_by=user) | Q(decided_by=user))


def waiting_for(user):
    """What this person can decide now. Never one's own requests, even where one holds the role that is asked."""
    return Approval.objects.filter(_asked_of(user), state=ApprovalState.ASKED).exclude(asked_by=user)


def put_to(user):
    """What this person is or was asked, by name or by role, decided or not."""
    return Approval.objects.filter(_asked_of(user))


def asked_by(user):
    return Approval.objects.filter(asked_by=user)


def decided_by(user):
    return Approval.objects.filter(decided_by=user).exclude(state=ApprovalState.WITHDRAWN)


def approvals_about(*, origin, reference):
    """Everything that was asked about one thing, oldest first."""
    rows = Approval.objects.filter(origin=origin, reference=reference)
    return rows.select_related("asked_by", "asked_of", "decided_by").order_by("asked_at", "pk")


def may_decide(user, approval):
    """Is it this person's to decide? The access table does not say it: whoever is asked may answer, but never oneself."""
    asked = approval.asked_of_id == user.pk or (approval.asked_of_role and approval.asked_of_role in user.roles)
    return user.is_active and bool(asked) and approval.asked_by_id != user.pk
