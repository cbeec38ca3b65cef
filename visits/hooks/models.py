from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.outbox.models import Delivery
from conduct.systems.models import System


class Hook(models.Model):
    """A subscriber: an address of a system that is called when something of `events` happens. The secret is sealed, shown once."""

    number = models.CharField(_("number"), max_length=12, unique=True)
    system = models.ForeignKey(System, models.PROTECT, related_name="hooks")
    url = models.URLField(_("address"), max_length=250)
    events = models.JSONField(_("events"), default=list)
    secret = models.TextField()
    created_at = models.DateTimeField(_("since"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self):
        return self.url

    def get_absolute_url(self):
        return reverse("hooks:hook", args=[self.number])


class Call(models.Model):
    """One event put on its way to one subscriber, once by itself; again when a person says so."""

    hook = models.ForeignKey(Hook, models.CASCADE, related_name="calls")
    event = models.BigIntegerField()  # of the trail, which nothing refers to by key
    code = models.CharField(_("event"), max_length=60)
    about = models.CharField(_("about"), max_length=64)
    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="call")
    again_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        indexes = [models.Index(fields=["hook", "-at", "-id"], name="call_hook")]
        constraints = [models.UniqueConstraint(fields=["hook", "event"], condition=models.Q(again_by=None), name="call_once_by_itself")]

    def __str__(self):
        return f"{self.code} {self.about}"


class HookWatch(models.Model):
    """How far the trail was read for subscribers. There is one row."""

    read_until = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="hook_watch_is_one_row")]

    def __str__(self):
        return f"{self.read_until:%Y-%m-%d %H:%M}"
