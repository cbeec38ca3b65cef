"""Each step of a breach on its page: its heading, button, form, action, and what is said when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base.days import day_of
from conduct.company.queries import company

from . import actions, forms
from .queries import frame_of


@dataclass(frozen=True)
class Step:
    heading: str
    submit: str
    form: Callable
    action: Callable
    done: str


def _ruling(violation, *args):
    today = day_of(timezone.now(), company().time_zone)
    return forms.RulingForm(*args, frame=frame_of(violation), state=violation.state, today=today)


def _plain(form, violation, *args):
    return form(*args)


_RULED = _("Ruled. The engineer is told.")
STEPS = {
    "answer": Step(
        _("Your side of it"), _("Send the answer"), partial(_plain, forms.AnswerForm), actions.answer, _("Your answer is with the breach."),
    ),
    "confirm": Step(
        _("Is it a breach?"), _("Yes, ask the engineer"), partial(_plain, forms.NothingForm), actions.confirm,
        _("The engineer is asked for an answer."),
    ),
    "withdraw": Step(_("Drop it"), _("Drop it"), partial(_plain, forms.WithdrawForm), actions.withdraw, _("Dropped.")),
    "rule": Step(pgettext_lazy("violation", "Rule"), pgettext_lazy("violation", "Rule"), _ruling, actions.rule_on, _RULED),
    "appeal": Step(
        _("Appeal"), _("Appeal"), partial(_plain, forms.AppealForm), actions.appeal, _("Your appeal goes to another person."),
    ),
    "evidence": Step(
        _("Add evidence"), _("Add"), partial(_plain, forms.EvidenceForm), actions.add_evidence, _("It is with the breach; the other side is told."),
    ),
    "settle": Step(_("Rule upon the appeal"), pgettext_lazy("violation", "Rule"), _ruling, actions.rule_upon_appeal, _RULED),
}  # fmt: skip
