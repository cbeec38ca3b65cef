from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .terms import DEFAULT


def default_terms():
    return dict(DEFAULT)


class RetentionPolicy(models.Model):
    """How many months each kind of data is kept: {code of the kind: months}. A change is a new version; old ones stay."""

    version = models.PositiveIntegerField(_("version"), unique=True)
    terms = models.JSONField(default=default_terms)
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-version"]
        verbose_name = _("retention table")

    def __str__(self):
        return str(self.version)
