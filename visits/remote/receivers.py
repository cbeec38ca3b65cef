from django.dispatch import receiver

from conduct.base.signals import remote_help_asked
from visits.records.models import Entry

from . import actions


@receiver(remote_help_asked, sender=Entry)
def hand_over(sender, entry, by, at, **kwargs):
    actions.hand_over(visit=entry.visit, **entry.payload, by=by, at=at)
