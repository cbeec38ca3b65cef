from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from visits.schedule.models import Visit


class EvaluationLink(models.Model):
    """An invitation to evaluate one visit in writing. The token itself is shown once, to who sends it, and is not kept.

    It is good for one evaluation until `expires_at`; a newer link, or the call, ends it.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="evaluation_links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made at"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("good until"))
    used_at = models.DateTimeField(_("used at"), null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"link to {self.visit_id}"
