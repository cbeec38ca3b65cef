"""The kinds of entries and the rules of their fields: one source for the page's forms, the laptop and the server."""

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.checklists.gates import AnswerCode
from conduct.rules.states import Step
from visits.changes.states import Outcome, StepResult

MAX_TEXT = 4000
MAX_ENTRIES = 200


class Result(models.TextChoices):
    DONE = "done", pgettext_lazy("result", "done")
    PARTLY = "partly", pgettext_lazy("result", "partly done")
    NOT_DONE = "not_done", pgettext_lazy("result", "not done")


class Direction(models.TextChoices):
    """What happens to a thing in a machine room. What came in goes out or stays; what was borrowed is given back."""

    IN = "in", pgettext_lazy("item", "carried in")
    OUT = "out", pgettext_lazy("item", "carried out again")
    STAYS = "stays", pgettext_lazy("item", "stays there (installed, handed over)")
    BORROWED = "borrowed", pgettext_lazy("item", "borrowed from the customer")
    RETURNED = "returned", pgettext_lazy("item", "given back to the customer")
    REMOVED = "removed", pgettext_lazy("item", "the customer's, taken along with consent")


class NeedDecision(models.TextChoices):
    """What headquarters makes of a new need outside of the scope."""

    DO_NOW = "do_now", pgettext_lazy("new need", "do it now, as a new scope item")
    NEW_ORDER = "new_order", pgettext_lazy("new need", "a new order")
    REFUSED = "refused", pgettext_lazy("new need", "refused")


class Assessed(models.TextChoices):
    """What came of one attendee's assessment at the end of a training."""

    PASSED = "passed", pgettext_lazy("assessment", "passed")
    FAILED = "failed", pgettext_lazy("assessment", "not passed")
    LATER = "later", pgettext_lazy("assessment", "to be assessed later")


class QuestionKind(models.TextChoices):
    TECHNICAL = "technical", _("technical")
    BUSINESS = "business", _("business")
    OUT_OF_SCOPE = "out_of_scope", _("outside the scope")


class Means(models.TextChoices):
    """How a customer is helped from afar."""

    TELEPHONE = "telephone", _("telephone")
    MAIL = "mail", _("e-mail")
    CHAT = "chat", _("chat")


@dataclass(frozen=True)
class Field:
    """`type` is text, long, time (ISO minutes with offset), date (ISO), number, choice, yes, file, item (a scope position) or
    signature (strokes as a short text, see conduct/base/strokes.py).

    `retired` are choices that are taken in, from laptops with an older page, but not offered any more.
    """

    type: str
    label: str
    required: bool = True
    max: int = 200
    choices: list = field(default_factory=list)
    help: str = ""
    retired: tuple = ()


def _text(label, **more):
    return Field("text", label, **more)


def _long(label, **more):
    return Field("long", label, max=MAX_TEXT, **more)


_ODD = Field("text", _("why this time is unusual"), required=False)

# The steps that are entries of their own; the others happen by an entry of another kind.
ELSEWHERE = (Step.START_CHANGE, Step.END_CHANGE, Step.FINISH, Step.SIGN, Step.ARCHIVE)
STEPS = [s for s in Step if s not in ELSEWHERE]

