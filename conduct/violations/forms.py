import datetime

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base.forms import Form
from conduct.people.models import Engineer
from conduct.rules.models import Rule
from conduct.rules.queries import rules_of
from conduct.rules.states import Stage

from .states import Outcome, ViolationState

DAY = {"type": "date"}


def long_text(label):
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


def evidence():
    return forms.FileField(label=_("evidence"), required=False, help_text=_("A picture or a PDF, at most 20 MB."))


def by_chapter(rules):
    """Choices of rules under the heading of their chapter."""
    groups = {}
    for rule in rules:
        groups.setdefault(rule.stage, []).append((rule.code, f"{rule.text} ({rule.get_severity_display()})"))
    return [("", "---------"), *((Stage(stage).label, rows) for stage, rows in groups.items())]


class BreachForm(Form):
    """A breach of one rule of `edition`, whoever did it."""

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        rules = rules_of(edition) if edition else Rule.objects.none()
        text = _("Edition %(edition)s, which held when it happened.") % {"edition": edition.code} if edition else ""
        self.fields["rule"] = forms.ModelChoiceField(rules, to_field_name="code", label=_("rule"), help_text=text)
        self.fields["rule"].error_messages["invalid_choice"] = _("This rule does not stand in the edition that held then.")
        self.fields["rule"].choices = by_chapter(rules)
        self.fields["rule"].widget.attrs["data-find"] = _("Find a rule by its words or its code")
        self.fields["text"] = long_text(_("what happened"))
        self.fields["file"] = evidence()


class RaiseForm(BreachForm):
    """A breach on a day of its own: `edition_on(day)` is the edition that held then, or None."""

    def __init__(self, data=None, *args, today, edition_on, **kwargs):
        edition = edition_on(_day_of(data, today))
        super().__init__(data, *args, edition=edition, **kwargs)
        self.edition = edition
        engineers = Engineer.objects.filter(staff__is_active=True).select_related("staff").order_by("staff__name")
        first = {
            "engineer": forms.ModelChoiceField(engineers, label=pgettext_lazy("role", "engineer")),
            "happened_on": forms.DateField(
                label=_("happened on"), initial=today, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
            ),
        }
        self.fields = first | self.fields

    def clean_happened_on(self):
        if self.edition is None:
            raise forms.ValidationError(_("No edition of the code of conduct held on this day."))
        return self.cleaned_data["happened_on"]


def _day_of(data, today):
    """The day that was typed, which decides on the edition; today for none."""
    try:
        return datetime.date.fromisoformat((data or {}).get("happened_on", ""))
    except ValueError:
        return today


class NothingForm(Form):
    """A step that needs no words."""


class AnswerForm(Form):
    answer = long_text(_("your answer"))
    file = evidence()


class AppealForm(Form):
    appeal = long_text(_("why the ruling is wrong"))
    file = evidence()


class EvidenceForm(Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"] = evidence()
        self.fields["file"].required = True


class WithdrawForm(Form):
    reason = forms.CharField(label=_("reason"), max_length=300)


class RulingForm(Form):
    """Only what the frame allows can be chosen; the action checks again. `seen` on the page is the breach's `state` as it was read."""

    def __init__(self, *args, frame, state, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.state = state
        outcomes = [Outcome(outcome) for outcome in frame.outcomes]
        choices = [(outcome.value, outcome.label) for outcome in outcomes]
        self.fields["outcome"] = forms.ChoiceField(label=_("ruling"), choices=choices, initial=frame.proposed)
        if frame.cut[1]:
            self.fields["fee_cut"] = self._fee_cut(frame)
        if any(outcome.bars for outcome in outcomes):
            self.fields["barred_until"] = self._barred_until(frame, outcomes, today)
        self.fields["reason"] = long_text(_("reasons"))

    def clean(self):
        if self.data.get("seen", self.state) != self.state and self.state in ViolationState.UNDER_WAY:
            now = ViolationState(self.state).label
            raise forms.ValidationError(_("Meanwhile this is “%(now)s”: please read it once more, and then rule.") % {"now": now})
        return super().clean()

    def _fee_cut(self, frame):
        low, high = frame.cut
        text = (
            _("%(low)d to %(high)d percent, only with a fee cut.") if low < high else _("%(low)d percent, only with a fee cut.")
        )
        first = low if Outcome(frame.proposed).cuts else None
        widget = forms.NumberInput(attrs={"data-with": " ".join(code for code in frame.outcomes if Outcome(code).cuts)})
        limits = {"min_value": 0, "max_value": 100, "initial": first, "required": False, "widget": widget}
        return forms.IntegerField(label=_("fee cut in percent"), help_text=text % {"low": low, "high": high}, **limits)

    def _barred_until(self, frame, outcomes, today):
        first = today + datetime.timedelta(days=frame.bar) if Outcome(frame.proposed).bars else None
        with_bar = {"data-with": " ".join(outcome for outcome in outcomes if outcome.bars)}
        return forms.DateField(
            label=_("no visits until"), required=False, initial=first, widget=forms.DateInput(attrs=DAY | with_bar, format="%Y-%m-%d"),
            help_text=_("Only with a ruling that bars; that day included."),
        )  # fmt: skip
