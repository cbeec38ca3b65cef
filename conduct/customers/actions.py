from django.db import transaction

from conduct.base.numbers import next_number
from conduct.trail import actions as trail

from .indexing import index_sites
from .labels import label_of
from .models import Site

SERIES = {"customer": ("C", 4), "site": ("S", 4), "equipment": ("EQ", 6)}


@transaction.atomic
def save(*, thing, before=None, by, at):
    """Create or change a customer, site or piece of equipment. `before` is the row as it was, for the trail's difference."""
    kind = thing._meta.model_name
    if not thing.number:
        prefix, width = SERIES[kind]
        thing.number = next_number(prefix, width=width)
    if kind == "equipment" and not thing.label:
        thing.label = label_of(thing.number)
    thing.save()
    if kind != "equipment":
        index_sites(Site.objects.filter(**{"customer" if kind == "customer" else "pk": thing.pk}))
    verb = f"{kind}.changed" if before else f"{kind}.created"
    trail.note(verb=verb, subject=thing, by=by, at=at, **_differences(before, thing))
    return thing


@transaction.atomic
def give_labels(*, equipment):
    """Give a label to each of `equipment` that has none yet: rows that were entered before there were labels."""
    for item in equipment:
        if not item.label:
            item.label = label_of(item.number)
            item.save(update_fields=["label"])


@transaction.atomic
def save_contact(*, contact, by, at):
    is_new = contact.pk is None
    contact.left_at = None if contact.is_active else contact.left_at or at
    contact.save()
    index_sites(Site.objects.filter(pk=contact.site_id))
    verb = "contact.added" if is_new else "contact.changed"
    trail.note(verb=verb, subject=contact.site, by=by, at=at, name=contact.name, still_there=contact.is_active)
    return contact


def _differences(before, after):
    """{field: [old, new]} of what changed."""
    if before is None:
        return {}
    fields = [field.attname for field in after._meta.concrete_fields]
    return {
        name: [str(getattr(before, name)), str(getattr(after, name))]
        for name in fields
        if getattr(before, name) != getattr(after, name)
    }
