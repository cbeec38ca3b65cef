from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.files.models import StoredFile
from conduct.rules.models import Edition

from .gates import AnswerCode, Given


class Checklist(models.Model):
    """The rules of one edition that fit a set of traits, asked before the steps of something. What it is about, a room above knows."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    traits = models.JSONField(default=list)
    subject = models.CharField(_("about"), max_length=64, blank=True)
    created_at = models.DateTimeField()

    def __str__(self):
        return f"{self.edition_id} {self.subject}"


class Answer(models.Model):
    """One answer to one rule. A later answer replaces it without changing it: `is_current` moves on."""

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="answers")
    rule_code = models.CharField(_("rule"), max_length=60)
    answer = models.CharField(_("answer"), max_length=15, choices=AnswerCode)
    note = models.TextField(_("note"), max_length=4000, blank=True)
    files = models.ManyToManyField(StoredFile, related_name="+")
    evidence_name = models.CharField(_("signed by"), max_length=80, blank=True)
    evidence_date = models.DateField(_("signed on"), null=True, blank=True)
    allowed_name = models.CharField(_("allowed by"), max_length=80, blank=True)
    allowed_at = models.DateTimeField(_("allowed at"), null=True, blank=True)
    allowed_how = models.CharField(_("by telephone, message, mail"), max_length=80, blank=True)
    allowed_why = models.CharField(_("why"), max_length=300, blank=True)
    is_current = models.BooleanField(default=True)
    is_reported = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="answer_reported", condition=models.Q(is_reported=True, is_current=True))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["checklist", "rule_code"], condition=models.Q(is_current=True), name="answer_one_is_current"
            )
        ]

    def __str__(self):
        return f"{self.rule_code}: {self.answer}"

    @property
    def given(self):
        """The answer as gates.py reads it. It was complete when it was kept, so files count as enough."""
        return Given(self.answer, self.note, files=1)
