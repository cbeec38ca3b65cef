from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.devices.models import Device
from visits.records.models import Settled, by_somebody
from visits.schedule.models import Visit


class ItemType(models.TextChoices):
    ENTRY = "entry", _("entry")
    BLOB = "blob", _("photo or file")
    PACKAGE = "package", _("signed record")


class Announcement(Settled):
    """Something that a laptop says it holds for headquarters. It has arrived once headquarters gave a receipt for it.

    `since` is the laptop's time at which it was made; `gone_at` when the laptop held it no more although it never arrived.
    """

    device = models.ForeignKey(Device, models.PROTECT, related_name="announcements")
    item_id = models.UUIDField()
    type = models.CharField(_("kind"), max_length=10, choices=ItemType)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="announcements")
    sha256 = models.CharField(max_length=64, blank=True)
    since = models.DateTimeField(_("made at"), null=True)
    first_at = models.DateTimeField(_("announced at"))
    last_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["first_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["device", "item_id"], name="announced_once"),
            by_somebody("announcement_settled_by_somebody"),
        ]
        indexes = [
            models.Index(
                fields=["first_at", "id"], name="announcement_open", condition=models.Q(arrived_at=None, settled_at=None)
            )
        ]

    def __str__(self):
        return f"{self.type} {self.item_id}"


class Readiness(models.Model):
    """What a laptop last said about being ready to take a visit along. A laptop that is ready is not overruled by another."""

    class State(models.TextChoices):
        READY = "ready", pgettext_lazy("laptop", "ready to leave")
        LOADING = "loading", pgettext_lazy("laptop", "loading")
        MISSING = "missing", pgettext_lazy("laptop", "something is missing")

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="readiness")
    device = models.ForeignKey(Device, models.PROTECT, related_name="readiness")
    state = models.CharField(_("ready to leave"), max_length=10, choices=State)
    missing = models.JSONField(default=list)
    plan_version = models.PositiveSmallIntegerField()
    at = models.DateTimeField(_("at"))

    def __str__(self):
        return f"{self.visit_id}: {self.state}"


class Blob(models.Model):
    """A photo or file on its way in pieces. `received` counts the bytes that are safely here; complete, it is an EntryFile."""

    id = models.UUIDField(primary_key=True, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="blobs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64)
    total = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.name}: {self.received}/{self.total}"
