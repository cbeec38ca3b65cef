"""A visit that turns out to be more than its order said."""

from django.db import transaction

from conduct.trail import actions as trail

from .models import Visit


@transaction.atomic
def add_trait(*, visit, trait, by, at):
    """From here on the rules of this trait are asked of the visit too. Adding it twice is harmless."""
    held = Visit.objects.select_for_update().only("traits").get(pk=visit.pk)
    if trait not in held.traits:
        visit.traits = [*held.traits, trait]
        Visit.objects.filter(pk=visit.pk).update(traits=visit.traits)
        trail.note(verb="visit.trait_added", subject=visit, by=by, at=at, trait=trait)
