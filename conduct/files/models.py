import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One file under MEDIA_ROOT, under a generated name. Its owner's room serves it behind its own door."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photo")
        UPLOAD = "upload", _("file")
        STAMP = "stamp", _("stamp")
        SCAN = "scan", _("scan")
        PAPER = "paper", _("service report")
        FAX = "fax", _("fax pages")
        PACK = "pack", _("monthly pack")
        LETTER = "letter", _("letter")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120, unique=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self):
        return self.name
