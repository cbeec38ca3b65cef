from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ComplaintState(models.TextChoices):
    REGISTERED = "registered", pgettext_lazy("complaint", "registered")
    INVESTIGATED = "investigated", pgettext_lazy("complaint", "investigated")
    ANSWERED = "answered", pgettext_lazy("complaint", "answered")
    IMPROVING = "improving", pgettext_lazy("complaint", "improvement under way")
    CLOSED = "closed", pgettext_lazy("complaint", "closed")


S = ComplaintState
# One way, step by step; a customer who is not content begins it anew.
TRANSITIONS = {
    S.REGISTERED: {S.INVESTIGATED},
    S.INVESTIGATED: {S.ANSWERED},
    S.ANSWERED: {S.IMPROVING},
    S.IMPROVING: {S.CLOSED},
    S.CLOSED: {S.REGISTERED},
}


class StepKind(models.TextChoices):
    INVESTIGATED = "investigated", pgettext_lazy("complaint", "investigated")
    ANSWERED = "answered", pgettext_lazy("complaint", "answered")
    IMPROVEMENT = "improvement", pgettext_lazy("complaint", "improvement named")
    CLOSED = "closed", pgettext_lazy("complaint", "closed")
    REOPENED = "reopened", pgettext_lazy("complaint", "reopened")
    HANDED_ON = "handed_on", pgettext_lazy("complaint", "handed on")


class Way(models.TextChoices):
    """How the customer said it."""

    TELEPHONE = "telephone", _("telephone")
    FOLLOW_UP = "follow_up", _("follow-up call")
    MAIL = "mail", _("e-mail")
    LETTER = "letter", _("letter or fax")
    IN_PERSON = "in_person", _("in person")


class Matter(models.TextChoices):
    PUNCTUALITY = "punctuality", pgettext_lazy("complaint", "punctuality")
    MANNER = "manner", pgettext_lazy("complaint", "manner")
    SKILL = "skill", pgettext_lazy("complaint", "skill")
    RESULT = "result", pgettext_lazy("complaint", "not solved")
    DAMAGE = "damage", pgettext_lazy("complaint", "damage or failure caused")
    CHARGES = "charges", pgettext_lazy("complaint", "charges")
    OTHER = "other", pgettext_lazy("complaint", "something else")
