from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form

from .terms import KINDS


class TermsForm(Form):
    reason = forms.CharField(label=_("reason of the change"), max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in KINDS:
            self.fields[kind.code] = forms.IntegerField(label=kind.label, min_value=kind.least, max_value=1200)
        self.order_fields([*(kind.code for kind in KINDS), "reason"])


class EraseForm(Form):
    reason = forms.CharField(label=_("why, such as the person's request"), max_length=300)
