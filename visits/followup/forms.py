from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form, ModelForm

from .models import FollowUp
from .states import Outcome

YES_NO = [("", _("did not say")), ("true", _("yes")), ("false", _("no"))]
SCORES = [("", "–"), (5, "5"), (4, "4"), (3, "3"), (2, "2"), (1, "1")]
ACCOUNT = (
    "told_arrived_at", "told_departed_at", "content_as_agreed", "did_more", "solved", "signed_personally", "contact_left",
)  # fmt: skip
TOLD = ("told_arrived_at", "told_departed_at")
SCORED = ("punctuality", "skill", "manner", "result")


def _said(label):
    coerce = {"true": True, "false": False}.get
    return forms.TypedChoiceField(label=label, choices=YES_NO, coerce=coerce, empty_value=None, required=False)


def _score(label):
    return forms.TypedChoiceField(label=label, choices=SCORES, coerce=int, empty_value=None, required=True)


def wrong_times(told, at):
    """{field: sentence} of times that cannot be what happened; `told` maps the account's fields to moments or None."""
    wrong = {name: _("This time is still to come.") for name in TOLD if (moment := told.get(name)) and moment > at}
    arrived, departed = (told.get(name) for name in TOLD)
    if arrived and departed and departed <= arrived and not wrong:
        wrong["told_departed_at"] = _("The departure lies before the arrival.")
    return wrong


class CallForm(ModelForm):
    content_as_agreed = _said(_("done as agreed"))
    did_more = _said(_("did more than the record says"))
    solved = _said(_("the problem is solved"))
    signed_personally = _said(_("signed personally"))
    contact_left = _said(_("private contact details were left"))
    punctuality = _score(_("punctuality"))
    skill = _score(_("skill"))
    manner = _score(_("manner"))
    result = _score(_("result"))

    class Meta:
        model = FollowUp
        fields = [*ACCOUNT, *SCORED, "comment"]
        when = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        widgets = {"told_arrived_at": when, "told_departed_at": when, "comment": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, at, script=None, **kwargs):
        """`script` is {field: question}: what the caller reads out stands beside the answer. Times are of the active zone."""
        super().__init__(*args, **kwargs)
        self.at = at
        for name, question in (script or {}).items():
            self.fields[name].help_text = question
        self.fields["told_arrived_at"].required = self.fields["told_departed_at"].required = False

    def clean(self):
        for name, sentence in wrong_times(self.cleaned_data, self.at).items():
            self.add_error(name, sentence)
        return self.cleaned_data


class AttemptForm(Form):
    outcome = forms.ChoiceField(label=_("what happened"), choices=Outcome.choices)
    note = forms.CharField(label=_("note"), max_length=300, required=False)