KINDS = {
    "step": {"step": Field("choice", _("step"), choices=[(s.value, s.label) for s in STEPS])},
    "answer": {
        "rule_code": _text(_("rule"), max=60),
        "answer": Field("choice", _("answer"), choices=AnswerCode.choices),
        "note": _long(_("note"), required=False),
        "file": Field("file", _("photo or file"), required=False),
        "evidence_name": _text(_("signed by"), required=False, max=80),
        "evidence_date": Field("date", _("signed on"), required=False),
        "allowed_name": _text(_("allowed by"), required=False, max=80),
        "allowed_at": Field("time", _("allowed at"), required=False),
        "allowed_how": _text(_("by telephone, message, mail"), required=False, max=80),
        "allowed_why": _text(_("why"), required=False, max=300),
    },
    "delay_notice": {"new_time": Field("time", _("new time of arrival")), "reason": _text(_("reason"))},
    "arrived": {"arrived_at": Field("time", _("arrived at")), "odd_time_reason": _ODD},
    "result": {
        "scope_item": Field("item", _("scope item")),
        "result": Field("choice", _("result"), choices=Result.choices),
        "cause": _long(_("cause"), required=False),
        "action": _long(_("what was done")),
        "prevention": _long(_("how to prevent it"), required=False),
    },
    "hq_confirmation": {
        "scope_item": Field("item", _("scope item")),
        "confirmed_name": _text(_("confirmed at headquarters by"), max=80),
        "confirmed_at": Field("time", _("confirmed at")),
        "confirmed_how": _text(_("by telephone, message, mail"), max=80),
    },
    "part": {
        "name": _text(_("part")),
        "old_serial": _text(_("old serial number"), required=False, max=60),
        "new_serial": _text(_("new serial number"), required=False, max=60),
        "quantity": Field("number", _("quantity"), max=9999),
        "stock_left": Field("number", _("stock left"), required=False, max=99999),
    },
    "request": {"text": _long(_("what the customer asks for"))},
    "promise": {"text": _long(_("what was promised")), "due": Field("date", _("due on"))},
    "open_point": {"text": _long(_("what remains open"))},
    "photo": {"caption": _text(_("what the photo shows"), required=False), "file": Field("file", _("photo"))},
    "note": {"text": _long(_("note")), "for_customer": Field("yes", _("the customer sees it"), required=False)},
    "question": {
        "question_kind": Field(
            "choice", _("what it is about"), choices=QuestionKind.choices, retired=(QuestionKind.OUT_OF_SCOPE,)
        ),
        "text": _long(_("question to headquarters")),
    },
    "hq_answer": {
        "question": _text(_("question to headquarters"), max=36),
        "answer": _long(_("what was answered")),
        "answered_name": _text(_("answered at headquarters by"), max=80),
        "answered_at": Field("time", _("answered at")),
        "answered_how": _text(_("by telephone, message, mail"), max=80),
    },
    "new_need": {
        "text": Field("long", _("what is needed besides the scope"), max=300),
        "decision": Field("choice", _("decision"), required=False, choices=NeedDecision.choices),
        "decided_name": _text(_("decided at headquarters by"), required=False, max=80),
        "decided_at": Field("time", _("decided at"), required=False),
        "decided_how": _text(_("by telephone, message, mail"), required=False, max=80),
        "position": Field("number", _("scope item"), required=False, max=999),
    },
    "room_item": {
        "direction": Field("choice", _("what happens to it"), choices=Direction.choices),
        "name": _text(_("item"), max=80),
        "quantity": Field("number", _("quantity"), max=9999),
    },
    "change_request": {
        "text": Field("long", _("the change that is asked for"), max=300),
        "requested_name": _text(_("asked for by"), max=80),
    },
    "change_emergency": {
        "reason": Field("long", _("what is changed, and why it cannot wait"), max=300),
        "ours_name": _text(_("approved in writing for us by"), max=80),
        "theirs_name": _text(_("approved in writing for the customer by"), max=80),
        "waived_name": _text(_("rehearsal waived by (technical manager)"), max=80),
        "waived_how": _text(_("by telephone, message, mail"), max=80),
        "until": Field("time", _("to be ended by")),
        "file": Field("file", _("picture or file of the written approval of both sides")),
    },
    "change_start": {"at": Field("time", _("begun at"))},
    "change_step": {
        "runbook_step": Field("number", _("step of the runbook"), max=999),
        "at": Field("time", _("at")),
        "result": Field("choice", _("result"), choices=StepResult.choices),
        "note": _long(_("note"), required=False),
    },
    "change_end": {
        "outcome": Field("choice", _("outcome"), choices=Outcome.choices),
        "at": Field("time", _("ended at")),
        "note": _long(_("what failed, what was undone"), required=False),
        "consent_name": _text(_("written consent of (technical manager)"), required=False, max=80),
        "consent_at": Field("time", _("consent given at"), required=False),
        "consent_how": _text(_("by message, mail, letter"), required=False, max=80),
        "file": Field("file", _("picture or file of the consent"), required=False),
    },
    "training": {
        "content": _long(_("what was taught")),
        "started_at": Field("time", _("from")),
        "ended_at": Field("time", _("until")),
    },
    "attendee": {
        "name": _text(pgettext_lazy("person", "name"), max=80),
        "unit": _text(_("department or unit"), required=False, max=80),
        "signature": Field("signature", _("own signature"), max=MAX_TEXT),
    },
    "assessment": {
        "attendee": _text(_("attendee"), max=36),
        "result": Field("choice", _("result"), choices=Assessed.choices),
        "score": Field("number", _("score"), required=False, max=1000),
        "remark": _text(_("remark"), required=False, max=300),
    },
    "hand_over": {
        "wanted": _long(_("what the customer needs")),
        "means": Field("choice", _("how the customer wants to be helped"), choices=Means.choices),
        "contact": _text(_("whom to contact, and where")),
    },
    "pause": {"at": Field("time", _("paused at")), "reason": _text(_("reason"))},
    "left_site": {
        "at": Field("time", _("left at")),
        "reason": _text(_("reason")),
        "ours_name": _text(_("our superior who agrees"), required=False, max=80),
        "ours_at": Field("time", _("our superior agreed at"), required=False),
        "ours_how": _text(_("how our superior agreed (telephone, message)"), required=False, max=80),
        "theirs_name": _text(_("customer's supervisor who agrees"), required=False, max=80),
        "theirs_at": Field("time", _("customer's supervisor agreed at"), required=False),
        "theirs_how": _text(_("how the customer's supervisor agreed (in person, telephone)"), required=False, max=80),
    },
    "resume": {"at": Field("time", _("resumed at"))},
    "departed": {"departed_at": Field("time", _("departed at")), "odd_time_reason": _ODD},
    "withdraw": {},
}

