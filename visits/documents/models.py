from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.files.models import StoredFile
from conduct.people.models import Engineer
from visits.schedule.models import Visit


class HandedDocument(models.Model):
    """A document of headquarters, handed to one engineer for one visit. Nobody gets it without a watermark.

    It is the engineer's until somebody withdraws it or the visit ends, whichever is first. `file` goes at the end of its term.
    """

    number = models.CharField(_("number"), max_length=16, unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="documents", verbose_name=_("visit"))
    engineer = models.ForeignKey(Engineer, models.PROTECT, related_name="+", verbose_name=_("handed to"))
    title = models.CharField(_("title"), max_length=120)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("file"))
    handed_at = models.DateTimeField(_("handed out at"))
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("handed out by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("document of headquarters")
        ordering = ["handed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by=None)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~models.Q(withdrawn_reason=""),
                name="document_withdrawn_by_and_why",
                violation_error_message=_("A withdrawal needs a person, a time and a reason."),
            )
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("documents:document", args=[self.number])

    def is_own(self, user):
        return self.engineer.staff_id == user.pk


class Opening(models.Model):
    """Somebody opened it, once."""

    document = models.ForeignKey(HandedDocument, models.CASCADE, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["document", "-at", "-id"], name="opening_of_document")]

    def __str__(self):
        return f"{self.document_id}: {self.by_id}"
