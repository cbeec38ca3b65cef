from conduct.people.access import Permission, sees_all

from .models import RemoteCase
from .states import CaseState


def cases_for(user):
    """What this person may know of: everything for headquarters, those of one's own visits for an engineer."""
    rows = RemoteCase.objects.select_related("visit__order__customer", "visit__engineer__staff", "handed_over_by", "owner")
    if not user.may(Permission.SEE_REMOTE_CASES):
        return rows.none()
    return rows if sees_all(user, Permission.SEE_REMOTE_CASES) else rows.filter(visit__engineer__staff=user)


def waiting_for(user):
    """Open cases that nobody has taken, and those that this person takes care of."""
    rows = cases_for(user).exclude(state=CaseState.CLOSED)
    return rows.filter(state=CaseState.WAITING) | rows.filter(owner=user)


def contact_at(visit):
    """Whom to contact, as the order names it, or an empty text."""
    contact = visit.order.contact
    return f"{contact.name} {contact.telephone}".strip() if contact else ""
