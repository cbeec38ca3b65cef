from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MonthClosing(models.Model):
    """A month that the manager closed: its counters are frozen beside the living ones, its definitions kept in words."""

    month = models.CharField(_("month"), max_length=7, unique=True)
    definitions = models.JSONField(default=dict)
    yardstick = models.PositiveSmallIntegerField(_("edition of the yardsticks"), default=0)
    note = models.CharField(_("note"), max_length=500, blank=True)
    at = models.DateTimeField(_("closed at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("closed by"))

    class Meta:
        verbose_name = _("closed month")

    def __str__(self):
        return self.month
