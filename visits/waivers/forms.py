from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base.forms import Form

from .states import WaiverState


class DecideForm(Form):
    to = forms.ChoiceField(
        label=_("decision"),
        widget=forms.RadioSelect,
        choices=[
            (WaiverState.CONFIRMED, _("Confirmed: this item is not delivered on this visit.")),
            (WaiverState.CONTESTED, _("Not confirmed: it has to be delivered.")),
        ],
    )
    decision = forms.CharField(
        label=pgettext_lazy("decision", "in writing"),
        help_text=_("Without confirmation, say what is to be done instead. The engineer and the dispatchers read it."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
