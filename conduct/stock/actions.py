from django.db import transaction

from conduct.base.numbers import next_number
from conduct.trail import actions as trail


@transaction.atomic
def save_place(*, place, by, at):
    """Enter a place or change it. It comes unsaved."""
    verb = "place.changed" if place.pk else "place.created"
    place.number = place.number or next_number("PL", width=3)
    place.save()
    trail.note(verb=verb, subject=place, by=by, at=at, name=place.name, in_use=place.is_active)
    return place
