from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form
from visits.followup.forms import SCORES

YES_NO = [("", _("I do not know")), ("true", _("yes")), ("false", _("no"))]
ASKED = ("content_as_agreed", "did_more", "solved", "signed_personally", "contact_left")
SCORED = {"punctuality": _("punctuality"), "skill": _("skill"), "manner": _("manner"), "result": _("result")}


class EvaluationForm(Form):
    """`questions` are those of the follow-up's script, so that the customer reads what a caller would ask."""

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
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

    def facts(self):
        """{account, scores, comment} as followup.record_call takes them. Times are not asked in writing."""
        data = self.cleaned_data
        account = {"told_arrived_at": None, "told_departed_at": None} | {name: data.get(name) for name in ASKED}
        return {"account": account, "scores": {name: data[name] for name in SCORED}, "comment": data["comment"]}
