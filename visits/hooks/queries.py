from conduct.people.access import Permission, sees_all
from conduct.systems.queries import systems_for
from conduct.trail.models import Event
from visits.orders.queries import orders_for
from visits.schedule.queries import visits_for

from .events import EVENTS
from .models import Call, Hook

AT_ONCE = 500


def hooks_for(user):
    """Every subscriber, ended ones too, for who manages the company's data."""
    return Hook.objects.filter(system__in=systems_for(user)).select_related("system__acts_for", "created_by")


def calls_of(hook):
    return Call.objects.filter(hook=hook).select_related("delivery", "again_by")


def listening():
    """The subscribers that are to be called, of systems that are still let in."""
    rows = Hook.objects.filter(ended_at=None, system__revoked_at=None, system__acts_for__is_active=True)
    return list(rows.select_related("system__acts_for", "created_by"))


def events_between(since, until):
    """The first lines of the trail in (since, until] that may be told, oldest first."""
    return list(Event.objects.filter(at__gt=since, at__lte=until, verb__in=EVENTS).order_by("at", "id")[:AT_ONCE])


def hears(hook, event):
    """Is this event for this subscriber: asked for, within the scopes, and about what its person may see?"""
    system = hook.system
    if event.verb not in hook.events or EVENTS[event.verb] not in system.scopes or event.at < hook.created_at:
        return False
    if event.verb == "paper.sealed" and not sees_all(system.acts_for, Permission.SEE_PAPERS):
        return False
    return door(system.acts_for, event).filter(number=event.subject).exists()


def door(user, event):
    return orders_for(user) if event.subject_kind == "workorder" else visits_for(user)
