"""A spreadsheet of travel times as pairs of cities and minutes; every bad cell is named. Reads XLSX and CSV."""

import re

from django.utils.translation import gettext as _

from conduct.base.tables import read_rows

MOST = 5000  # rows
LONGEST = 7 * 24 * 60
CLOCK = re.compile(r"(\d{1,3})[:：](\d{2})")


def read(name, data):
    """([(origin, destination, minutes), …], [what is wrong with a cell, …]). Raises Unreadable.

    Three columns: from, to, and minutes or hours:minutes. A first row without a number is the heading.
    """
    rows = read_rows(name, data, most=MOST + 2, columns=3)
    if rows and not _minutes(rows[0][2] if len(rows[0]) > 2 else ""):
        rows, first = rows[1:], 2
    else:
        first = 1
    found, wrong = {}, []
    for number, row in enumerate(rows, first):
        if any(row):
            _take(number, row, found, wrong)
    if len(rows) > MOST:
        wrong.append(_("More than %(count)d rows.") % {"count": MOST})
    return [(*pair, minutes) for pair, minutes in found.items()], wrong


def _take(number, row, found, wrong):
    origin, destination, text = (row + ["", "", ""])[:3]
    minutes = _minutes(text)
    problems = {
        "A": not origin and _("a city is missing") or len(origin) > 40 and _("longer than 40 characters"),
        "B": not destination and _("a city is missing") or len(destination) > 40 and _("longer than 40 characters"),
        "C": not minutes and _("“%(text)s” is no time in minutes, such as 90 or 1:30") % {"text": text[:20]},
    }
    if origin and origin == destination:
        problems["B"] = _("the same city as in A")
    if (origin, destination) in found and found[origin, destination] != minutes:
        problems["C"] = _("another time for the same two cities stands above")
    problems = {column: problem for column, problem in problems.items() if problem}
    wrong += [f"{column}{number}: {problem}" for column, problem in problems.items()]
    if not problems:
        found[origin, destination] = minutes


def _minutes(text):
    """Minutes of "90" or "1:30"; None for anything else and for nothing."""
    clock = CLOCK.fullmatch(text)
    minutes = int(clock[1]) * 60 + int(clock[2]) if clock else int(text) if text.isascii() and text.isdigit() else 0
    return minutes if 0 < minutes <= LONGEST else None
