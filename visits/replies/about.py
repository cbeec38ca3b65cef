"""What a new reply is about, read from the address of its page, with what can be filled in from that."""

from django.utils.translation import gettext as _

from conduct.base.access import get_or_404
from visits.complaints import about as things
from visits.complaints.queries import complaints_for


def about(user, asked):
    """{"customer", "order", "visit", "complaint", "initial"} of what `asked` (the query) names, or None when it names nothing.

    Raises Http404 for what this person may not see.
    """
    if number := asked.get("complaint"):
        complaint = get_or_404(complaints_for(user).select_related("order__contact"), number=number)
        found = {name: getattr(complaint, name) for name in ("customer", "order", "visit")}
        subject, addressee = _("About your complaint"), complaint.said_by[:60]
    else:
        complaint, found = None, things.about(user, asked)
        if found is None:
            return None
        subject, addressee = _subject(**found), ""
    contact = found["order"].contact if found["order"] else None
    initial = {"subject": subject, "addressee": addressee or (contact.name if contact else "")}
    if contact and contact.email:
        initial["to"] = f"mail:{contact.email}"
    return found | {"complaint": complaint, "initial": initial}


def _subject(*, customer, order, visit):
    if visit:
        return _("About our visit of %(day)s") % {"day": f"{visit.planned_start:%Y-%m-%d}"}
    return _("About our order %(number)s") % {"number": order.number} if order else ""
