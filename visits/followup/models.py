from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from visits.schedule.models import Visit

from .states import TRANSITIONS, FollowUpState, Outcome


def score(label):
    return models.PositiveSmallIntegerField(label, null=True, validators=[MinValueValidator(1), MaxValueValidator(5)])


class FollowUp(models.Model):
    """The call to the customer: the customer's own account of the visit, and the evaluation (scores 1 to 5).

    With `by_link` the customer wrote it without a call, and `by` is who had sent the link.
    """

    TRANSITIONS = TRANSITIONS

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="follow_up")
    state = models.CharField(max_length=12, choices=FollowUpState, default=FollowUpState.OPEN)
    told_arrived_at = models.DateTimeField(_("arrived, as the customer says"), null=True)
    told_departed_at = models.DateTimeField(_("departed, as the customer says"), null=True)
    content_as_agreed = models.BooleanField(_("done as agreed"), null=True)
    solved = models.BooleanField(_("the problem is solved"), null=True)
    signed_personally = models.BooleanField(_("signed personally"), null=True)
    did_more = models.BooleanField(_("did more than the record says"), null=True)
    contact_left = models.BooleanField(_("private contact details were left"), null=True)
    by_link = models.BooleanField(default=False)
    punctuality = score(_("punctuality"))
    skill = score(_("skill"))
    manner = score(_("manner"))
    result = score(_("result"))
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    discrepancies = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(at=None, by=None) | models.Q(at__isnull=False, by__isnull=False), name="follow_up_by_and_at"
            )
        ]

    def __str__(self):
        return f"follow-up of {self.visit_id}"


class CallAttempt(models.Model):
    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="attempts")
    outcome = models.CharField(_("what happened"), max_length=15, choices=Outcome)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.at} {self.outcome}"
