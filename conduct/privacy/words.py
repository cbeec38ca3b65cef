from conduct.base.sentences import sentence as _


def refusal(text, findings, hotline):
    """Why a text cannot go to a customer, and what to do instead, in the active language."""
    shown = ", ".join(f"“{text[finding.start : finding.end].strip()}”" for finding in findings[:3])
    return _(
        "%(found)s is a private contact. Customers get none: give the hotline %(hotline)s; later remote help goes to the online engineer."
    ) % {"found": shown, "hotline": hotline}


def name_refusal(real, agreed):
    """Why the engineer's real name cannot go to a customer, who knows another one."""
    return _("The customer knows %(real)s as “%(agreed)s”; write that name.") % {"real": real, "agreed": agreed}
