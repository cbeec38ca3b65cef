"""A timetable as XLSX or CSV; every bad cell is named. Pure but for the words.

Columns: kind, course or exam, teaching department, room, beginning, class, software, who hands in the standard. The last three
may be empty or missing. A first row whose first cell is no kind is the heading.
"""

import datetime

from django.utils.translation import gettext as _

from conduct.base.tables import read_rows

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


def read(name, data, person_named):
    """([facts of one job, …], [what is wrong with a cell, …]). `person_named` finds a person or None. Raises Unreadable.

    `starts_at` has no zone: it is the school's own.
    """
    table = read_rows(name, data, most=MOST + 2, columns=COLUMNS)
    found, wrong = [], []
    for number, cells in enumerate(table, 1):
        cells = [*cells, *[""] * COLUMNS][:COLUMNS]
        if not any(cells) or (number == 1 and cells[0].lower() not in KINDS):
            continue
        facts, problems = _row(cells, person_named)
        wrong += [f"{column}{number}: {problem}" for column, problem in problems.items()]
        found.append(facts)
    if len(table) > MOST:
        wrong.append(_("More than %(count)d rows.") % {"count": MOST})
    return found, wrong


def _row(cells, person_named):
    kind, name, department, room, start, group, software, teacher = cells
    problems = {}
    facts = {"kind": KINDS.get(kind.lower()), "starts_at": _moment(start), "teacher": None}
    facts |= {"name": name, "department": department, "room": room, "group": group, "software": software}
    if facts["kind"] is None:
        problems["A"] = _("“%(text)s” is no kind: new course, ordinary exam, mid-term exam or final exam") % {"text": kind[:20]}
    for column, text in zip("BCD", (name, department, room), strict=True):
        if not text:
            problems[column] = _("is missing")
    if facts["starts_at"] is None:
        problems["E"] = _("“%(text)s” is no time such as 2026-12-07 08:00") % {"text": start[:20]}
    for column, text in zip("BCDFG", (name, department, room, group, software), strict=True):
        if len(text) > LONGEST[column]:
            problems[column] = _("longer than %(count)d characters") % {"count": LONGEST[column]}
    if teacher:
        facts["teacher"] = person_named(teacher)
        if facts["teacher"] is None:
            problems["H"] = _("nobody here, or more than one, is called “%(text)s”") % {"text": teacher[:20]}
    return facts, problems


def _moment(text):
    """A moment without zone, or None; a spreadsheet's own times come with seconds."""
    text = text.replace("/", "-").replace("T", " ")
    for form in ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.datetime.strptime(text, form)
        except ValueError:
            continue
    return None
