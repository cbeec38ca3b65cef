from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form, SheetForm
from conduct.base.tables import read_rows

from .states import Likely

MOST = 500  # orders; raising them takes a moment each
COLUMNS = 40


class OrdersForm(SheetForm):
    sheet = forms.FileField(
        label=_("spreadsheet"),
        help_text=_("XLSX or CSV; the first row names the columns. Nothing is imported before you have seen every row."),
    )

    def read(self, name, data):
        """The heading and the rows; their cells are checked on the next page, where one can agree to leave some out."""
        rows = read_rows(name, data, most=MOST + 2, columns=COLUMNS)
        if not any(any(row) for row in rows[1:]):
            return [], []
        too_many = _("A file has at most %(count)d rows; divide this one.") % {"count": MOST}
        return rows, [too_many] if len(rows) > MOST + 1 else []


class TakeOverForm(Form):
    """What is asked before an import: each question only where there are such rows."""

    without_bad = forms.BooleanField(label=_("Leave out the rows with bad cells and import the others"), required=False)
    likely = forms.ChoiceField(label=_("Rows that are likely open orders already"), choices=Likely, required=False, widget=forms.RadioSelect)

    def __init__(self, *args, checked, **kwargs):
        super().__init__(*args, **kwargs)
        for name, state in (("without_bad", "bad"), ("likely", "likely")):
            if not checked.of(state):
                del self.fields[name]
