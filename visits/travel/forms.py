from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form
from conduct.base.tables import Unreadable

from . import sheets

BIGGEST = 2 * 1024 * 1024


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


class SheetForm(Form):
    """A file whose every cell is right; otherwise each wrong one is named and nothing is taken over."""

    sheet = forms.FileField(
        label=_("spreadsheet"), help_text=_("XLSX or CSV with three columns: from, to, and minutes (90) or hours:minutes (1:30).")
    )

    def clean_sheet(self):
        upload = self.cleaned_data["sheet"]
        if upload.size > BIGGEST:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        try:
            rows, wrong = sheets.read(upload.name, upload.read())
        except Unreadable as error:
            raise forms.ValidationError(_("This is neither an XLSX workbook nor a CSV file.")) from error
        if not rows and not wrong:
            raise forms.ValidationError(_("The file holds no rows."))
        if wrong:
            left = len(wrong) - 30
            raise forms.ValidationError([*wrong[:30], *([_("… and %(count)d more.") % {"count": left}] if left > 0 else [])])
        return rows
