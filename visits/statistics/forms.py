from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form


class ClosingForm(Form):
    note = forms.CharField(label=_("note"), max_length=500, required=False)
