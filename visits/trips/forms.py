from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base.forms import Form, ModelForm

from .models import Expense, Lodging
from .states import Means

WHEN = "%Y-%m-%dT%H:%M"


def moment(**facts):
    return forms.DateTimeField(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHEN), **facts)


class SetOutForm(Form):
    set_out_at = moment(label=_("set out at"))
    origin = forms.CharField(label=_("from"), max_length=40)
    means = forms.ChoiceField(label=pgettext_lazy("travel", "by"), choices=Means.choices)


class LodgingForm(ModelForm):
    class Meta:
        model = Lodging
        fields = ["hotel", "room_telephone", "since", "customer_called_at"]
        field_classes = dict.fromkeys(("since", "customer_called_at"), forms.DateTimeField)
        widgets = {
            name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHEN) for name in ("since", "customer_called_at")
        }
        help_texts = {"customer_called_at": _("Right after checking in. It can be added later.")}


class CallForm(Form):
    customer_called_at = moment(label=_("customer contacted at"))


class AskForm(Form):
    reason = forms.CharField(
        label=_("what is done, and when you would travel"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class NothingForm(Form):
    """A step that needs no words."""


class BackForm(Form):
    """With consent to the return there is nothing to explain."""

    returned_at = moment(label=_("back at"))
    unasked_reason = forms.CharField(
        label=_("why without consent"), max_length=300, required=False, help_text=_("Headquarters reads it and may ask.")
    )

    def __init__(self, *args, is_consented, **kwargs):
        super().__init__(*args, **kwargs)
        if is_consented:
            del self.fields["unasked_reason"]


class ExpenseForm(ModelForm):
    """`receipt` is the upload here; the row holds the kept file."""

    field_order = ["kind", "spent_on", "amount", "note", "receipt", "no_receipt_reason"]
    receipt = forms.FileField(label=_("receipt"), required=False, help_text=_("A picture or a PDF, at most 20 MB."))

    class Meta:
        model = Expense
        fields = ["kind", "spent_on", "amount", "note", "no_receipt_reason"]
        widgets = {"spent_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class ReportForm(Form):
    report = forms.CharField(label=_("report"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))


class SendBackForm(Form):
    reason = forms.CharField(label=_("what is missing or wrong"), max_length=300)
