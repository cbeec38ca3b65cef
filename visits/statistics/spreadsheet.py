"""XLSX workbooks, written row by row to a file: memory does not grow with the rows.

Cells that begin like a formula stay text.
"""

import datetime

import xlsxwriter
from django.utils.translation import gettext as _

from .definitions import FIGURES
from .figures import value

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FORMATS = {"percent": "0 %", "minutes": "[h]:mm", "score": "0.0", "count": "#,##0", "money": "#,##0.00"}


# Day 0 of a spreadsheet, as it counts from March 1900 on.
EPOCH, DAY = datetime.datetime(1899, 12, 30), datetime.timedelta(days=1)


class Workbook:
    """`with Workbook(path) as book: book.sheet(…)`. The file is whole when the block ends without an error."""

    def __init__(self, path):
        self.book = xlsxwriter.Workbook(path, OPTIONS)
        self.bold = self.book.add_format({"bold": True, "bottom": 1})
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.formats = {unit: self.book.add_format({"num_format": text}) for unit, text in FORMATS.items()}
        self.time = self.book.add_format({"num_format": "yyyy-mm-dd hh:mm"})

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.book.close()

    def sheet(self, name, heads, rows, *, widths=(), title=None):
        """One sheet of plain rows: text, numbers, aware or naive datetimes as site wall time, None for an empty cell."""
        sheet = self.book.add_worksheet(name[:31])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        top = 0
        if title:
            sheet.write_string(0, 0, title, self.title)
            top = 2
        for column, head in enumerate(heads):
            sheet.write_string(top, column, str(head), self.bold)
        sheet.freeze_panes(top + 1, 0)
        for place, row in enumerate(rows, top + 1):
            for column, cell in enumerate(row):
                if type(cell) is str:
                    sheet.write_string(place, column, cell)
                elif cell is not None:
                    self._write(sheet, place, column, cell)

    def _write(self, sheet, place, column, cell):
        if isinstance(cell, datetime.datetime):
            sheet.write_number(place, column, (cell.replace(tzinfo=None) - EPOCH) / DAY, self.time)
        elif isinstance(cell, tuple):
            self._write_figure(sheet, place, column, *cell)
        elif isinstance(cell, str):
            sheet.write_string(place, column, cell)
        else:
            sheet.write_number(place, column, cell)

    def _write_figure(self, sheet, place, column, unit, number):
        """A figure in its unit, as a number that the reader can go on calculating with; one without data says so."""
        if number is None:
            sheet.write_string(place, column, _("no data"))
        else:
            divisor = {"percent": 100, "minutes": 1440}.get(unit, 1)
            sheet.write_number(place, column, number / divisor, self.formats[unit])


def write_month(path, month, definitions):
    """The month's figures, its people, its customers and what the figures mean. `month` is a queries.Month."""
    with Workbook(path) as book:
        book.sheet(
            _("Month"),
            [_("Figure"), month.name, f"{month.before:%Y-%m}", f"{month.year_before:%Y-%m}"],
            [[str(figure.label), *((figure.unit, value(figure, counts)) for counts in month.three())] for figure in FIGURES],
            widths=(30, 14, 14, 14),
            title=_("Month %(month)s") % {"month": month.name},
        )
        book.sheet(_("By state"), [_("State"), _("visits")], [[str(label), count] for _code, label, count in month.states()])
        for title, dimension in ((_("Engineers"), "engineer"), (_("Customers"), "customer")):
            figures, rows = month.every(dimension)
            book.sheet(
                title,
                [_("Number"), _("Name"), *(figure.label for figure in figures)],
                [
                    [key, label, *((figure.unit, numbers[figure.code]) for figure in figures)]
                    for key, label, numbers, _texts in rows
                ],
                widths=(12, 28),
            )
        book.sheet(
            _("What the figures mean"),
            [_("Figure"), _("Version"), _("Definition")],
            [[str(figure.label), *definitions[figure.code]] for figure in FIGURES],
            widths=(30, 10, 110),
        )


def visit_heads():
    """The headings of queries.rows_for_sheet."""
    return [
        _("Visit"), _("Record"), _("State"), _("Planned start"), _("Planned end"), _("Customer"), _("Site"), _("City"),
        _("Engineer"), _("Arrived"), _("Departed"), _("Minutes on site"),
    ]  # fmt: skip


def write_visits(path, month, rows):
    """The visits of a month, one row each, in the order of rows_for_sheet."""
    with Workbook(path) as book:
        book.sheet(month, visit_heads(), rows, widths=(15, 16, 12, 16, 16, 28, 18, 10, 12, 16, 16, 10))
