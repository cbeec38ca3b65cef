from django.dispatch import receiver

from conduct.base.signals import agreement_changed
from visits.schedule.models import Visit

from . import actions


@receiver(agreement_changed, sender=Visit)
def changed(sender, visit, by, at, **kwargs):
    actions.changed(visit=visit, by=by, at=at)
