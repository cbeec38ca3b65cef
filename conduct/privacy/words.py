from conduct.base.sentences import sentence as _


def refusal(text, findings, hotline):
    """Why a text cannot go to a customer, and what to do instead, in the active language."""
    shown = ", ".join(f"“{text[finding.start : finding.end].strip()}”" for finding in findings[:3])
    return _(
        "%(found)s is a private contact. Customers get none: give the hotline %(hotline)s; later remote help goes to the online engineer."
    ) % {"found": shown, "hotline": hotline}
