import io

import xlsxwriter
from django.utils.translation import gettext as _

from .figures import FIGURES

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(month, facts):
    """The month as XLSX bytes. Cells that begin like a formula stay text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        bold = book.add_format({"bold": True})
        summary = book.add_worksheet(_("Month"))
        summary.set_column(0, 0, 28)
        summary.write_row(0, 0, [_("Month"), month], bold)
        rows = [[_("visits"), facts["total"]]] + [[str(label), number] for _code, label, number in facts["states"]]
        rows += [[str(figure.label), text, str(figure.definition)] for figure, text in facts["figures"]]
        for place, row in enumerate(rows, 2):
            summary.write_row(place, 0, row)
        _table(book, bold, _("Engineers"), facts["engineers"])
        _table(book, bold, _("Customers"), facts["customers"])
    return out.getvalue()


def _table(book, bold, title, rows):
    sheet = book.add_worksheet(title)
    sheet.set_column(1, 1, 28)
    sheet.write_row(0, 0, [_("Number"), _("Name"), _("visits"), *[str(figure.label) for figure in FIGURES]], bold)
    for place, (number, name, count, texts) in enumerate(rows, 1):
        sheet.write_row(place, 0, [number, name, count, *texts])
