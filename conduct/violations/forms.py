from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base.forms import Form
from conduct.people.models import Engineer
from conduct.rules.states import Stage

from .states import Outcome

DAY = {"type": "date"}


def long_text(label):
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


def evidence():
    return forms.FileField(label=_("evidence"), required=False, help_text=_("A picture or a PDF, at most 20 MB."))


def by_chapter(rules):
    """Choices of rules under the heading of their chapter."""
    groups = {}
    for rule in rules:
        groups.setdefault(rule.stage, []).append((rule.pk, f"{rule.text} ({rule.get_severity_display()})"))
    return [("", "---------"), *((Stage(stage).label, rows) for stage, rows in groups.items())]


class BreachForm(Form):
    """A breach of one of `rules`, whoever did it."""

    def __init__(self, *args, rules, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule"] = forms.ModelChoiceField(rules, label=_("rule"))
        self.fields["rule"].choices = by_chapter(rules)
        self.fields["text"] = long_text(_("what happened"))
        self.fields["file"] = evidence()


class RaiseForm(BreachForm):
    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        engineers = Engineer.objects.filter(staff__is_active=True).select_related("staff").order_by("staff__name")
        first = {
            "engineer": forms.ModelChoiceField(engineers, label=pgettext_lazy("role", "engineer")),
            "happened_on": forms.DateField(
                label=_("happened on"), initial=today, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
            ),
        }
        self.fields = first | self.fields


class NothingForm(Form):
    """A step that needs no words."""


class AnswerForm(Form):
    answer = long_text(_("your answer"))
    file = evidence()


class AppealForm(Form):
    appeal = long_text(_("why the ruling is wrong"))
    file = evidence()


class WithdrawForm(Form):
    reason = forms.CharField(label=_("reason"), max_length=300)


class RulingForm(Form):
    """Only what the frame allows can be chosen; the action checks again."""

    def __init__(self, *args, frame, **kwargs):
        super().__init__(*args, **kwargs)
        outcomes = [Outcome(outcome) for outcome in frame.outcomes]
        choices = [(outcome.value, outcome.label) for outcome in outcomes]
        self.fields["outcome"] = forms.ChoiceField(label=_("ruling"), choices=choices, initial=frame.proposed)
        if frame.cut[1]:
            self.fields["fee_cut"] = self._fee_cut(frame)
        if any(outcome.bars for outcome in outcomes):
            self.fields["barred_until"] = forms.DateField(
                label=_("no visits until"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
                help_text=_("Only with a ruling that bars; that day included."),
            )  # fmt: skip
        self.fields["reason"] = long_text(_("reasons"))

    def _fee_cut(self, frame):
        low, high = frame.cut
        text = (
            _("%(low)d to %(high)d percent, only with a fee cut.") if low < high else _("%(low)d percent, only with a fee cut.")
        )
        first = low if Outcome(frame.proposed).cuts else None
        limits = {"min_value": 0, "max_value": 100, "initial": first, "required": False}
        return forms.IntegerField(label=_("fee cut in percent"), help_text=text % {"low": low, "high": high}, **limits)
