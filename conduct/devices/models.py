from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .states import TRANSITIONS, DeviceState, Ending


class Device(models.Model):
    """One browser profile of one person, with what it said of itself at its last contact. Its id is made on the laptop.

    `clock_offset_ms` is the server's clock minus the laptop's. After `lease_until` the laptop is read-only until the next
    contact. `passphrase_epoch` grows when the offline passphrase has to be set anew.
    """

    TRANSITIONS = TRANSITIONS

    id = models.UUIDField(primary_key=True, editable=False)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="devices")
    name = models.CharField(_("laptop"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=DeviceState, default=DeviceState.ACTIVE)
    registered_at = models.DateTimeField(_("known since"))
    last_contact_at = models.DateTimeField(_("last contact"))
    lease_until = models.DateTimeField(_("may work offline until"))
    app_version = models.CharField(_("version"), max_length=40, blank=True)
    clock_offset_ms = models.BigIntegerField(null=True)
    persisted = models.BooleanField(null=True)
    free_bytes = models.BigIntegerField(null=True)
    quota_bytes = models.BigIntegerField(null=True)
    passphrase_epoch = models.PositiveIntegerField(default=0)
    session_key = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ending = models.CharField(_("why"), max_length=10, choices=Ending, blank=True)
    wipe_told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-last_contact_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=DeviceState.ACTIVE, ended_at=None, ending="")
                | (~models.Q(state=DeviceState.ACTIVE) & ~models.Q(ending="") & models.Q(ended_at__isnull=False)),
                name="device_ended_at_a_time",
                violation_error_message=_("A laptop that is revoked has a time and a reason."),
            )
        ]

    def __str__(self):
        return self.name or str(self.id)[:8]

    @property
    def number(self):
        """How the trail names it."""
        return str(self.id)

    @property
    def clock_words(self):
        """How the laptop's clock stands beside headquarters', in words."""
        seconds = round(abs(self.clock_offset_ms) / 1000)
        if seconds < 2:
            return _("the same")
        length = _("%(count)d s") % {"count": seconds} if seconds < 120 else _("%(count)d min") % {"count": round(seconds / 60)}
        return (_("%(length)s behind") if self.clock_offset_ms > 0 else _("%(length)s ahead")) % {"length": length}

    @property
    def is_active(self):
        return self.state == DeviceState.ACTIVE
