"""An edition as a spreadsheet, one rule a row, and back. The columns are the catalogue's fields."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from conduct.base.tables import Unreadable, read_rows

from .catalogue import FIELDS, BadLine, CatalogueError, checked, plain

MAX_ROWS = 2000
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTHS = {"code": 28, "zh": 60, "en": 60, "by": 40}


def write(rules):
    """XLSX bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet, bold, wrap = book.add_worksheet("rules"), book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        sheet.freeze_panes(1, 1)
        for place, name in enumerate(FIELDS):
            sheet.set_column(place, place, WIDTHS.get(name, 12), wrap)
        sheet.write_row(0, 0, FIELDS, bold)
        for line, rule in enumerate(rules, 1):
            row = plain(rule)
            sheet.write_row(line, 0, [_cell(row.get(name, "")) for name in FIELDS])
    return out.getvalue()


def read(data):
    """[rule dict, …] from XLSX bytes. Raises CatalogueError, whose lines are the sheet's rows."""
    try:
        lines = read_rows("rules.xlsx", data, most=MAX_ROWS + 2, columns=2 * len(FIELDS))
    except Unreadable as error:
        raise CatalogueError([BadLine(1, "", _("this is no spreadsheet (XLSX)"))]) from error
    heads = lines[0] if lines else []
    if unknown := [head for head in heads if head and head not in FIELDS]:
        facts = {"name": unknown[0], "names": ", ".join(FIELDS)}
        raise CatalogueError([BadLine(1, "", _("unknown column “%(name)s”, expected %(names)s") % facts)])
    if len(lines) > MAX_ROWS + 1:
        raise CatalogueError([BadLine(MAX_ROWS + 2, "", _("an edition has at most %(max)d rules") % {"max": MAX_ROWS})])
    rows = [(number, _rule(heads, line)) for number, line in enumerate(lines[1:], 2) if any(line)]
    if not rows:
        raise CatalogueError([BadLine(1, "", _("there is no rule in it"))])
    return checked([rule for _number, rule in rows], [number for number, _rule in rows])


def _cell(value):
    return ", ".join(value) if isinstance(value, list) else str(value)


def _rule(heads, line):
    rule = {head: value for head, value in zip(heads, line, strict=False) if head and value}
    if "when" in rule:
        rule["when"] = [trait.strip() for trait in rule["when"].split(",") if trait.strip()]
    return rule
