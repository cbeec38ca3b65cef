from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from visits.records.kinds import QuestionKind
from visits.records.models import Entry
from visits.schedule.models import Visit


class SiteQuestion(models.Model):
    """A question that the engineer asks headquarters from the site."""

    number = models.CharField(_("number"), max_length=16, unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="site_questions")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    kind = models.CharField(_("what it is about"), max_length=15, choices=QuestionKind)
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["answered_at", "-asked_at", "-id"], name="question_open")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by=None)
                | models.Q(answered_at__isnull=False, answered_by__isnull=False),
                name="question_answered_by_and_at",
            )
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("escalations:question", args=[self.number])
