from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form
from conduct.base.tables import Unreadable, read_rows

BIGGEST = 2 * 1024 * 1024
MOST = 500  # orders; raising them takes a moment each
COLUMNS = 40


class SheetForm(Form):
    sheet = forms.FileField(
        label=_("spreadsheet"),
        help_text=_("XLSX or CSV; the first row names the columns. Nothing is imported before you have seen every row."),
    )

    def clean_sheet(self):
        upload = self.cleaned_data["sheet"]
        if upload.size > BIGGEST:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        try:
            rows = read_rows(upload.name, upload.read(), most=MOST + 2, columns=COLUMNS)
        except Unreadable as error:
            raise forms.ValidationError(_("This is neither an XLSX workbook nor a CSV file.")) from error
        if not any(any(row) for row in rows[1:]):
            raise forms.ValidationError(_("The file holds no rows."))
        if len(rows) > MOST + 1:
            raise forms.ValidationError(_("A file has at most %(count)d rows; divide this one.") % {"count": MOST})
        self.cleaned_data["name"] = upload.name
        return rows


class TakeOverForm(Form):
    without_bad = forms.BooleanField(label=_("Leave out the rows with bad cells and import the others"), required=False)
