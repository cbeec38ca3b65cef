import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.customers.models import Site

from .states import TRANSITIONS, ClockKind, ConsentWay, LeaveKind, LeaveState


class ClockEntry(models.Model):
    """One press of "in" or "out". `reason` is set when it was entered later; `struck_at` when it does not count. Never edited."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="clock_entries", db_index=False)
    kind = models.CharField(_("kind"), max_length=3, choices=ClockKind)
    at = models.DateTimeField(_("time"))
    reason = models.CharField(_("reason"), max_length=120, blank=True)
    entered_at = models.DateTimeField(_("entered at"))
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    struck_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["staff", "at"], name="clock_staff_at"), models.Index(fields=["at"], name="clock_at")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(struck_at=None, struck_by=None)
                | models.Q(struck_at__isnull=False, struck_by__isnull=False) & ~models.Q(struck_reason=""),
                name="clock_struck_by_and_at",
            )
        ]

    def __str__(self):
        return f"{self.staff_id} {self.kind} {self.at:%Y-%m-%d %H:%M}"

    def is_own(self, user):
        return self.staff_id == user.pk

    @property
    def is_late_entry(self):
        return bool(self.reason)


class Leave(models.Model):
    """A request for leave and what became of it. [start, end) is half-open; whole days run from midnight to midnight.

    `site` is set when the person is posted at a customer then: the customer's consent comes before the line manager is asked.
    """

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="leaves", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=12, choices=LeaveKind)
    start = models.DateTimeField(_("from"))
    end = models.DateTimeField(_("until"))
    zone = models.CharField(max_length=40)
    reason = models.CharField(_("reason"), max_length=300)
    state = models.CharField(_("state"), max_length=9, choices=LeaveState, default=LeaveState.ASKED)
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("posted at the customer's site")
    )
    consent_name = models.CharField(_("who consented"), max_length=60, blank=True)
    consent_way = models.CharField(_("how"), max_length=9, choices=ConsentWay, blank=True)
    consent_note = models.CharField(_("what was agreed"), max_length=200, blank=True)
    consent_at = models.DateTimeField(_("consent noted at"), null=True)
    minutes = models.PositiveIntegerField(_("working time"))
    asked_at = models.DateTimeField(_("asked at"))
    ended_reason = models.CharField(_("reason of the end"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("leave")
        indexes = [
            models.Index(fields=["-start", "-id"], name="leave_start"),
            models.Index(fields=["staff", "end"], name="leave_staff_end", condition=models.Q(state="approved")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="leave_ends_after_start",
                violation_error_message=_("The leave ends before it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(site=None) | models.Q(state__in=["consent", "withdrawn"])
                | models.Q(consent_at__isnull=False) & ~models.Q(consent_name="", consent_way=""),
                name="leave_with_the_customers_consent",
                violation_error_message=_("The customer's consent comes first."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("attendance:leave", args=[self.number])

    def is_own(self, user):
        return self.staff_id == user.pk

    @property
    def span(self):
        """ "2026-12-01 – 2026-12-02" of whole days, else with times; in the zone of the person who asked."""
        zone = ZoneInfo(self.zone)
        start, end = self.start.astimezone(zone), self.end.astimezone(zone)
        if (start.hour, start.minute, end.hour, end.minute) != (0, 0, 0, 0):
            return f"{start:%Y-%m-%d %H:%M} – {end:%Y-%m-%d %H:%M}"
        last = end.date() - datetime.timedelta(days=1)
        return f"{start:%Y-%m-%d}" if last == start.date() else f"{start:%Y-%m-%d} – {last:%Y-%m-%d}"
