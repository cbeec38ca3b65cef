from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form


class ReasonForm(Form):
    reason = forms.CharField(label=_("reason"), max_length=300)


class TestForm(Form):
    recipient = forms.CharField(label=_("address or fax number"), max_length=254)
