from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from visits.records.models import Entry
from visits.schedule.models import Visit

from .states import TRANSITIONS, WaiverState


class Waiver(models.Model):
    """A scope item that cannot be delivered: what the engineer says headquarters agreed to, and the technical manager's word on it.

    `entry` is the latest confirmation that the engineer noted; who agreed, when and how stand in it.
    """

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="waivers")
    position = models.PositiveSmallIntegerField(_("scope item"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=WaiverState, default=WaiverState.WAITING)
    raised_at = models.DateTimeField(_("raised at"))
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("raised by"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decision = models.TextField(_("in writing"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("non-delivery confirmation")
        indexes = [
            models.Index(fields=["-raised_at", "-id"], name="waiver_raised"),
            models.Index(fields=["-raised_at", "-id"], name="waiver_waiting", condition=models.Q(state="waiting")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["visit", "position"], name="waiver_once_an_item"),
            models.CheckConstraint(
                condition=models.Q(decided_at=None, decided_by=None)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="waiver_decided_by_and_at",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("waivers:waiver", args=[self.number])
