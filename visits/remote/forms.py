from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base.forms import Form, ModelForm

from .models import RemoteCase, RemoteContact


class HandOverForm(ModelForm):
    class Meta:
        model = RemoteCase
        fields = ["wanted", "means", "contact"]
        widgets = {"wanted": forms.Textarea(attrs={"rows": 5})}


class ContactForm(ModelForm):
    class Meta:
        model = RemoteContact
        fields = ["means", "text", "minutes"]
        labels = {"means": _("means of contact")}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


class CloseForm(Form):
    solved = forms.TypedChoiceField(
        label=pgettext_lazy("remote support", "solved"),
        choices=[("yes", _("yes")), ("no", _("no, another visit or a colleague is needed"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    result = forms.CharField(label=_("result"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class ReasonForm(Form):
    reason = forms.CharField(label=_("why"), max_length=300)
