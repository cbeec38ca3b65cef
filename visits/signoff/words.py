"""What the sign page's script says, in the language that the customer reads."""

from django.utils.translation import gettext, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from conduct.checklists.gates import AnswerCode
from visits.changes.states import Outcome
from visits.records.kinds import Assessed, Result
from visits.records.laptop_words import WORDS as LAPTOP

from .difference_words import NAMES

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
    "change": _("Production change"),
    "steps_done": _("steps done"),
    "training": _("Training sheet"),
    "minutes": _("minutes"),
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
    "was_agreed": _("had been agreed"),
    "put_off_to": _("will be done"),
    "put_off_reason": _("reason"),
    "put_off_scope": _("What is put off"),
    "changed_meanwhile": _("What you read has changed meanwhile. It is shown anew; please read it again and sign. What you typed is still here."),
    "look": _("Please look at the marked fields."),
    "kept": _("Thank you. Your signature is kept safe on this laptop and goes to headquarters as soon as there is a network."),
    "kept_refused": _("Your refusal is kept safe on this laptop and goes to headquarters as soon as there is a network."),
    "signed_already": _("This page was used for a signature already. Hand the laptop over anew from the record page."),
}


# What static/js/rules/signer.js says beside the sentences of an entry's fields.
SENTENCES = [
    gettext_noop("This is needed."),
    gettext_noop("At most %(max)d characters; this has %(length)d."),
    gettext_noop("A telephone number has digits, spaces, +, - and brackets only."),
    gettext_noop("Please say why, in a few words."),
    gettext_noop("Please choose one."),
    gettext_noop("Add the stamp's picture, or say why there is none."),
    gettext_noop("The signature has too many points. Please sign again."),
    gettext_noop("Please sign with your name; a dot is not enough."),
]


def sign_rules():
    return {"sentences": {text: gettext(text) for text in SENTENCES}}


def words():
    texts = {name: str(text) for name, text in (LAPTOP | WORDS).items()}
    texts["fields"] = {name: str(label) for name, label in NAMES.items()}
    texts["results"] = {code: str(label) for code, label in [*Result.choices, *Assessed.choices]}
    texts["outcomes"] = {code: str(label) for code, label in Outcome.choices}
    texts["answers"] = {code: str(label) for code, label in AnswerCode.choices}
    return texts
