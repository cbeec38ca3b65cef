from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(models.TextChoices):
    """What became of a link. It is derived from what happened and when, never stored."""

    OPEN = "open", pgettext_lazy("link", "waiting")
    REACHED = "reached", pgettext_lazy("link", "opened")
    SIGNED = "signed", pgettext_lazy("link", "signed")
    REFUSED = "refused", pgettext_lazy("link", "signature refused")
    ATTENTION = "attention", pgettext_lazy("link", "signed, to be settled")
    REVOKED = "revoked", pgettext_lazy("link", "withdrawn")
    CLOSED = "closed", pgettext_lazy("link", "expired")
    FAILED = "failed", pgettext_lazy("link", "the e-mail did not arrive")

    WAITING = nonmember({"open", "reached", "failed"})


class Language(models.TextChoices):
    CHINESE = "zh-hans", _("Chinese")
    ENGLISH = "en", _("English")
