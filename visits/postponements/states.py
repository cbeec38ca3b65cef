from django.db import models
from django.utils.translation import pgettext_lazy


class PostponementState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("postponement", "acceptance awaited")
    ACCEPTED = "accepted", pgettext_lazy("postponement", "accepted by the customer")
    REFUSED = "refused", pgettext_lazy("postponement", "not accepted by the customer")
    WITHDRAWN = "withdrawn", pgettext_lazy("postponement", "replaced or dropped")


S = PostponementState
TRANSITIONS = {S.ASKED: {S.ACCEPTED, S.REFUSED, S.WITHDRAWN}, S.ACCEPTED: set(), S.REFUSED: set(), S.WITHDRAWN: set()}
