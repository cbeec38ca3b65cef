"""What the sign page's script says, in the language that the customer reads."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.checklists.gates import AnswerCode
from visits.records.kinds import Result

WORDS = {
    "planned": pgettext_lazy("times", "planned"),
    "arrived": _("arrived"),
    "departed": _("departed"),
    "pauses": _("pauses"),
    "site": _("site"),
    "engineer": _("engineer"),
    "fault": _("reported fault"),
    "cause": _("cause"),
    "action": _("what was done"),
    "prevention": _("how to prevent it"),
    "confirmed": _("confirmed by headquarters"),
    "scope": _("What was done"),
    "parts": _("Parts replaced"),
    "requests": _("Your requests"),
    "promises": _("What we promised"),
    "open_points": _("What remains open"),
    "notes": _("Notes"),
    "equipment": _("Equipment"),
    "checklist": _("How we worked"),
    "due": _("due on"),
    "photos": _("photos"),
    "changes": _("What changed since you signed last"),
    "before": _("before"),
    "after": _("now"),
    "version": _("version"),
    "none": pgettext_lazy("list", "none"),
    "different": _("This page computed another check code than headquarters. Please do not sign; tell the engineer."),
    "sign_first": _("Please sign in the box, or type your name below it."),
    "not_sent": _("Not sent: the server does not answer. Nothing is lost; press again."),
    "thanks": _("Thank you. Your signature was received by headquarters at"),
    "thanks_refused": _("Your refusal was noted and received by headquarters at"),
    "marked": _("Your signature is stored. Headquarters has to look at it, because:"),
    "too_large": _("The picture is larger than 5 MB."),
    "quantity": _("quantity"),
}


def words():
    texts = {name: str(text) for name, text in WORDS.items()}
    texts["results"] = {code: str(label) for code, label in Result.choices}
    texts["answers"] = {code: str(label) for code, label in AnswerCode.choices}
    return texts
