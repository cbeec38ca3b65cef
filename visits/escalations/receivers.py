from django.dispatch import receiver

from conduct.base.signals import question_asked
from visits.records.models import Entry

from . import actions, scope_changes


@receiver(question_asked, sender=Entry)
def ask(sender, entry, by, at, **kwargs):
    (scope_changes if entry.kind == "new_need" else actions).ask(entry=entry, by=by, at=at)
