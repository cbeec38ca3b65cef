from django.dispatch import receiver

from conduct.base.signals import delivery_of_item_noted
from visits.records.models import Entry

from . import actions


@receiver(delivery_of_item_noted, sender=Entry)
def follow(sender, entry, by, at, **kwargs):
    (actions.claim if entry.kind == "hq_confirmation" else actions.drop)(entry=entry, by=by, at=at)
