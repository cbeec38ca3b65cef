from .chain import START, facts_of, link
from .models import Event, Seal


def subject_of(thing):
    """("visit", "V-2026-000001"): how the trail names a thing, by its number if it has one."""
    return thing._meta.model_name, str(getattr(thing, "number", None) or thing.pk)


def trail_of(thing):
    """The events of one thing, newest first."""
    kind, subject = subject_of(thing)
    return Event.objects.filter(subject_kind=kind, subject=subject).order_by("-id")


def oldest_unsealed():
    """When the first event after the last sealed one was noted, or None."""
    sealed = Seal.objects.order_by("-pk").values_list("event_id", flat=True).first() or 0
    return Event.objects.filter(pk__gt=sealed).order_by("pk").values_list("at", flat=True).first()


def first_broken_link():
    """The first seal that does not fit its event or the seal before it, or None when the chain is whole."""
    previous = START
    for seal in Seal.objects.order_by("pk").select_related("event").iterator():
        if seal.previous != previous or seal.sha256 != link(previous, facts_of(seal.event)):
            return seal
        previous = seal.sha256
    return None
