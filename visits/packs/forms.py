from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form, ModelForm

from .models import PackPolicy


class PolicyForm(ModelForm):
    class Meta:
        model = PackPolicy
        fields = ["reading", "mailbox", "language", "grace_days", "first_month"]


class AgainForm(Form):
    reason = forms.CharField(label=_("why"), max_length=300)