LABELS = {
    "step": pgettext_lazy("entry", "step"),
    "answer": pgettext_lazy("entry", "checklist answer"),
    "delay_notice": pgettext_lazy("entry", "notice of delay"),
    "arrived": pgettext_lazy("entry", "arrival"),
    "result": pgettext_lazy("entry", "result"),
    "hq_confirmation": pgettext_lazy("entry", "confirmation by headquarters"),
    "part": pgettext_lazy("entry", "part replaced"),
    "request": pgettext_lazy("entry", "customer's request"),
    "promise": pgettext_lazy("entry", "promise"),
    "open_point": pgettext_lazy("entry", "open point"),
    "photo": pgettext_lazy("entry", "photo"),
    "note": pgettext_lazy("entry", "note"),
    "question": pgettext_lazy("entry", "question to headquarters"),
    "hq_answer": pgettext_lazy("entry", "answered by telephone"),
    "new_need": pgettext_lazy("entry", "new need"),
    "room_item": pgettext_lazy("entry", "item in the machine room"),
    "change_request": pgettext_lazy("entry", "production change asked for"),
    "change_emergency": pgettext_lazy("entry", "emergency change approved in writing"),
    "change_start": pgettext_lazy("entry", "production change begun"),
    "change_step": pgettext_lazy("entry", "step of the runbook"),
    "change_end": pgettext_lazy("entry", "production change ended"),
    "training": pgettext_lazy("entry", "training held"),
    "attendee": pgettext_lazy("entry", "attendee"),
    "assessment": pgettext_lazy("entry", "assessment"),
    "hand_over": pgettext_lazy("entry", "handed over to remote support"),
    "pause": pgettext_lazy("entry", "pause"),
    "left_site": pgettext_lazy("entry", "left the site for a while"),
    "resume": pgettext_lazy("entry", "work resumed"),
    "departed": pgettext_lazy("entry", "departure"),
    "withdraw": pgettext_lazy("entry", "entry withdrawn"),
}


def in_words(kind, payload):
    """[(label, value), …] of what an entry says, for people; what is empty is left out."""
    said = []
    for name, value in payload.items():
        rule = KINDS.get(kind, {}).get(name)
        if value in ("", None, False):
            continue
        if rule and rule.type in ("signature", "file"):
            value = "✓"
        if rule and rule.type == "time":
            value = value[:16].replace("T", " ")  # by the clock of the place
        said.append((rule.label if rule else name, dict(rule.choices).get(value, value) if rule else value))
    return said
