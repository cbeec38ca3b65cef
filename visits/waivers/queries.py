from django.db.models import OuterRef, Subquery

from conduct.people.access import Permission, sees_all
from visits.orders.models import ScopeItem

from .models import Waiver
from .states import WaiverState


def waivers_for(user):
    """What this person may know of: everything for headquarters, an engineer's own visits for the engineer."""
    rows = Waiver.objects.select_related(
        "visit__order__customer", "visit__record", "visit__engineer__staff", "entry", "raised_by", "decided_by"
    )
    if not user.may(Permission.SEE_WAIVERS):
        return rows.none()
    return rows if sees_all(user, Permission.SEE_WAIVERS) else rows.filter(visit__engineer__staff=user)


def waiting(visit):
    """Whether an item of this visit still waits for the technical manager."""
    return visit.waivers.filter(state=WaiverState.WAITING).exists()


def waiting_for(user):
    """What waits for this person's decision."""
    if not user.may(Permission.DECIDE_WAIVERS):
        return Waiver.objects.none()
    return waivers_for(user).filter(state=WaiverState.WAITING)


def item_of(waiver):
    """The scope item as planned, or None when headquarters has taken it out since."""
    return waiver.visit.scope.filter(position=waiver.position).first()


def named_item(waiver):
    """The scope item by its number and its words."""
    item = item_of(waiver)
    return f"{waiver.position}. {item.text}" if item else f"{waiver.position}."


def with_item(waivers):
    """The same rows, each with `text`, the words of its scope item; None when it was taken out since."""
    planned = ScopeItem.objects.filter(visits=OuterRef("visit"), position=OuterRef("position"))
    return waivers.annotate(text=Subquery(planned.values("text")[:1]))
