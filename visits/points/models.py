from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.repairs.models import RepairTicket
from visits.records.models import Entry
from visits.schedule.models import Visit

from .states import TRANSITIONS, PointState


class PointTicket(models.Model):
    """The ticket that an open point became. Each point becomes one at most."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="point_ticket")
    ticket = models.OneToOneField(RepairTicket, models.PROTECT, related_name="point_link")

    def __str__(self):
        return f"{self.entry_id} → {self.ticket_id}"


class Point(models.Model):
    """What a customer asked for, what remained open or was asked of headquarters on a visit, and who sees to it.

    Whoever was asked first owns it until it is closed or somebody with a name takes it over (rule work.first_asked). `day_ends_at`
    is midnight at the site: until then it is dealt with or reported (rule work.same_day). `kind` is the entry's.
    """

    TRANSITIONS = TRANSITIONS
    KINDS = ("request", "open_point", "question")

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="points")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="point")
    kind = models.CharField(max_length=20)
    text = models.TextField(_("what it is"), max_length=4000)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="points", verbose_name=_("who sees to it"))
    raised_at = models.DateTimeField()
    day_ends_at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=10, choices=PointState, default=PointState.OPEN)
    reported_at = models.DateTimeField(null=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reported_how = models.CharField(_("reported to whom, and how"), max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_how = models.CharField(_("what became of it"), max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-raised_at", "-id"], name="point_raised"),
            models.Index(fields=["-raised_at", "-id"], name="point_waiting", condition=models.Q(state__in=PointState.WAITING)),
            models.Index(fields=["day_ends_at"], name="point_undone", condition=models.Q(state="open")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None, closed_by=None) | models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="point_closed_by_somebody",
                violation_error_message=_("A decision needs a person and a time."),
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.entry_id}"

    def get_absolute_url(self):
        return reverse("points:point", args=[self.visit.number, self.entry_id])

    def is_own(self, user):
        return self.owner_id == user.pk

    @property
    def is_waiting(self):
        return self.state in PointState.WAITING

    def is_late(self, at):
        """Nobody dealt with it or reported it on its day."""
        return self.state == PointState.OPEN and self.day_ends_at <= at
