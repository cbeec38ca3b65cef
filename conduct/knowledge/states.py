from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VersionState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("article", "draft")
    ASKED = "asked", pgettext_lazy("article", "being reviewed")
    SENT_BACK = "sent_back", pgettext_lazy("article", "returned")
    PUBLISHED = "published", pgettext_lazy("article", "published")
    REPLACED = "replaced", pgettext_lazy("article", "replaced by a later version")
    DISCARDED = "discarded", pgettext_lazy("article", "thrown away")

    OPEN = nonmember({"draft", "asked", "sent_back"})


S = VersionState
TRANSITIONS = {
    S.DRAFT: {S.ASKED, S.DISCARDED},
    S.ASKED: {S.PUBLISHED, S.SENT_BACK, S.DRAFT},
    S.SENT_BACK: {S.DRAFT, S.DISCARDED},
    S.PUBLISHED: {S.REPLACED},
    S.REPLACED: set(),
    S.DISCARDED: set(),
}


class Origin(models.TextChoices):
    """What an article was made of; `reference` is its number there."""

    QUESTION = "question", _("question from the site")
    TICKET = "ticket", _("repair ticket")
    REMOTE = "remote", _("remote-support case")
