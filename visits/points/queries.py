from django.db.models import Q

from conduct.customers.models import Equipment
from visits.records.models import Entry, EntryFile


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
