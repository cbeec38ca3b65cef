import datetime
import hashlib

from django.db.models import Max

from conduct.people.access import Permission, sees_all
from conduct.people.models import Engineer
from conduct.people.queries import bookable_engineers
from visits.schedule.queries import visits_for
from visits.schedule.states import VisitState

from .models import Feed

DAY = datetime.timedelta(days=1)
ONE = (30 * DAY, 180 * DAY)  # before and after today, of one engineer
ALL = (7 * DAY, 45 * DAY)  # of everybody
LEFT_OUT = {VisitState.PLANNED, *VisitState.WITHOUT_WORK}


def digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def feeds_of(user):
    """The person's own feeds that still work."""
    return Feed.objects.filter(owner=user, revoked_at=None).select_related("engineer__staff")


def feed_of(secret):
    """The feed of a secret address, or None when there is none, it was revoked, or its owner left."""
    rows = Feed.objects.filter(sha256=digest(secret), revoked_at=None, owner__is_active=True)
    return rows.select_related("owner", "engineer__staff").first()


def choices_for(user):
    """The engineers whose calendars this person may read, all of them for who sees all visits."""
    if sees_all(user, Permission.SEE_VISITS):
        return bookable_engineers()
    return Engineer.objects.filter(staff=user).select_related("staff")


def visits_of_feed(feed, at):
    """What the feed shows at `at`: visits that their engineers were asked for, and that did not fall through."""
    before, after = ONE if feed.engineer_id else ALL
    rows = visits_for(feed.owner).filter(planned_start__gte=at - before, planned_start__lt=at + after).exclude(state__in=LEFT_OUT)
    if feed.engineer_id:
        rows = rows.filter(engineer=feed.engineer_id)
    rows = rows.select_related("order__customer", "order__site", "engineer__staff")
    return rows.annotate(planned_at=Max("plan_versions__at")).order_by("planned_start", "id")
