from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.people.models import Engineer


class Feed(models.Model):
    """A secret address under which a calendar program reads visits. It shows what its owner may see, and no more.

    The address itself is not kept, only the SHA-256 of its secret part. Without an engineer it shows everybody's visits.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feeds", verbose_name=_("owner"))
    engineer = models.ForeignKey(Engineer, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("engineer"))
    name = models.CharField(_("for which program"), max_length=60)
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("since"))
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-created_at", "-id"], name="feed_owner")]

    def __str__(self):
        return self.name
