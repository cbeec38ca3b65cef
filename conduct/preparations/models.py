from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.files.models import StoredFile

from .states import TRANSITIONS, JobKind, JobState


def person(**facts):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", **facts)


def ahead(words, default):
    return models.PositiveSmallIntegerField(words, default=default, validators=[MaxValueValidator(60)])


class PreparationPolicy(models.Model):
    """How many days ahead things are due, and what is checked. One row; jobs that exist keep their days."""

    standard_days = ahead(_("software standard of a new course, days before its first lesson"), 7)
    course_days = ahead(_("new course ready, days before"), 1)
    exam_days = ahead(_("ordinary exam ready, days before"), 2)
    midterm_days = ahead(_("mid-term exam ready, days before"), 7)
    final_days = ahead(_("final exam ready, days before"), 7)
    in_working_days = models.BooleanField(
        _("these are working days"), default=True,
        help_text=_("Otherwise calendar days, and back to the last working day where nobody works on that day."),
    )  # fmt: skip
    warn_days = ahead(_("tell everybody so many working days before something is due"), 2)
    checks = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("rule for preparations")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="preparation_policy_is_one_row")]

    def __str__(self):
        return str(self._meta.verbose_name)

    def days_for(self, kind):
        return getattr(self, f"{kind}_days")


class Job(models.Model):
    """A room that has to be ready for a course or an exam."""

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=JobKind)
    name = models.CharField(_("course or exam"), max_length=100)
    department = models.CharField(_("teaching department"), max_length=60)
    room = models.CharField(_("room"), max_length=60)
    group = models.CharField(_("class"), max_length=60, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    software = models.CharField(_("software wanted"), max_length=300, blank=True)
    teacher = person(verbose_name=_("who hands in the standard"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=JobState)
    standard_due_on = models.DateField(_("software standard due on"), null=True)
    due_on = models.DateField(_("ready by"))
    unofficial_years = models.JSONField(default=list)
    standard = models.TextField(_("software standard"), max_length=4000, blank=True)
    standard_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    standard_at = models.DateTimeField(null=True)
    standard_by = person()
    assigned_to = person(verbose_name=_("prepared by"))
    assigned_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    ready_says = person()
    planned_at = models.DateTimeField()
    planned_by = person()
    ended_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("preparation job")
        indexes = [
            models.Index(fields=["due_on", "id"], name="job_due", condition=Q(state__in=JobState.TO_DO)),
            models.Index(fields=["-starts_at", "-id"], name="job_starts"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name", "room", "starts_at"], condition=~Q(state="cancelled"), name="job_once",
                violation_error_message=_("This is planned already."),
            ),
            models.CheckConstraint(
                condition=Q(state="ready", ready_at__isnull=False, ready_says__isnull=False)
                | (~Q(state="ready") & Q(ready_at=None, ready_says=None)),
                name="job_ready_by", violation_error_message=_("Who says that it is ready, and when, belong together."),
            ),
            models.CheckConstraint(
                condition=Q(standard_at=None, standard_by=None) | Q(standard_at__isnull=False, standard_by__isnull=False),
                name="job_standard_by", violation_error_message=_("Who handed in the standard, and when, belong together."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("preparations:job", args=[self.number])

    @property
    def next_due(self):
        """The day of what comes next: the standard while it is awaited, then the room."""
        return self.standard_due_on if self.state == JobState.AWAITING else self.due_on


class JobCheck(models.Model):
    """One thing that is looked at before the room is ready."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="checks")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("what is checked"), max_length=200)
    note = models.CharField(_("note"), max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = person()

    class Meta:
        ordering = ["position"]
        verbose_name = pgettext_lazy("preparation", "check")
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="job_check_once"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False), name="job_check_done_by",
                violation_error_message=_("Who checked it, and when, belong together."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.text
