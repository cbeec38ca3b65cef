from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.base.links import SecretLink
from conduct.outbox.models import Delivery
from visits.schedule.models import Visit
from visits.signoff.models import SignOff

from .states import Language


class Invitation(SecretLink):
    """A link by which a customer reads and signs one visit's record elsewhere, once, within 72 hours.

    Without a recipient it was copied, to be sent by hand. `nonce` is what the signature will name, issued when it is opened.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="invitations")
    recipient = models.EmailField(_("sent to"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.CHINESE)
    delivery = models.ForeignKey(Delivery, models.SET_NULL, null=True, related_name="invitations")
    opened_at = models.DateTimeField(_("opened"), null=True)
    nonce = models.CharField(max_length=32, blank=True)
    sign_off = models.OneToOneField(SignOff, models.PROTECT, null=True, related_name="invitation")

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self):
        return f"link to sign {self.visit_id}"
