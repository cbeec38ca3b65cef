from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.outbox.models import Delivery

from .words import sentence


class Notice(models.Model):
    """What one person is told. `code` and `facts` are stored, the sentence is made in the reader's language.

    `once` keeps a reminder from being told twice to the same person. `url` is a path of our own.
    """

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False)
    code = models.CharField(max_length=60)
    about = models.CharField(_("about"), max_length=64, blank=True)
    facts = models.JSONField(default=dict)
    url = models.CharField(max_length=200)
    once = models.CharField(max_length=120, null=True)
    at = models.DateTimeField(_("at"))
    read_at = models.DateTimeField(_("read"), null=True)
    delivery = models.ForeignKey(Delivery, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["to", "-at", "-id"], name="notice_to"),
            models.Index(fields=["to"], name="notice_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["at"], name="notice_to_mail", condition=models.Q(delivery=None, read_at=None)),
        ]
        constraints = [models.UniqueConstraint(fields=["to", "once"], name="notice_once")]

    def __str__(self):
        return self.sentence

    @property
    def sentence(self):
        return sentence(self.code, self.about, self.facts)
