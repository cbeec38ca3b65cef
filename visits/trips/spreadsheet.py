"""The expenses of a month as XLSX: one row an amount, a sum for each engineer. Texts that begin like a formula stay texts."""

import io
import itertools
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(month, expenses):
    """`expenses` come by engineer. Returns the file's bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "0.00"})
        sheet = book.add_worksheet(month)
        sheet.set_column(0, 5, 18)
        heads = [_("Engineer"), _("Trip"), _("Day"), _("Kind"), _("What for"), _("Receipt"), _("State"), _("Amount")]
        sheet.write_row(0, 0, heads, bold)
        row = 0
        for engineer, rows in itertools.groupby(expenses, key=lambda expense: expense.trip.engineer):
            total = Decimal(0)
            for expense in rows:
                row += 1
                _write(sheet, row, expense, money)
                total += expense.amount
            row += 1
            sheet.write_row(row, 0, [engineer.staff.name, _("Sum")], bold)
            sheet.write_number(row, len(heads) - 1, total, money)
        sheet.freeze_panes(1, 1)
    return out.getvalue()


def _write(sheet, row, expense, money):
    trip = expense.trip
    proof = _("yes") if expense.receipt_id else expense.no_receipt_reason
    texts = [trip.engineer.staff.name, trip.number, f"{expense.spent_on}", expense.get_kind_display(), expense.note, proof]
    sheet.write_row(row, 0, [*texts, trip.get_state_display()])
    sheet.write_number(row, len(texts) + 1, expense.amount, money)
