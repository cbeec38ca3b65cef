from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.people.models import Engineer
from visits.schedule.models import Visit
from visits.signoff.models import SignOff

from .states import TRANSITIONS, Chosen, ConfirmationState


class Specimen(models.Model):
    """An engineer's own signature, to compare those with that are given on the engineer's visits. The newest counts."""

    engineer = models.ForeignKey(Engineer, models.PROTECT, related_name="specimens")
    strokes = models.JSONField()
    shape = models.JSONField()
    at = models.DateTimeField()

    def __str__(self):
        return f"specimen of {self.engineer_id}"


class Hand(models.Model):
    """The shape of one signature, and whose visit it was given on: read once, compared with later ones."""

    sign_off = models.OneToOneField(SignOff, models.PROTECT, related_name="hand")
    engineer = models.ForeignKey(Engineer, models.PROTECT, related_name="hands", db_index=False)
    signer_name = models.CharField(max_length=80)
    shape = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["engineer", "-id"], name="hand_engineer")]

    def __str__(self):
        return f"{self.signer_name} {self.sign_off_id}"


class Hint(models.Model):
    """A signature that looks like the engineer's own (`other` is empty) or like another person's. A hint, no proof."""

    sign_off = models.ForeignKey(SignOff, models.PROTECT, related_name="hints")
    other = models.ForeignKey(SignOff, models.PROTECT, null=True, related_name="+")
    percent = models.PositiveSmallIntegerField(_("likeness in percent"))

    class Meta:
        ordering = ["-percent", "id"]

    def __str__(self):
        return f"{self.sign_off_id} {self.percent} %"


class Confirmation(models.Model):
    """A call to the customer about one signature, by a number that headquarters has, not the one given at signing."""

    TRANSITIONS = TRANSITIONS

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="confirmation")
    sign_off = models.ForeignKey(SignOff, models.PROTECT, related_name="+")
    chosen = models.CharField(_("why"), max_length=10, choices=Chosen)
    chosen_at = models.DateTimeField(_("chosen at"))
    state = models.CharField(_("state"), max_length=12, choices=ConfirmationState, default=ConfirmationState.WAITING)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-chosen_at", "-id"], name="confirmation_chosen"),
            models.Index(
                fields=["-chosen_at", "-id"], name="confirmation_to_call", condition=Q(state__in=["waiting", "not_reached"])
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", by=None, at=None) | ~Q(state="waiting") & Q(by__isnull=False, at__isnull=False),
                name="confirmation_by_and_at",
            )
        ]

    def __str__(self):
        return f"confirmation of {self.visit_id}"
