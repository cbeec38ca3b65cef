from django.db import transaction

from conduct.base.errors import DomainError
from conduct.trail import actions as trail
from visits.schedule import actions as schedule

from .models import WayOn


@transaction.atomic
def choose_way(*, visit, choice, by, at):
    """Decide whether the engineer returns home after this visit or goes on. Deciding again replaces it."""
    WayOn.objects.update_or_create(visit=visit, defaults={"choice": choice, "by": by, "at": at})
    trail.note(verb="visit.onward", subject=visit, by=by, at=at, choice=choice)


def accept(*, places, reason="", by, at):
    """Plan suggested places, quietly and each in a transaction of its own: [(place, visit or None, why not), …].

    `places` are dicts with order, engineer, planned_start and planned_end, of orders without a visit; `reason` covers the soft
    conflicts of all.
    """
    return [(place, *_plan(place, reason, by, at)) for place in places]


def _plan(place, reason, by, at):
    try:
        return schedule.place(**place, known=(), reason=reason, by=by, at=at), ""
    except DomainError as error:
        return None, error.message
