from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base.forms import Form, ModelForm
from conduct.stock.queries import places_in_use

from .models import Spare
from .queries import spares_to_lend
from .states import Media

DATE = {"type": "date"}


class SpareForm(ModelForm):
    class Meta:
        model = Spare
        fields = ["name", "category", "model", "serial", "place", "data_bearing", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places_in_use()


class LendForm(Form):
    borrower = forms.CharField(label=_("borrower"), max_length=80)
    where = forms.CharField(label=_("where it will stand"), max_length=120)
    back_by = forms.DateField(label=_("back by"), widget=forms.DateInput(attrs=DATE))
    note = forms.CharField(label=_("note"), max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        label = pgettext_lazy("thing", "spare")
        # One that was lent a moment ago has to reach the action, which says to whom; so every spare counts as a choice.
        self.fields["spare"] = forms.ModelChoiceField(Spare.objects.all(), label=label, to_field_name="number")
        choices = [(spare.number, f"{spare} · {spare.place}") for spare in spares_to_lend()]
        self.fields["spare"].widget.choices = [("", "---------"), *choices]
        self.order_fields(["spare"])


class ReturnForm(Form):
    def __init__(self, *args, loan, **kwargs):
        super().__init__(*args, **kwargs)
        if loan.spare.data_bearing:
            choices = [("", "---------"), *Media.choices]
            self.fields["media"] = forms.ChoiceField(label=_("data media"), choices=choices, required=False)
        self.fields["broken"] = forms.BooleanField(label=_("came back broken"), required=False)
        self.fields["note"] = forms.CharField(label=_("note on the return"), max_length=300, required=False)


class ExtendForm(Form):
    prefix = "extend"
    back_by = forms.DateField(label=_("back by"), widget=forms.DateInput(attrs=DATE))
    reason = forms.CharField(label=_("reason"), max_length=300)


class StateForm(Form):
    reason = forms.CharField(label=_("reason"), max_length=300)
