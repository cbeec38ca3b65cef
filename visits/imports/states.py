from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportState(models.TextChoices):
    LOOKED_AT = "looked_at", pgettext_lazy("import", "looked at, nothing imported")
    DONE = "done", pgettext_lazy("import", "imported")
    DISCARDED = "discarded", pgettext_lazy("import", "thrown away")


class Likely(models.TextChoices):
    """What becomes of rows that are likely about the matter of an open order."""

    LEAVE = "leave", _("leave them out")
    TAKE = "take", _("import them all the same: they are other matters")


TRANSITIONS = {
    ImportState.LOOKED_AT: {ImportState.DONE, ImportState.DISCARDED},
    ImportState.DONE: set(),
    ImportState.DISCARDED: set(),
}
