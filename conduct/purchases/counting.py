"""What a purchase contributes to the month. Pure; money in fen."""

ASKED = {"asked", "approved", "ordered", "received", "refused"}
APPROVED = {"approved", "ordered", "received"}


def measures_of(*, state, was_asked, was_approved, total):
    """One purchase, from the moment on when it was asked for; a cancelled one keeps what it was before."""
    if not (was_asked and (state in ASKED or state == "cancelled")):
        return {}
    approved = state in APPROVED or (state == "cancelled" and was_approved)
    return {"purchase.asked": 1, "purchase.approved": int(approved), "purchase.asked_fen": int((total or 0) * 100)}
