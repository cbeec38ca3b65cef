from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from visits.orders.models import WorkOrder
from visits.schedule.models import Visit

from .states import TRANSITIONS, PostponementState


class Postponement(models.Model):
    """Work is done later than agreed: why, in writing, and the customer's written word on it (rule work.delay_accepted).

    `was_from` and `was_until` are what had been agreed, null where nothing was. The customer's signature is bound to the SHA-256
    of `statement`, as on a visit's record. `answered_by` is who had sent the link or held the laptop out.
    """

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="postponements")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="postponements")
    was_from = models.DateTimeField(null=True)
    was_until = models.DateTimeField(null=True)
    new_from = models.DateTimeField(_("not before"))
    new_until = models.DateTimeField(_("not after"))
    reason = models.TextField(_("reason, as the customer reads it"), max_length=1000)
    state = models.CharField(_("state"), max_length=10, choices=PostponementState, default=PostponementState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer_id = models.UUIDField(null=True, unique=True)
    statement = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    signer_name = models.CharField(max_length=80, blank=True)
    signer_position = models.CharField(max_length=80, blank=True)
    signer_telephone = models.CharField(max_length=40, blank=True)
    comment = models.TextField(max_length=2000, blank=True)
    refusal_reason = models.TextField(max_length=2000, blank=True)
    typed_name = models.CharField(max_length=80, blank=True)
    strokes = models.JSONField(null=True)
    strokes_sha256 = models.CharField(max_length=64, null=True, unique=True)
    signed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["asked_at"], name="postponement_asked", condition=models.Q(state="asked"))]
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=models.Q(state="asked"), name="postponement_asked_once"),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by=None) | models.Q(answered_at__isnull=False, answered_by__isnull=False),
                name="postponement_answered_by_somebody",
                violation_error_message=_("A decision needs a person and a time."),
            ),
            models.CheckConstraint(
                condition=models.Q(new_until__gt=models.F("new_from")),
                name="postponement_in_order",
                violation_error_message=_("The new window ends before it begins."),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("invitations:postponement", args=[self.number])
