from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("recurring plan", "running")
    PAUSED = "paused", pgettext_lazy("recurring plan", "paused")
    ENDED = "ended", pgettext_lazy("recurring plan", "ended")


TRANSITIONS = {
    PlanState.ACTIVE: {PlanState.PAUSED, PlanState.ENDED},
    PlanState.PAUSED: {PlanState.ACTIVE, PlanState.ENDED},
    PlanState.ENDED: set(),
}


class Rhythm(models.TextChoices):
    """The first day says which weekday, which day of the month, or which weekday of the month."""

    WEEKLY = "weekly", _("weekly, on the weekday of the first day")
    MONTHLY = "monthly", _("monthly, on the same day of the month")
    WEEKDAY = "weekday", _("monthly, on the same weekday of the month, such as the second Tuesday")
    QUARTERLY = "quarterly", _("quarterly, on the same day of the month")


class Holidays(models.TextChoices):
    FORWARD = "forward", _("the next working day")
    BACK = "back", _("the working day before")
    KEEP = "keep", _("that day all the same")


class Made(models.TextChoices):
    """What became of a day of a plan."""

    RAISED = "raised", pgettext_lazy("day of a plan", "order raised")
    TOGETHER = "together", pgettext_lazy("day of a plan", "added to the order of another plan on that day")
    MISSED = "missed", pgettext_lazy("day of a plan", "past before anybody could raise it")
    NO_DAY = "no_day", pgettext_lazy("day of a plan", "no working day found near it")
