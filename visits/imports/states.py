from django.db import models
from django.utils.translation import pgettext_lazy


class ImportState(models.TextChoices):
    LOOKED_AT = "looked_at", pgettext_lazy("import", "looked at, nothing imported")
    DONE = "done", pgettext_lazy("import", "imported")
    DISCARDED = "discarded", pgettext_lazy("import", "thrown away")


TRANSITIONS = {
    ImportState.LOOKED_AT: {ImportState.DONE, ImportState.DISCARDED},
    ImportState.DONE: set(),
    ImportState.DISCARDED: set(),
}
