"""What is missing before a visit can be archived. Pure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Missing(models.TextChoices):
    RECORD = "record", _("the record is not closed")
    SIGNATURE = "signature", _("there is no valid signature or refusal")
    STAMP = "stamp", _("the stamp, the stamped copy or the reason for having none")
    REFUSAL = "refusal", _("the call that handles the refusal")
    RECEIPT = "receipt", _("a delivery receipt from headquarters' fax or mailbox")
    CALL = "call", _("the call to the customer, or enough documented attempts")
    POSTPONEMENT = "postponement", _("the customer's written word on the postponement")
    WAIVER = "waiver", _("the technical manager's word on what was not delivered")
    SCOPE = "scope", _("headquarters' decision on a new need outside of the scope")
    REVIEW = "review", _("the technical manager's review of a production change")
    RULES = "rules", _("rules that are asked before archiving")


def missing(
    *, closed, kind, has_stamp_or_reason, received, follow_up_state, open_waivers, open_scope_changes, open_review, open_postponement,
    open_rules,
):  # fmt: skip
    """Codes of what is missing. `kind` is the last valid sign-off's (None without one); `follow_up_state` is open,
    reached or not_reached. A refusal needs the customer to be reached: somebody has to handle it."""
    lacks = []
    if not closed:
        lacks.append(Missing.RECORD)
    if kind is None:
        lacks.append(Missing.SIGNATURE)
    if kind in ("signed", "transcribed") and not has_stamp_or_reason:
        lacks.append(Missing.STAMP)
    if kind == "refused" and follow_up_state != "reached":
        lacks.append(Missing.REFUSAL)
    if not received:
        lacks.append(Missing.RECEIPT)
    if kind != "refused" and follow_up_state not in ("reached", "not_reached"):
        lacks.append(Missing.CALL)
    if open_postponement:
        lacks.append(Missing.POSTPONEMENT)
    if open_waivers:
        lacks.append(Missing.WAIVER)
    if open_scope_changes:
        lacks.append(Missing.SCOPE)
    if open_review:
        lacks.append(Missing.REVIEW)
    if open_rules:
        lacks.append(Missing.RULES)
    return lacks
