from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.base.links import SecretLink
from conduct.outbox.models import Delivery
from visits.postponements.models import Postponement
from visits.schedule.models import Visit
from visits.signoff.models import SignOff

from .states import Language


class Invitation(SecretLink):
    """A link by which a customer reads and signs one thing elsewhere, once, within 72 hours: a visit's record, or a postponement.

    Without a recipient it was copied, to be sent by hand. `nonce` is what the signature will name, issued when it is opened.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="invitations")
    postponement = models.ForeignKey(Postponement, models.PROTECT, null=True, related_name="invitations")
    recipient = models.EmailField(_("sent to"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.CHINESE)
    delivery = models.ForeignKey(Delivery, models.SET_NULL, null=True, related_name="invitations")
    opened_at = models.DateTimeField(_("opened"), null=True)
    nonce = models.CharField(max_length=32, blank=True)
    sign_off = models.OneToOneField(SignOff, models.PROTECT, null=True, related_name="invitation")

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visit__isnull=False, postponement=None) | models.Q(visit=None, postponement__isnull=False),
                name="invitation_to_one_thing",
                violation_error_message=_("A link leads to one thing."),
            )
        ]

    def __str__(self):
        return f"link to sign {self.number}"

    @property
    def thing(self):
        """What is signed."""
        return self.visit or self.postponement

    @property
    def number(self):
        """The thing's number, as the customer knows it."""
        return self.visit.record_number if self.visit_id else self.postponement.number

    @property
    def order(self):
        return self.thing.order
