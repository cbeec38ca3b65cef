from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from visits.records.kinds import Means
from visits.schedule.models import Visit

from .states import TRANSITIONS, CaseState


class RemoteCase(models.Model):
    """What remains of a visit for an online engineer: what the customer needs, who takes care, how it ended."""

    TRANSITIONS = TRANSITIONS
    CODES = {"kind": dict(Means.choices)}

    number = models.CharField(_("number"), max_length=16, unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="remote_cases")
    wanted = models.TextField(_("what the customer needs"), max_length=4000)
    means = models.CharField(_("how the customer wants to be helped"), max_length=10, choices=Means, default=Means.TELEPHONE)
    contact = models.CharField(_("whom to contact, and where"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=CaseState, default=CaseState.WAITING)
    handed_over_at = models.DateTimeField(_("handed over at"))
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("handed over by")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="remote_cases", verbose_name=_("taken care of by")
    )
    solved = models.BooleanField(pgettext_lazy("remote support", "solved"), null=True)
    result = models.TextField(_("result"), max_length=4000, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        verbose_name = _("remote-support case")
        indexes = [
            models.Index(fields=["-handed_over_at", "-id"], name="remote_handed_over"),
            models.Index(fields=["-handed_over_at", "-id"], name="remote_open", condition=~Q(state="closed")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state="waiting") ^ Q(owner__isnull=False), name="remote_owner_unless_waiting"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, solved__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None, solved=None)),
                name="remote_closed_with_a_result",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("remote:case", args=[self.number])


class RemoteContact(models.Model):
    """One time that the customer was spoken or written to."""

    case = models.ForeignKey(RemoteCase, models.CASCADE, related_name="contacts")
    means = models.CharField(_("by"), max_length=10, choices=Means)
    text = models.TextField(_("what was said and done"), max_length=4000)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
