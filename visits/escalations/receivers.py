from django.dispatch import receiver

from conduct.base.signals import question_asked
from visits.records.models import Entry

from . import actions, scope_changes

ASKED = {"question": actions.ask, "hq_answer": actions.note_told, "new_need": scope_changes.ask}


@receiver(question_asked, sender=Entry)
def ask(sender, entry, by, at, **kwargs):
    ASKED[entry.kind](entry=entry, by=by, at=at)
