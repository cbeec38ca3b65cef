"""The sentences of the notices. A code that is missing here cannot be told: `tell` refuses it.

Placeholders name facts that the caller hands over; `%(about)s` is the number of the thing it is about.
"""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "loan.due": _("Due back on %(day)s: %(spare)s, lent to %(borrower)s."),
    "loan.late": _("Late since %(day)s: %(spare)s, lent to %(borrower)s."),
    "approval.asked": _("%(who)s asks for your approval: %(subject)s"),
    "approval.approved": _("%(who)s approved: %(subject)s"),
    "approval.refused": _("%(who)s did not approve: %(subject)s"),
    "question.answered": _("Headquarters answered your question about %(about)s."),
}


def sentence(code, about, facts):
    """The notice in the active language."""
    return str(SENTENCES[code]) % {**facts, "about": about}
