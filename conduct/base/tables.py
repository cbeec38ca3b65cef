"""Spreadsheets from outside as rows of trimmed texts. Reads XLSX and CSV (UTF-8 or GB 18030); an XLSX in a child process, because a
small file can unfold to anything."""

import csv
import datetime
import io
import zipfile

from .apart import Failed, apart

HALF_A_SECOND = datetime.timedelta(milliseconds=500)


class Unreadable(Exception):
    """Neither a workbook nor a text table."""


def read_rows(name, data, *, most, columns):
    """At most `most` rows of at most `columns` cells, the first sheet's. Raises Unreadable."""
    if not name.lower().endswith(".xlsx"):
        return _text(data, most, columns)
    try:
        return apart(lambda: _workbook(data, most, columns))
    except Failed as error:
        raise Unreadable from error


def letter(place):
    """The column's letter of a place from 0 on: 0 is A, 26 is AA."""
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def _workbook(data, most, columns):
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        return [[_cell(value) for value in row] for row in sheet.iter_rows(max_row=most, max_col=columns, values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError, OSError) as error:
        raise Unreadable from error


def _cell(value):
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime.datetime):
        # A spreadsheet keeps times as parts of a day: eight o'clock may come a few milliseconds early.
        value = (value + HALF_A_SECOND).replace(microsecond=0)
    return "" if value is None else str(value).strip()


def _text(data, most, columns):
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unreadable
    if "\0" in text:
        raise Unreadable
    try:
        return [[cell.strip() for cell in row[:columns]] for row, _place in zip(csv.reader(io.StringIO(text)), range(most), strict=False)]
    except csv.Error as error:
        raise Unreadable from error
