from django.dispatch import receiver

from conduct.base.signals import question_asked
from visits.records.models import Entry

from . import actions


@receiver(question_asked, sender=Entry)
def ask(sender, entry, by, at, **kwargs):
    actions.ask(entry=entry, by=by, at=at)
