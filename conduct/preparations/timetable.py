"""A timetable as XLSX or CSV; every bad cell is named. Pure but for the words.

Columns: kind, course or exam, teaching department, room, beginning, class, software, who hands in the standard. The last three
may be empty or missing. A first row whose first cell is no kind is the heading.
"""

import csv
import datetime
import io
import zipfile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .states import JobKind

MOST = 1000  # rows
COLUMNS = 8
LONGEST = {"B": 100, "C": 60, "D": 60, "F": 60, "G": 300}
KINDS = {
    "course": JobKind.COURSE, "new course": JobKind.COURSE, "新课程": JobKind.COURSE, "新课": JobKind.COURSE, "课程": JobKind.COURSE,
    "exam": JobKind.EXAM, "ordinary exam": JobKind.EXAM, "考试": JobKind.EXAM, "平时考试": JobKind.EXAM, "一般考试": JobKind.EXAM,
    "midterm": JobKind.MIDTERM, "mid-term exam": JobKind.MIDTERM, "mid-term": JobKind.MIDTERM, "期中": JobKind.MIDTERM,
    "期中考试": JobKind.MIDTERM, "final": JobKind.FINAL, "final exam": JobKind.FINAL, "期末": JobKind.FINAL, "期末考试": JobKind.FINAL,
}  # fmt: skip


class Unreadable(Exception):
    """Neither a workbook nor a text table."""


def read(name, data, person_named):
    """([facts of one job, …], [what is wrong with a cell, …]). `person_named` finds a person or None. Raises Unreadable.

    `starts_at` has no zone: it is the school's own.
    """
    table = _workbook(data) if name.lower().endswith(".xlsx") else _text(data)
    found, wrong = [], []
    for number, cells in enumerate(table, 1):
        cells = [*cells, *[""] * COLUMNS][:COLUMNS]
        if not any(cells) or (number == 1 and str(cells[0]).lower() not in KINDS):
            continue
        facts, problems = _row(cells, person_named)
        wrong += [f"{column}{number}: {problem}" for column, problem in problems.items()]
        found.append(facts)
    if len(table) > MOST:
        wrong.append(_("More than %(count)d rows.") % {"count": MOST})
    return found, wrong


def _row(cells, person_named):
    start = cells[4]
    kind, name, department, room, _start, group, software, teacher = (str(cell) for cell in cells)
    problems = {}
    facts = {"kind": KINDS.get(kind.lower()), "starts_at": _moment(start), "teacher": None}
    facts |= {"name": name, "department": department, "room": room, "group": group, "software": software}
    if facts["kind"] is None:
        problems["A"] = _("“%(text)s” is no kind: new course, ordinary exam, mid-term exam or final exam") % {"text": kind[:20]}
    for column, text in zip("BCD", (name, department, room), strict=True):
        if not text:
            problems[column] = _("is missing")
    if facts["starts_at"] is None:
        problems["E"] = _("“%(text)s” is no time such as 2026-12-07 08:00") % {"text": str(start)[:20]}
    for column, text in zip("BCDFG", (name, department, room, group, software), strict=True):
        if len(text) > LONGEST[column]:
            problems[column] = _("longer than %(count)d characters") % {"count": LONGEST[column]}
    if teacher:
        facts["teacher"] = person_named(teacher)
        if facts["teacher"] is None:
            problems["H"] = _("nobody here, or more than one, is called “%(text)s”") % {"text": teacher[:20]}
    return facts, problems


def _moment(value):
    """A moment without zone, or None. Spreadsheets hold times as such; texts are read in two ways of writing."""
    if isinstance(value, datetime.datetime):
        return value.replace(second=0, microsecond=0, tzinfo=None)
    text = str(value).strip().replace("/", "-").replace("T", " ")
    for form in ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def _workbook(data):
    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        rows = sheet.iter_rows(max_row=MOST + 2, max_col=COLUMNS, values_only=True)
        return [[_cell(value) for value in row] for row in rows]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError, OSError) as error:
        raise Unreadable from error


def _cell(value):
    if isinstance(value, datetime.datetime):
        return value
    return "" if value is None else str(value).strip()


def _text(data):
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
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text))][: MOST + 2]
