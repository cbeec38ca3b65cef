from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class System(models.Model):
    """Another program that speaks with ours. It acts for one person, and may do what its scopes and that person both may.

    The token is not kept, only its SHA-256.
    """

    number = models.CharField(_("number"), max_length=12, unique=True)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=60)
    acts_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="systems", verbose_name=_("acts for"),
        help_text=_("What this person may not see or do, the system may not either; the trail names the person."),
    )  # fmt: skip
    scopes = models.JSONField(_("scopes"), default=list)
    per_minute = models.PositiveIntegerField(
        _("requests a minute"), default=120, validators=[MinValueValidator(1), MaxValueValidator(6000)]
    )
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("since"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="system_created")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_by=None)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="system_revoked_by_somebody",
                violation_error_message=_("A decision needs a person and a time."),
            )
        ]

    def __str__(self):
        return self.name


class IdempotentAnswer(models.Model):
    """The answer to a request that changed something, by the key that the system gave it: the same key gets the same answer."""

    system = models.ForeignKey(System, models.CASCADE, related_name="answers", db_index=False)
    key = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "key"], name="idempotent_answer_once")]

    def __str__(self):
        return f"{self.system_id} {self.key}"
