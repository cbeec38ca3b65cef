from django.db import transaction

from conduct.base.numbers import next_number
from conduct.base.unseen import refuse_unseen
from conduct.trail import actions as trail
from conduct.trail.queries import trail_of

from .indexing import index_sites
from .labels import label_of
from .models import Site

SERIES = {"customer": ("C", 4), "site": ("S", 4), "equipment": ("EQ", 6)}


@transaction.atomic
def save(*, thing, before=None, seen="", by, at):
    """Create or change a customer, site or piece of equipment. `before` is the row as it was, for the trail's difference.

    `seen` is what the form showed of it. Raises Unseen when somebody else changed it since.
    """
    kind = thing._meta.model_name
    refuse_unseen(thing, seen, lambda held: trail_of(held).filter(verb=f"{kind}.changed"))
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
def save_contact(*, contact, seen="", by, at):
    """Enter or change a contact of a site. `seen` as in `save`."""
    refuse_unseen(contact, seen, lambda held: trail_of(held.site).filter(verb="contact.changed", data__name=held.name))
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
