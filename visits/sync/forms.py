import json

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form
from visits.records.models import EntrySettlement

MAX_BYTES = 100 * 1024 * 1024


class ImportForm(Form):
    file = forms.FileField(
        label=_("encrypted file of a laptop (.fsv)"),
        help_text=_("It came by USB stick or mail. Importing it twice does no harm."),
        widget=forms.FileInput(attrs={"accept": ".fsv,application/json"}),
    )

    def clean_file(self):
        """The parsed JSON of the file."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 100 MB."))
        try:
            return json.loads(file.read())
        except ValueError as error:
            raise forms.ValidationError(_("This is no file that a laptop of ours saved.")) from error


class ReasonForm(Form):
    reason = forms.CharField(label=_("what you found out"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class SettleEntryForm(ReasonForm):
    decision = forms.ChoiceField(label=_("decision"), choices=EntrySettlement.Decision.choices, widget=forms.RadioSelect)
    field_order = ["decision", "reason"]
