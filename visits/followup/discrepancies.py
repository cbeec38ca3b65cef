"""Where the customer's account differs from the record. Pure."""

from django.db import models
from django.utils.translation import gettext_lazy as _

TOLERANCE_MINUTES = 15


class Discrepancy(models.TextChoices):
    ARRIVAL = "arrival", _("the arrival differs by more than 15 minutes")
    DEPARTURE = "departure", _("the departure differs by more than 15 minutes")
    CONTENT = "content", _("not done as agreed")
    NOT_SOLVED = "not_solved", _("the record says done, the customer says not solved")
    NOT_SIGNED = "not_signed", _("the customer did not sign personally")


def between(account, *, arrived_at, departed_at, all_done, signed):
    """Codes of what differs. `account` has told_arrived_at, told_departed_at, content_as_agreed, solved and
    signed_personally; what the customer did not say is None and differs from nothing. Times are aware."""
    found = []
    if _apart(account["told_arrived_at"], arrived_at):
        found.append(Discrepancy.ARRIVAL)
    if _apart(account["told_departed_at"], departed_at):
        found.append(Discrepancy.DEPARTURE)
    if account["content_as_agreed"] is False:
        found.append(Discrepancy.CONTENT)
    if account["solved"] is False and all_done:
        found.append(Discrepancy.NOT_SOLVED)
    if account["signed_personally"] is False and signed:
        found.append(Discrepancy.NOT_SIGNED)
    return [code.value for code in found]


def _apart(told, entered):
    return bool(told and entered) and abs((told - entered).total_seconds()) > TOLERANCE_MINUTES * 60
