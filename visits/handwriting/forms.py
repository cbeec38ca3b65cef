import json

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base import strokes as pen
from conduct.base.forms import Form

from .states import ConfirmationState


class CallForm(Form):
    state = forms.ChoiceField(
        label=_("what the customer says"),
        choices=[(state.value, state.label) for state in ConfirmationState if state != ConfirmationState.WAITING],
    )
    note = forms.CharField(label=_("note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class SpecimenForm(Form):
    strokes = forms.CharField(widget=forms.HiddenInput, max_length=1_000_000)

    def clean_strokes(self):
        try:
            return pen.clean(json.loads(self.cleaned_data["strokes"]))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
