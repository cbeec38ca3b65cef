from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form, SheetForm

from . import sheets


class TravelTimeForm(Form):
    origin = forms.CharField(label=_("from"), max_length=40)
    destination = forms.CharField(label=_("to"), max_length=40)
    minutes = forms.IntegerField(label=_("minutes"), min_value=1, max_value=sheets.LONGEST)
    both_ways = forms.BooleanField(label=_("the way back takes as long"), required=False, initial=True)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("origin") and cleaned.get("origin") == cleaned.get("destination"):
            self.add_error("destination", _("Name two different cities."))
        return cleaned


class TimesForm(SheetForm):
    sheet = forms.FileField(
        label=_("spreadsheet"), help_text=_("XLSX or CSV with three columns: from, to, and minutes (90) or hours:minutes (1:30).")
    )

    def read(self, name, data):
        return sheets.read(name, data)
