from django.db.models import Q

from .models import Feed


def drop(*, staff):
    """Calendars that a person reads, and those that others read of this person."""
    Feed.objects.filter(Q(owner=staff) | Q(engineer__staff=staff)).delete()
