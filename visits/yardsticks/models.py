from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_REPEAT = 90


class Yardstick(models.Model):
    """What the month measures by, in editions: one holds for what is closed from `at` on, never backwards."""

    number = models.PositiveSmallIntegerField(_("edition"), unique=True)
    punctual_minutes = models.PositiveSmallIntegerField(
        _("on time up to, in minutes after the planned start"), default=10, validators=[MaxValueValidator(120)]
    )
    repeat_days = models.PositiveSmallIntegerField(
        _("a repeat visit up to, in days after the departure"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_REPEAT)],
    )
    home_by = models.PositiveSmallIntegerField(
        _("a night away for a departure from, o'clock"),
        default=19,
        validators=[MinValueValidator(12), MaxValueValidator(23)],
    )
    reason = models.CharField(_("why"), max_length=300)
    at = models.DateTimeField(_("from"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        verbose_name = _("yardstick")

    def __str__(self):
        return str(self.number)
