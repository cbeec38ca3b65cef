from django.dispatch import receiver

from conduct.base.signals import promise_noted
from visits.records.models import Entry

from . import actions


@receiver(promise_noted, sender=Entry)
def noted(sender, entry, by, at, **kwargs):
    actions.noted(entry=entry, by=by, at=at)
