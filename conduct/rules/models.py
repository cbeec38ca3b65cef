from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .states import Enforcement, Evidence, Severity, Stage, Step


class Edition(models.Model):
    """One edition of the code of conduct. A visit keeps the edition it was planned under."""

    code = models.CharField(_("edition"), max_length=20, unique=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    def __str__(self):
        return self.code


class Rule(models.Model):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField()
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

    @property
    def text(self):
        return self.text_in(get_language() or "zh-hans")

    def text_in(self, language):
        return self.en if language.startswith("en") else self.zh
