"""The month sheet as XLSX: one row a person, and one row a person and day."""

import io

import xlsxwriter
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import words
from .sheet import totals

OPTIONS = {
    "in_memory": True, "constant_memory": False, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def heads():
    return [
        _("Planned hours"), _("Worked hours"), _("Days on leave"), _("Days at customers"), _("Late"), _("Left early"),
        _("Times missing"), _("Days absent"),
    ]  # fmt: skip


def figures(days):
    """The numbers under `heads()` of one person's month."""
    sums = totals(days)
    return [
        round(sums["planned"] / 60, 2), round(sums["worked"] / 60, 2), sums["off_hundredths"] / 100, sums["outside"],
        sums["late"], sums["early"], sums["missing"], sums["absent"],
    ]  # fmt: skip


def workbook(month, rows, zone):
    """`rows` are (Staff, [sheet.Day, …]). Returns the file's bytes; cells that begin like a formula stay text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        bold = book.add_format({"bold": True})
        people, daily = book.add_worksheet(_("Month sheet")), book.add_worksheet(_("Days"))
        people.set_column(0, 1, 16)
        people.write_row(0, 0, [_("Attendance"), month], bold)
        people.write_row(1, 0, [_("Person"), _("Department"), *heads()], bold)
        daily.set_column(0, 1, 14)
        daily.set_column(7, 7, 40)
        daily.write_row(0, 0, [_("Person"), *day_heads()], bold)
        place = 0
        for row, (person, days) in enumerate(rows, 2):
            people.write_row(row, 0, [person.name, person.department.name if person.department else "", *figures(days)])
            for day in days:
                place += 1
                daily.write_row(place, 0, [person.name, *day_cells(day, zone)])
        for sheet in (people, daily):
            sheet.freeze_panes(2 if sheet is people else 1, 1)
    return out.getvalue()


def day_heads():
    return [_("Day"), _("Weekday"), _("In"), _("Out"), _("Worked hours"), _("Days on leave"), _("Note")]


def day_cells(day, zone):
    """What stands under `day_heads()` for one sheet.Day."""
    said = [words.notes(day), *(text for _code, text in words.flags(day))]
    return [
        day.day.isoformat(), date_format(day.day, "l"), words.clock(day.first_in, zone), words.clock(day.last_out, zone),
        round(day.worked / 60, 2), day.off_hundredths / 100, ", ".join(part for part in said if part),
    ]  # fmt: skip
