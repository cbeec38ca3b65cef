from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form


class HandOutForm(Form):
    title = forms.CharField(label=_("title"), max_length=120)
    file = forms.FileField(label=_("file"), help_text=_("A picture or a PDF, at most 20 MB."))


class WithdrawForm(Form):
    reason = forms.CharField(label=_("why"), max_length=300)
