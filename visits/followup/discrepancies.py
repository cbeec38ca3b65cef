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
    DID_MORE = "did_more", _("the engineer did more than the record says")
    CONTACT_LEFT = "contact_left", _("private contact details were left with the customer")


# The rule that each difference may be a breach of.
RULES = {
    Discrepancy.ARRIVAL: "signoff.times", Discrepancy.DEPARTURE: "signoff.times", Discrepancy.CONTENT: "work.unable_confirmed",
    Discrepancy.NOT_SOLVED: "brief.honesty", Discrepancy.NOT_SIGNED: "signoff.sign_and_stamp",
    Discrepancy.DID_MORE: "work.scope_only", Discrepancy.CONTACT_LEFT: "work.no_private_contact",
}  # fmt: skip


def between(account, *, arrived_at, departed_at, all_done, signed):
    """Codes of what differs. `account` has told_arrived_at, told_departed_at, content_as_agreed, solved, signed_personally
    and, since the script asks for them, did_more and contact_left; what the customer did not say is None and differs from
    nothing. Times are aware."""
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
    if account.get("did_more"):
        found.append(Discrepancy.DID_MORE)
    if account.get("contact_left"):
        found.append(Discrepancy.CONTACT_LEFT)
    return [code.value for code in found]


def _apart(told, entered):
    return bool(told and entered) and abs((told - entered).total_seconds()) > TOLERANCE_MINUTES * 60
