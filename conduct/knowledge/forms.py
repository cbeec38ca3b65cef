from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.approvals import forms as approvals
from conduct.base.forms import Form, ModelForm

from .models import WRITTEN, ArticleVersion
from .states import Origin


class ArticleForm(ModelForm):
    class Meta:
        model = ArticleVersion
        fields = list(WRITTEN)
        widgets = {
            "symptom": forms.Textarea(attrs={"rows": 3}), "cause": forms.Textarea(attrs={"rows": 3}),
            "solution": forms.Textarea(attrs={"rows": 8}),
        }  # fmt: skip


class TakeOverForm(Form):
    """What a solved question, a repaired ticket or a closed case hands over; its author completes it on the next page."""

    origin = forms.ChoiceField(choices=Origin.choices)
    reference = forms.CharField(max_length=16)
    symptom = forms.CharField(max_length=4000)
    cause = forms.CharField(max_length=4000, required=False)
    solution = forms.CharField(max_length=4000, required=False)
    equipment_model = forms.CharField(max_length=120, required=False)

    def written(self):
        data = self.cleaned_data
        first = data["symptom"].splitlines()[0]
        return {name: data.get(name, "") for name in WRITTEN} | {"title": first[:60]}


class ReviewForm(approvals.ReviewForm):
    GOOD = _("Publish it.")
    seen = forms.IntegerField(widget=forms.HiddenInput)


class RetireForm(Form):
    reason = forms.CharField(label=_("why"), max_length=300)
