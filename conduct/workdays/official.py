"""Official calendars: what the package `chinesecalendar` knows, and lines that a person pastes when a new notice is out."""

import csv
import datetime
from dataclasses import dataclass

from chinese_calendar import constants

PACKAGE = "chinesecalendar"
# Deadlines before this year are nobody's business any more.
SINCE = 2020
FIRST_AND_LAST = ("New Year's Day", "National Day")
KINDS = {
    "holiday": "holiday", "off": "holiday", "休": "holiday", "放假": "holiday", "假": "holiday", "节假日": "holiday",
    "makeup": "makeup", "make-up": "makeup", "work": "makeup", "班": "makeup", "调休": "makeup", "上班": "makeup", "补班": "makeup",
}  # fmt: skip


@dataclass(frozen=True)
class Day:
    """`kind` is "holiday" or "makeup"."""

    day: datetime.date
    kind: str
    name: str


def package_years(since=0):
    """The years from `since` on that the package knows from New Year to the National Day; half a year is none."""
    names = {}
    for day, name in constants.holidays.items():
        names.setdefault(day.year, set()).add(name)
    return sorted(year for year, found in names.items() if year >= since and found.issuperset(FIRST_AND_LAST))


def package_days(year):
    """The package's days of `year` in order. Raises LookupError for a year that it does not know."""
    if year not in package_years():
        raise LookupError(year)
    kinds = (("holiday", constants.holidays), ("makeup", constants.workdays))
    days = [Day(day, kind, name) for kind, table in kinds for day, name in table.items() if day.year == year]
    return sorted(days, key=lambda day: day.day)


def read_lines(text, year):
    """(days, errors) of lines such as "2027-01-01, holiday, 元旦". An error is (line, code, what stood there).

    Codes: "day" no date, "year" a day of another year, "kind", "twice" a day again, "columns".
    """
    days, errors, seen = [], [], {}
    for line, cells in enumerate(csv.reader(text.replace("，", ",").replace("\t", ",").splitlines()), 1):
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            continue
        code, what = _fault(cells, year, seen)
        if code:
            errors.append((line, code, what))
            continue
        day = _date(cells[0])
        seen[day] = line
        days.append(Day(day, KINDS[cells[1].lower()], cells[2] if len(cells) > 2 else ""))
    return sorted(days, key=lambda found: found.day), errors


def _fault(cells, year, seen):
    if len(cells) not in (2, 3):
        return "columns", ", ".join(cells)
    day = _date(cells[0])
    if day is None:
        return "day", cells[0]
    if day.year != year:
        return "year", cells[0]
    if cells[1].lower() not in KINDS:
        return "kind", cells[1]
    return ("twice", cells[0]) if day in seen else ("", "")


def _date(text):
    try:
        return datetime.date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return None
