from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.base.leases import Leased
from conduct.files.models import StoredFile

from .reasons import Reason
from .states import TRANSITIONS, DeliveryState, Phase, RecipientKind

SECRET_HERE = "{secret}"


class Delivery(Leased):
    """Something on its way to one recipient by one channel. This row is the truth; tasks are couriers.

    `origin` names the kind of thing that wants to know how it ends; `channels` are the ones left after this one. `secret` is sealed
    (conduct/base/sealing.py): no page and no log shows it, and it takes the place of SECRET_HERE in the body when that goes out.
    """

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    origin = models.CharField(max_length=20)
    reference = models.CharField(_("about"), max_length=40, db_index=True)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(blank=True)
    secret = models.TextField(blank=True)
    recipient_kind = models.CharField(_("recipient"), max_length=15, choices=RecipientKind)
    recipient = models.CharField(_("address"), max_length=254)
    channel = models.CharField(_("channel"), max_length=20)
    channels = models.JSONField(default=list)
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="following")
    files = models.ManyToManyField(StoredFile, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.BEFORE)
    message_id = models.CharField(max_length=120)
    remote_id = models.CharField(max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    detail = models.CharField(_("the channel's words"), max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(_("queued at"))
    next_try_at = models.DateTimeField(_("next try"), null=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-queued_at", "-id"], name="delivery_queued"),
            models.Index(fields=["state", "-queued_at", "-id"], name="delivery_state"),
            models.Index(
                fields=["next_try_at"],
                name="delivery_due",
                condition=models.Q(state__in=["queued", "waiting", "sending", "sent"]),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("outbox:detail", args=[self.number])

    def get_channel_display(self):
        from .channels.registry import LABELS

        return LABELS.get(self.channel, self.channel)


class Attempt(models.Model):
    """One try, never overwritten once it ended. `reference` went out with it."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    fence = models.PositiveIntegerField()
    reference = models.CharField(max_length=40)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.BEFORE)
    outcome = models.CharField(max_length=10, choices=DeliveryState, blank=True)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    code = models.CharField(_("code"), max_length=40, blank=True)
    words = models.CharField(_("the channel's words"), max_length=300, blank=True)

    class Meta:
        ordering = ["started_at", "id"]
        constraints = [models.UniqueConstraint(fields=["delivery", "fence"], name="attempt_once_a_claim")]

    def __str__(self):
        return self.reference


class Decision(models.Model):
    """What a person decided about a delivery, and why."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="decisions")
    what = models.CharField(max_length=20)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.what}: {self.reason}"
