from django.db.models import OuterRef, Q, Subquery

from conduct.outbox.states import DeliveryState
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


def unheard(hook):
    """The last failed call of each event that the subscriber never got and that is not on its way again, oldest first."""
    rows = Call.objects.filter(hook=hook)
    other = rows.exclude(delivery__state=DeliveryState.FAILED)
    last = rows.filter(event=OuterRef("event")).order_by("-id").values("pk")[:1]
    return rows.filter(pk=Subquery(last)).exclude(event__in=other.values("event")).select_related("hook__system", "delivery").order_by("event")


def listening():
    """The subscribers that are to be called, of systems that are still let in."""
    rows = Hook.objects.filter(ended_at=None, system__revoked_at=None, system__acts_for__is_active=True)
    return list(rows.select_related("system__acts_for", "created_by"))


def news(hooks, since, until):
    """(event, those of `hooks` that were not called of it yet) for each line of the trail in (since, until] that any of them hears
    of, oldest first."""
    for events in _pieces(since, until):
        known = set(Call.objects.filter(hook__in=hooks, event__in=[event.pk for event in events]).values_list("hook_id", "event"))
        for event in events:
            if due := [hook for hook in hooks if (hook.pk, event.pk) not in known and hears(hook, event)]:
                yield event, due


def _pieces(since, until):
    """Lists of AT_ONCE lines of the trail that may be told, to the last one: many may have come in the same moment."""
    rows, last = Event.objects.filter(at__gt=since, at__lte=until, verb__in=EVENTS).order_by("at", "id"), None
    while True:
        beyond = Q(at__gt=last.at) | Q(at=last.at, pk__gt=last.pk) if last else Q()
        events = list(rows.filter(beyond)[:AT_ONCE])
        yield events
        if len(events) < AT_ONCE:
            return
        last = events[-1]


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
