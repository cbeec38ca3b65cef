from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base.forms import Form
from visits.records.kinds import NeedDecision


class AnswerForm(Form):
    answer = forms.CharField(label=pgettext_lazy("question", "answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class DecideForm(Form):
    decision = forms.ChoiceField(
        label=_("decision"),
        widget=forms.RadioSelect,
        choices=[
            (NeedDecision.DO_NOW, _("Do it now: a new scope item of this visit, which the customer signs.")),
            (NeedDecision.NEW_ORDER, _("A new order: a draft is made for the same site.")),
            (NeedDecision.REFUSED, _("Refuse.")),
        ],
    )
    called = forms.CharField(
        label=_("by what call"),
        help_text=_("Whom you spoke with, when, and how: by telephone, message or mail."),
        max_length=200,
    )
    reason = forms.CharField(
        label=pgettext_lazy("decision", "in writing"),
        help_text=_("The engineer reads it. A refusal needs it."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
