from django.dispatch import receiver

from conduct.base.signals import point_noted
from visits.records.models import Entry

from . import actions


@receiver(point_noted, sender=Entry)
def noted(sender, entry, by, at, **kwargs):
    actions.noted(entry=entry, by=by, at=at)
