from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from visits.schedule.models import Visit

from .states import TRANSITIONS, Cause, InformState


class CustomerNotice(models.Model):
    """What the customer has to hear from us before the engineer stands at the door (rules arrive.late_notice, prepare.staffing_change).

    `entry` is the id of the engineer's notice of delay, `new_time` the arrival that it names. `told_at`, `told_to` and `told_how` are
    of the last call, whether it got through or not; `remedy` is what we offer where somebody else comes, or at another time.
    """

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="customer_notices")
    cause = models.CharField(max_length=10, choices=Cause)
    entry = models.UUIDField(null=True, unique=True)
    new_time = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=InformState, default=InformState.OPEN)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(_("when"), null=True)
    told_to = models.CharField(_("who was told at the customer's"), max_length=80, blank=True)
    told_how = models.CharField(_("by telephone, message, mail"), max_length=80, blank=True)
    remedy = models.CharField(_("what we offer for it"), max_length=300, blank=True)
    noted_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["asked_at"], name="customer_notice_untold", condition=models.Q(state__in=InformState.UNTOLD))]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="told")
                | (models.Q(told_at__isnull=False, noted_at__isnull=False, noted_by__isnull=False) & ~models.Q(told_to="") & ~models.Q(told_how="")),
                name="customer_notice_told_by_somebody",
                violation_error_message=_("Say who told the customer, when, whom and how."),
            )
        ]

    def __str__(self):
        return self.number

    @property
    def is_untold(self):
        return self.state in InformState.UNTOLD
