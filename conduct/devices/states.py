from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DeviceState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("laptop", "in use")
    REVOKED = "revoked", pgettext_lazy("laptop", "revoked")
    WIPE = "wipe", pgettext_lazy("laptop", "to be wiped")


TRANSITIONS = {
    DeviceState.ACTIVE: {DeviceState.REVOKED, DeviceState.WIPE},
    DeviceState.REVOKED: {DeviceState.WIPE},
    DeviceState.WIPE: set(),
}


class Ending(models.TextChoices):
    """Why a laptop may hold nothing any more."""

    BY_HAND = "by_hand", _("revoked by hand")
    PASSWORD = "password", _("the administrator set a new password")
    ROLE = "role", _("the engineer's role was withdrawn")
    LEFT = "left", _("the person left")
    WIPED = "wiped", _("to be wiped at the next contact")
