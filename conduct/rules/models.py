from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .states import Enforcement, Evidence, Severity, Stage, Step, traits_in_words


class Edition(models.Model):
    """One edition of the code of conduct. A draft is edited; a published one never is, and holds from `valid_from` on.

    A visit keeps the edition that held when it was published.
    """

    code = models.CharField(
        _("edition"), max_length=20, unique=True, error_messages={"unique": _("There is an edition of this name already.")}
    )
    created_at = models.DateTimeField(_("begun"), null=True, blank=True)
    valid_from = models.DateTimeField(_("valid from"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at=None, valid_from=None)
                | models.Q(published_at__isnull=False, valid_from__isnull=False),
                name="edition_published_from_when",
                violation_error_message=_("A published edition says from when on it holds."),
            )
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("rules:edition", args=[self.code])

    @property
    def briefing_url(self):
        """Where its principles are read and acknowledged, before it holds and after as well."""
        return f"{reverse('rules:briefing')}?{urlencode({'edition': self.code})}"

    @property
    def is_draft(self):
        return self.published_at is None


class Rule(models.Model):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField(_("place"))
    code = models.CharField(_("code"), max_length=60)
    zh = models.TextField(_("wording, Chinese"), max_length=500)
    en = models.TextField(_("wording, English"), max_length=500)
    stage = models.CharField(_("chapter"), max_length=20, choices=Stage)
    before = models.CharField(_("asked before"), max_length=20, choices=Step, blank=True)
    enforce = models.CharField(_("enforcement"), max_length=10, choices=Enforcement)
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence, default=Evidence.NONE)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity)
    source = models.CharField(_("source"), max_length=60)
    when = models.JSONField(_("when"), default=list, blank=True)
    by_text = models.CharField(_("enforced by"), max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="rule_once_an_edition")]

    def __str__(self):
        return self.code

    def get_when_display(self):
        return traits_in_words(self.when)

    @property
    def text(self):
        return self.text_in(get_language() or "zh-hans")

    def text_in(self, language):
        return self.en if language.startswith("en") else self.zh


class Acknowledgement(models.Model):
    """A person has read a rule of one edition."""

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="acknowledgements")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("read at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "rule"], name="acknowledged_once")]

    def __str__(self):
        return f"{self.staff_id} {self.rule_id}"
