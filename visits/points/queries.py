from django.db.models import Q

from conduct.customers.models import Equipment
from conduct.people.access import Permission, sees_all
from visits.records.models import Entry, EntryFile

from .models import Point
from .states import PointState


def points_of(visit):
    """The visit's open points that nobody withdrew or corrected, oldest first."""
    gone = Entry.objects.filter(visit=visit).exclude(corrects=None).values("corrects")
    rows = Entry.objects.filter(visit=visit, kind="open_point", state=Entry.State.ACCEPTED).exclude(pk__in=gone)
    return rows.select_related("author", "point_ticket__ticket")


def equipment_of(visit):
    """What a point of this visit may be about: the order's equipment first, then the rest of the site."""
    order = visit.order
    rows = Equipment.objects.filter(Q(orders=order) | Q(site=order.site), is_active=True).distinct()
    return rows.select_related("site__customer").order_by("number")


def photos_of(visit):
    """[(file, what it shows), …] of the visit's photos, oldest first; a photo that was withdrawn is not among them."""
    gone = Entry.objects.filter(visit=visit).exclude(corrects=None).values("corrects")
    shown = Entry.objects.filter(visit=visit, kind="photo", state=Entry.State.ACCEPTED).exclude(pk__in=gone)
    files = {str(row.pk): row.file for row in EntryFile.objects.filter(visit=visit).select_related("file")}
    named = [(row.payload.get("file"), row.payload.get("caption", "")) for row in shown]
    return [(files[key], caption) for key, caption in named if key in files]


def matters_for(user):
    """What customers asked and what remained open: all of it for headquarters, for an engineer one's own and that of one's visits."""
    rows = Point.objects.select_related("visit__order__customer", "visit__order__site", "visit__engineer", "owner", "reported_by", "closed_by")
    if sees_all(user, Permission.SEE_PROMISES):
        return rows
    if user.may(Permission.SEE_PROMISES):
        return rows.filter(Q(owner=user) | Q(visit__engineer__staff=user))
    return rows.none()


def shown(rows, user, show, at):
    """One list: what waits, what nobody dealt with on its day (late), one's own that waits (mine), or all."""
    if show != "all":
        rows = rows.filter(state__in=PointState.WAITING)
    if show == "late":
        rows = rows.filter(state=PointState.OPEN, day_ends_at__lte=at)
    return rows.filter(owner=user) if show == "mine" else rows


def undone(user, at):
    """What this person owns and neither dealt with nor reported; for who plans visits everybody's of days that are over. Oldest first."""
    late = Q(day_ends_at__lte=at)
    mine = Q(owner=user)
    rows = matters_for(user).filter(state=PointState.OPEN)
    return rows.filter(mine | late if user.may(Permission.PLAN_VISITS) else mine).order_by("raised_at", "id")


def matters_of(visit):
    return visit.points.select_related("owner").order_by("raised_at", "id")
