from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.files.models import StoredFile
from conduct.people.models import Engineer
from conduct.rules.models import Rule

from .states import TRANSITIONS, Outcome, ViolationState
from .words import sight_words

CUTS = [Outcome.FEE_CUT, Outcome.FEE_CUT_AND_BARRED]
BARS = [Outcome.BARRED, Outcome.FEE_CUT_AND_BARRED]


class Violation(models.Model):
    """A breach of one rule by one engineer, as somebody or the software saw it. What it happened on, `origin` and `reference` know.

    The rule is that of the edition which held then, and `is_contractor` what the engineer was then. Nothing here is ever
    deleted: nobody can be removed while it stands. `raised_at` is empty as long as nobody has confirmed what the software saw.
    What a person saw is in `text`; what the software saw is `sight`, one of words.SIGHTS, with its `facts`.
    """

    TRANSITIONS = TRANSITIONS
    CODES = {"outcome": dict(Outcome.choices)}

    number = models.CharField(_("number"), max_length=16, unique=True)
    engineer = models.ForeignKey(
        Engineer, models.PROTECT, related_name="violations", verbose_name=pgettext_lazy("role", "engineer")
    )
    is_contractor = models.BooleanField()
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="+", verbose_name=_("rule"))
    happened_on = models.DateField(_("happened on"))
    origin = models.CharField(max_length=20, blank=True)
    reference = models.CharField(_("about"), max_length=40, blank=True)
    url = models.CharField(max_length=200, blank=True)
    has_fee = models.BooleanField(default=False)
    text = models.TextField(_("what happened"), max_length=4000, blank=True)
    sight = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=ViolationState, default=ViolationState.RAISED)
    registered_at = models.DateTimeField(_("registered at"))
    raised_at = models.DateTimeField(_("raised at"), null=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("raised by")
    )
    answer_until = models.DateTimeField(_("answer until"), null=True)
    answer = models.TextField(_("the engineer's answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    appeal_until = models.DateTimeField(_("appeal until"), null=True)
    appeal = models.TextField(pgettext_lazy("ruling", "appeal"), max_length=4000, blank=True)
    appealed_at = models.DateTimeField(_("appealed at"), null=True)
    withdrawn_reason = models.CharField(_("dropped, because"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("violation")
        indexes = [
            models.Index(fields=["-registered_at", "-id"], name="violation_registered"),
            models.Index(fields=["engineer", "-registered_at", "-id"], name="violation_engineer"),
            models.Index(fields=["origin", "reference"], name="violation_about"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "reference", "engineer", "rule"],
                condition=~Q(origin="") & ~Q(state="withdrawn"),
                name="violation_once_a_thing",
                violation_error_message=_("This breach is registered already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "withdrawn"]) | Q(raised_at__isnull=False, answer_until__isnull=False),
                name="violation_raised_with_a_deadline",
                violation_error_message=_("Who is asked for an answer is told until when."),
            ),
            models.CheckConstraint(condition=~Q(text="", sight=""), name="violation_says_what_happened"),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_reason=""),
                name="violation_dropped_with_a_reason",
                violation_error_message=_("Say why it is dropped."),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("violations:detail", args=[self.number])

    @property
    def what(self):
        """What happened, in the reader's language where the software saw it."""
        return "\n".join(part for part in (sight_words(self.sight, self.facts), self.text) if part)

    def is_own(self, user):
        """The engineer's own, and that of who raised it."""
        return self.is_of(user) or self.raised_by_id == user.pk

    def is_of(self, user):
        return self.engineer.staff_id == user.pk


class Evidence(models.Model):
    """A picture or PDF that either side put to it."""

    violation = models.ForeignKey(Violation, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.violation_id} {self.file_id}"


class Ruling(models.Model):
    """What came of a breach: the first ruling (`instance` 1), or the one upon appeal (2), which replaces it."""

    violation = models.ForeignKey(Violation, models.PROTECT, related_name="rulings")
    instance = models.PositiveSmallIntegerField()
    is_contractor = models.BooleanField()
    outcome = models.CharField(_("ruling"), max_length=20, choices=Outcome)
    fee_cut = models.PositiveSmallIntegerField(_("fee cut in percent"), default=0)
    barred_until = models.DateField(_("no visits until"), null=True, blank=True)
    points = models.PositiveSmallIntegerField(_("points"), default=0)
    reason = models.TextField(_("reasons"), max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ruled by"))
    at = models.DateTimeField(_("ruled at"), db_index=True)

    class Meta:
        ordering = ["instance"]
        constraints = [
            models.UniqueConstraint(fields=["violation", "instance"], name="ruling_once_an_instance"),
            models.CheckConstraint(condition=Q(instance__in=[1, 2]), name="ruling_first_or_upon_appeal"),
            models.CheckConstraint(
                condition=Q(outcome__in=CUTS, fee_cut__gt=0, fee_cut__lte=100) | ~Q(outcome__in=CUTS) & Q(fee_cut=0),
                name="ruling_cut_as_ruled",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=BARS, barred_until__isnull=False) | ~Q(outcome__in=BARS) & Q(barred_until=None),
                name="ruling_bar_as_ruled",
            ),
            models.CheckConstraint(
                condition=Q(is_contractor=True) | Q(fee_cut=0),
                name="ruling_wages_are_never_cut",
                violation_error_message=_("An employee's wages are never cut."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="ruling_with_reasons"),
        ]

    def __str__(self):
        return f"{self.violation_id} {self.outcome}"
