import datetime
import re
from functools import cache

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .words import KEYS, VERBS

# A moment as actions note it: with its offset from UTC, which nobody reads.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?[+-]\d\d:\d\d")


class Event(models.Model):
    """Who did what, when. Rows are only ever added: a trigger refuses UPDATE and DELETE.

    No foreign keys: the trail outlives what it tells of.
    """

    at = models.DateTimeField(_("at"))
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(_("by"), max_length=150, blank=True)
    verb = models.CharField(_("what"), max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject = models.CharField(_("subject"), max_length=64)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject", "id"], name="trail_subject"),
            models.Index(fields=["at", "id"], name="trail_at"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"

    @property
    def verb_words(self):
        return VERBS.get(self.verb, self.verb)

    @property
    def details(self):
        """[(name in words, value), …] of what was noted besides; a code of the subject's own field in its words, a moment by the reader's clock, nothing for nothing."""
        return [(KEYS.get(key, key), self._in_words(key, value)) for key, value in self.data.items() if value not in ("", None)]

    def _in_words(self, key, value):
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if not isinstance(value, str):
            return value
        if MOMENT.fullmatch(value):
            return f"{timezone.localtime(datetime.datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
        return _codes(self.subject_kind, key).get(value, value)


@cache
def _codes(kind, field):
    """{code: words} of a field of the model that the trail calls `kind`: its choices, or what the model says in CODES."""
    for model in (one for one in apps.get_models() if one._meta.model_name == kind):
        choices = [getattr(one, "flatchoices", ()) for one in model._meta.get_fields() if one.name == field]
        return getattr(model, "CODES", {}).get(field) or dict(choices[0] if choices else ())
    return {}


class Seal(models.Model):
    """One link of the chain: `sha256` covers the event's canonical JSON and the link before it."""

    event = models.OneToOneField(Event, on_delete=models.DO_NOTHING, db_constraint=False)
    previous = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self):
        return f"{self.pk}: {self.sha256[:12]}"
