from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.customers.models import Customer
from visits.orders.models import WorkOrder
from visits.schedule.models import Visit

from .states import TRANSITIONS, ComplaintState, Matter, StepKind, Way

LONG = [MaxLengthValidator(4000)]


def _who(label, **facts):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **facts)


def _hours(label, default):
    return models.PositiveSmallIntegerField(label, default=default, validators=[MinValueValidator(1), MaxValueValidator(400)])


class ComplaintPolicy(models.Model):
    """In how many hours of the company's working calendar a complaint goes on. One row; complaints that exist keep what is due."""

    answer_hours = _hours(_("the customer is answered within so many working hours"), 16)
    improve_hours = _hours(_("and an improvement named within so many more"), 24)

    class Meta:
        verbose_name = _("rule for complaints")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="complaint_policy_is_one_row")]

    def __str__(self):
        return str(self._meta.verbose_name)


class Complaint(models.Model):
    """What a customer complains about, and who sees to it until a manager who is somebody else closes it.

    What was done stands in its steps. `due_at` is when the next of them is due, `round` counts how often it was begun;
    `reminded_for` is the due date of which everybody was reminded.
    """

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="complaints", verbose_name=_("customer"))
    order = models.ForeignKey(WorkOrder, models.PROTECT, null=True, related_name="complaints", verbose_name=_("work order"))
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="complaints", verbose_name=_("visit"))
    said_by = models.CharField(_("who complains"), max_length=80)
    way = models.CharField(_("said by"), max_length=10, choices=Way, default=Way.TELEPHONE)
    received_at = models.DateTimeField(_("said at"))
    matter = models.CharField(_("about"), max_length=12, choices=Matter)
    text = models.TextField(_("what the customer says"), validators=LONG)
    owner = _who(_("seen to by"))
    state = models.CharField(_("state"), max_length=12, choices=ComplaintState, default=ComplaintState.REGISTERED)
    round = models.PositiveSmallIntegerField(default=1)
    due_at = models.DateTimeField(_("due"))
    reminded_for = models.DateTimeField(null=True, editable=False)
    registered_at = models.DateTimeField(_("registered at"))
    registered_by = _who(_("registered by"))
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = _who(_("closed by"), null=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("complaint")
        indexes = [
            models.Index(fields=["-registered_at", "-id"], name="complaint_registered"),
            models.Index(fields=["due_at"], name="complaint_due", condition=~Q(state="closed")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None, closed_by=None)),
                name="complaint_closed_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | ~Q(closed_by=F("owner")),
                name="complaint_not_closed_by_its_owner",
                violation_error_message=_("Somebody else than its owner closes a complaint."),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("complaints:complaint", args=[self.number])

    @property
    def is_open(self):
        return self.state != ComplaintState.CLOSED


class ComplaintStep(models.Model):
    """One step, never changed: what was found, what the customer was told, what is to become better, by whom and until when."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="steps")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=StepKind)
    text = models.TextField(blank=True, validators=LONG)
    justified = models.BooleanField(pgettext_lazy("complaint", "justified"), null=True)
    said_to = models.CharField(max_length=80, blank=True)
    reply = models.CharField(max_length=16, blank=True)
    who = _who("", null=True)
    until = models.DateField(null=True)
    at = models.DateTimeField()
    by = _who("")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "round", "kind"], condition=~Q(kind="handed_on"), name="complaint_step_once_a_round"
            ),
            models.CheckConstraint(
                condition=~Q(kind="improvement") | Q(who__isnull=False, until__isnull=False),
                name="complaint_improvement_by_whom_until_when",
            ),
        ]

    def __str__(self):
        return f"{self.kind} of {self.complaint_id}"
