"""The plan of a visit: every version is kept, and the month's counters follow the day and the engineer it names."""

from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import ForbiddenMove
from conduct.base.signals import agreement_changed, send_to_one
from conduct.people.models import Engineer
from conduct.rules.states import Trait

from .models import PlanVersion, Visit
from .moving import enter, leave
from .states import VisitState

FACTS = ("engineer", "planned_start", "planned_end", "identity_name", "identity_capacity")


def replan(visit, by, at, undoes=None, **plan):
    """Write a new version with these facts; any that is not named stays as it is. Call it before the state moves.

    Raises ForbiddenMove when somebody else wrote a version since `visit` was read.
    """
    leave(visit)
    plan["plan_version"] = visit.plan_version + 1
    if not Visit.objects.filter(pk=visit.pk, plan_version=visit.plan_version).update(**plan):
        raise ForbiddenMove(_("Somebody was faster: %(visit)s changed meanwhile.") % {"visit": visit})
    for name, value in plan.items():
        setattr(visit, name, value)
    enter(visit)
    keep_version(visit, by, at, undoes)
    if visit.previous_id:
        differs_from_agreed(visit, by, at)


def keep_version(visit, by, at, undoes=None):
    facts = {name: getattr(visit, name) for name in FACTS}
    PlanVersion.objects.create(visit=visit, version=visit.plan_version, by=by, at=at, undoes=undoes, **facts)


def differs_from_agreed(visit, by, at):
    """`visit` takes the place of one that was confirmed: the customer has to hear of it."""
    if visit.previous.state == VisitState.CANCELLED and visit.previous.confirmed_at:
        send_to_one(agreement_changed, sender=type(visit), visit=visit, by=by, at=at)


def traits_of(order, engineer):
    """The order's traits and the two derived ones: an outstation contractor, or an employee away from home."""
    derived = []
    if engineer.standing == Engineer.Standing.OUTSTATION:
        derived.append(Trait.OUTSTATION.value)
    elif engineer.home_city != order.site.city:
        derived.append(Trait.TRIP.value)
    return [*order.traits, *derived]


def year_at(site, at):
    return day_of(at, site.time_zone).year
