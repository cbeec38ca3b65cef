from enum import nonmember

from django.db import models
from django.utils.translation import pgettext_lazy


class JobKind(models.TextChoices):
    COURSE = "course", pgettext_lazy("preparation", "new course")
    EXAM = "exam", pgettext_lazy("preparation", "ordinary exam")
    MIDTERM = "midterm", pgettext_lazy("preparation", "mid-term exam")
    FINAL = "final", pgettext_lazy("preparation", "final exam")


class JobState(models.TextChoices):
    AWAITING = "awaiting", pgettext_lazy("preparation", "software standard awaited")
    OPEN = "open", pgettext_lazy("preparation", "to be prepared")
    READY = "ready", pgettext_lazy("preparation", "ready")
    CANCELLED = "cancelled", pgettext_lazy("preparation", "cancelled")

    TO_DO = nonmember(("awaiting", "open"))


S = JobState
TRANSITIONS = {
    S.AWAITING: {S.OPEN, S.CANCELLED},
    S.OPEN: {S.READY, S.CANCELLED},
    S.READY: {S.OPEN, S.CANCELLED},
    S.CANCELLED: set(),
}
