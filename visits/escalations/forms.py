from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form


class AnswerForm(Form):
    answer = forms.CharField(label=_("answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
