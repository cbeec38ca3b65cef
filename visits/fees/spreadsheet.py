"""The list of a month as XLSX: one row a fee. Texts that begin like a formula stay texts."""

import io

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(month, groups):
    """`groups` as by_engineer makes them. Returns the file's bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "0.00"})
        sheet = book.add_worksheet(month)
        sheet.set_column(0, 4, 18)
        heads = [
            _("Engineer"),
            _("Visit"),
            _("Visit on"),
            _("Customer"),
            _("Kind"),
            _("Agreed fee"),
            _("Cut in percent"),
            _("Violation"),
            _("Amount"),
        ]
        sheet.write_row(0, 0, heads, bold)
        row = 0
        for engineer, lines, total in groups:
            for line in lines:
                row += 1
                _write(sheet, row, line, money)
            row += 1
            sheet.write_row(row, 0, [engineer.staff.name, _("Sum")], bold)
            sheet.write_number(row, 8, total, money)
        sheet.freeze_panes(1, 1)
    return out.getvalue()


def _write(sheet, row, line, money):
    visit = line.visit
    kind = _("correction") if line.is_correction else _("fee")
    when = f"{timezone.localtime(visit.planned_start):%Y-%m-%d}"
    sheet.write_row(row, 0, [line.engineer.staff.name, visit.number, when, visit.order.customer.name, kind])
    if line.fee is not None:
        sheet.write_number(row, 5, line.fee, money)
    sheet.write_number(row, 6, line.percent)
    sheet.write_string(row, 7, line.violation.number if line.violation else "")
    sheet.write_number(row, 8, line.amount, money)
