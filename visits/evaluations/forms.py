from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form
from visits.followup.forms import SCORES, TOLD, wrong_times

YES_NO = [("", _("I do not know")), ("true", _("yes")), ("false", _("no"))]
ASKED = ("content_as_agreed", "did_more", "solved", "signed_personally", "contact_left")
SCORED = {"punctuality": _("punctuality"), "skill": _("skill"), "manner": _("manner"), "result": _("result")}


class EvaluationForm(Form):
    """`questions` are those of the follow-up's script, so that the customer reads what a caller would ask. Times are of the active zone."""

    def __init__(self, *args, questions, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.at = at
        for name in TOLD:
            self.fields[name] = forms.DateTimeField(
                label=questions[name], required=False, help_text=_("Leave it empty if the record is right."),
                widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            )  # fmt: skip
        for name in ASKED:
            if name in questions:
                self.fields[name] = forms.TypedChoiceField(
                    label=questions[name],
                    choices=YES_NO,
                    required=False,
                    coerce={"true": True, "false": False}.get,
                    empty_value=None,
                )
        for name, label in SCORED.items():
            self.fields[name] = forms.TypedChoiceField(label=label, choices=SCORES, coerce=int)
        self.fields["comment"] = forms.CharField(
            label=_("comment"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
        )

    def clean(self):
        for name, sentence in wrong_times(self.cleaned_data, self.at).items():
            self.add_error(name, sentence)
        return self.cleaned_data

    def facts(self):
        """{account, scores, comment} as followup.record_call takes them."""
        data = self.cleaned_data
        account = {name: data.get(name) for name in (*TOLD, *ASKED)}
        return {"account": account, "scores": {name: data[name] for name in SCORED}, "comment": data["comment"]}
