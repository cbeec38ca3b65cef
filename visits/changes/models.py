from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.base.days import iso_minutes
from conduct.files.models import StoredFile
from visits.schedule.models import Visit

from .states import TRANSITIONS, ChangeState

LONG = {"blank": True, "validators": [MaxLengthValidator(4000)]}


class ChangeApproval(models.Model):
    """The form for a change in production (上线操作审批单): what is done, with the way back; approved by us, signed by the customer.

    `sha256` is the hash of `content` as it was put before who approves; nothing of it changes afterwards. In an emergency both
    sides approve in writing on site (`copy`), and it is reviewed the next day.
    """

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    visit = models.OneToOneField(Visit, models.PROTECT, related_name="change_approval", verbose_name=_("visit"))
    state = models.CharField(_("state"), max_length=12, choices=ChangeState, default=ChangeState.DRAFT)
    title = models.CharField(_("what is changed"), max_length=300)
    requested_name = models.CharField(_("requested by (customer)"), max_length=80)
    steps = models.TextField(_("runbook"), help_text=_("One step a line, in the order in which they are done."), **LONG)
    way_back = models.TextField(_("way back"), help_text=_("How each step is undone, and until when that is possible."), **LONG)
    rehearsal = models.TextField(_("rehearsal"), help_text=_("On which test machine, when, with what result."), **LONG)
    backup = models.TextField(_("backup"), help_text=_("Of what, where it lies, when its return was tried."), **LONG)
    duration_minutes = models.PositiveIntegerField(
        _("estimated duration in minutes"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(7 * 24 * 60)]
    )
    locks = models.TextField(_("locks and other effects"), help_text=_("Tables locked, services stopped, and for how long."), **LONG)
    window_from = models.DateTimeField(_("change window from"), null=True, blank=True)
    window_to = models.DateTimeField(_("change window until"), null=True, blank=True)
    announcement = models.TextField(
        _("announcement"), help_text=_("For global impact: when and where the customer announced it."), **LONG
    )
    tests_before = models.TextField(_("tests before"), help_text=_("One a line."), **LONG)
    tests_after = models.TextField(_("tests after"), help_text=_("One a line."), **LONG)
    sha256 = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("raised at"))
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(_("approved at"), null=True)
    signer_name = models.CharField(_("signed by"), max_length=80, blank=True)
    signer_position = models.CharField(_("position"), max_length=80, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True)
    copy = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("signed form"))
    is_emergency = models.BooleanField(_("emergency"), default=False)
    emergency = models.JSONField(default=dict, blank=True)  # who approved, who waived the rehearsal, as the engineer noted it
    started_at = models.DateTimeField(_("begun"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    end_note = models.TextField(_("how it ended"), blank=True)
    consent = models.JSONField(default=dict, blank=True)  # the technical manager's, as the engineer noted it
    consent_copy = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("written consent"))
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)
    review = models.TextField(_("review"), blank=True)

    class Meta:
        verbose_name = _("change approval")
        indexes = [models.Index(fields=["-created_at", "-id"], name="change_created")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(window_from=None)
                | models.Q(window_to=None)
                | models.Q(window_to__gt=models.F("window_from")),
                name="change_window_in_order",
                violation_error_message=_("The change window needs a beginning and a later end."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_emergency=True)
                | models.Q(state__in=["draft", "asked", "withdrawn"])
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="change_approved_by_and_at",
                violation_error_message=_("An approval needs a person and a time."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "asked", "approved", "withdrawn"])
                | (models.Q(signed_at__isnull=False) & ~models.Q(signer_name="")),
                name="change_signed_by_and_at",
                violation_error_message=_("A signature needs a name and a time."),
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_at=None, reviewed_by=None)
                | models.Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="change_reviewed_by_and_at",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("changes:change", args=[self.number])

    @property
    def is_editable(self):
        return self.state in ChangeState.EDITABLE

    @property
    def step_list(self):
        return lines_of(self.steps)

    @property
    def content(self):
        """What is approved and signed: plain data, whose canonical JSON is hashed."""
        zone = self.visit.order.site.time_zone
        return {
            "number": self.number, "visit": self.visit.number, "title": self.title, "requested_name": self.requested_name,
            "steps": self.step_list, "way_back": self.way_back, "rehearsal": self.rehearsal, "backup": self.backup,
            "duration_minutes": self.duration_minutes, "locks": self.locks, "announcement": self.announcement,
            "window_from": iso_minutes(self.window_from, zone) if self.window_from else None,
            "window_to": iso_minutes(self.window_to, zone) if self.window_to else None,
            "tests_before": lines_of(self.tests_before), "tests_after": lines_of(self.tests_after),
        }  # fmt: skip

    @property
    def needs_review(self):
        """The technical manager looks at it afterwards: an emergency, or a failed test that was accepted."""
        is_out_of_order = self.is_emergency or self.state == ChangeState.ACCEPTED
        return is_out_of_order and self.state in ChangeState.ENDED and self.reviewed_at is None


def lines_of(text):
    return [line.strip() for line in text.splitlines() if line.strip()]
