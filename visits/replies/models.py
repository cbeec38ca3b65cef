from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.customers.models import Customer
from conduct.files.models import StoredFile
from conduct.outbox.models import Delivery
from visits.complaints.models import Complaint
from visits.orders.models import WorkOrder
from visits.schedule.models import Visit

from .states import TRANSITIONS, Means, ReplyState


def _who(label, **facts):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **facts)


class Reply(models.Model):
    """A written answer to a customer: about a visit, an order, a complaint, or the customer alone. It goes out only as a superior has read it.

    `version` counts every change; `reviewed_version` is the one that `reviewed_by` approved. `letter` is the PDF that went out,
    `delivery` the first delivery of it.
    """

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="replies", verbose_name=_("customer"))
    order = models.ForeignKey(WorkOrder, models.PROTECT, null=True, related_name="replies", verbose_name=_("work order"))
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="replies", verbose_name=_("visit"))
    complaint = models.ForeignKey(Complaint, models.PROTECT, null=True, related_name="replies", verbose_name=_("complaint"))
    means = models.CharField(_("by"), max_length=4, choices=Means, default=Means.MAIL)
    recipient = models.CharField(_("address"), max_length=254)
    addressee = models.CharField(
        _("to whom"), max_length=60, blank=True, help_text=_("As the letter addresses the person, such as “Director Li”.")
    )
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("text"), validators=[MaxLengthValidator(6000)])
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    state = models.CharField(_("state"), max_length=10, choices=ReplyState, default=ReplyState.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1)
    author = _who(_("written by"))
    drafted_at = models.DateTimeField(_("written at"))
    reviewed_by = _who(_("reviewed by"), null=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)
    reviewed_version = models.PositiveIntegerField(null=True)
    remark = models.TextField(_("the reviewer's remark"), max_length=2000, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True)
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="+")
    letter = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("reply to a customer")
        indexes = [
            models.Index(fields=["-drafted_at", "-id"], name="reply_drafted"),
            models.Index(fields=["state", "-drafted_at", "-id"], name="reply_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None) | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="reply_reviewed_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("author")),
                name="reply_not_reviewed_by_its_author",
                violation_error_message=_("Nobody reviews a reply of one's own."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "sent", "delivered", "failed"])
                | Q(reviewed_by__isnull=False, reviewed_version=F("version")),
                name="reply_goes_out_as_reviewed",
                violation_error_message=_("What goes out is what a superior has read."),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("replies:reply", args=[self.number])

    def is_own(self, user):
        return self.author_id == user.pk

    @property
    def is_changeable(self):
        return self.state in ReplyState.CHANGEABLE
