"""What a pack tells, read from the database once: plain data for the spreadsheet, the page and the PDF."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from conduct.attendance.spreadsheet import day_cells, day_heads, figures, heads
from conduct.base.days import month_days
from conduct.people.models import Staff
from conduct.tally.queries import by_key
from visits.statistics.definitions import PEOPLE, TICKETS, VISITS
from visits.statistics.figures import value, words
from visits.statistics.queries import rows_for_sheet

from .missing import gap_words, hours_of, missing_of
from .queries import files_of, visits_of

THINGS = [figure for figure in TICKETS if figure.code in ("damaged", "replaced")]
REPAIRS = [figure for figure in TICKETS if figure not in THINGS]
MOST_ON_PAPER = 120
MOST_KEPT = 100


@dataclass
class Contents:
    """`figures` is [(figure, number or None), …]; `visits` rows of statistics.queries.rows_for_sheet; `people` of a
    department [(name, [(figure, number), …]), …]; `attendance` (heads, rows) or None where nobody clocks in; `files` what the
    backup holds, [(visit, name, stored file), …]; `missing` what the month still lacks, see missing.py."""

    title: str
    month: str
    day: str
    department: str
    person: str
    figures: list
    visits: list
    people: list = field(default_factory=list)
    attendance: tuple | None = None
    files: list = field(default_factory=list)
    missing: list = field(default_factory=list)

    def lines(self):
        """[(label, text), …] of the figures, in words."""
        return [(str(figure.label), words(figure, number)) for figure, number in self.figures]

    def summary(self):
        """What the pack's row keeps of it."""
        things = {figure.code: number for figure, number in self.figures if figure in THINGS}
        gaps = {"missing": self.missing[:MOST_KEPT], "missing_count": len(self.missing)}
        return {"visits": len(self.visits), "files": len(self.files), **things, **gaps}

    def gaps(self):
        """[(whose, what is missing in words), …]."""
        return [(gap["whose"], gap_words(gap)) for gap in self.missing]


def contents_of(pack, zone, at):
    """Reads what the pack is about and what is known of it at `at`, in the active language."""
    first, _after = month_days(pack.month)
    people = (
        [pack.staff] if pack.staff else list(Staff.objects.filter(department=pack.department, is_active=True).order_by("name"))
    )
    counts = _counts(first, people)
    department = pack.department.name if pack.department else ""
    own = _counts_of_department(first, pack.department) if not pack.staff else {}
    total = _sum([*counts.values()]) | own
    hours = hours_of(people, pack.month, at)
    return Contents(
        title=_("Monthly pack"),
        month=pack.month,
        day=pack.due_on.isoformat(),
        department=department,
        person=pack.staff.name if pack.staff else "",
        figures=_figures(total),
        visits=list(rows_for_sheet(visits_of(people, pack.month, zone), zone)),
        people=[] if pack.staff else [(person.name, _figures(counts[person.pk])) for person in people],
        attendance=_attendance(pack, people, hours, zone),
        files=files_of(pack.staff, pack.month, zone) if pack.staff else [],
        missing=missing_of(people, hours, pack.month, zone, at),
    )


def _attendance(pack, people, hours, zone):
    """The days of a person, or a row a person of a department."""
    if not hours:
        return None
    if pack.staff:
        return day_heads(), [day_cells(day, zone) for day in hours[pack.staff.pk]]
    return [_("Person"), *heads()], [[person.name, *figures(hours[person.pk])] for person in people if person.pk in hours]


def _counts(first, people):
    """{person: {measure: sum}}: what the person did as an engineer, and as who repairs, takes and reports things."""
    numbers = dict(
        Staff.objects.filter(pk__in=[row.pk for row in people], engineer__isnull=False).values_list("pk", "engineer__number")
    )
    engineers = by_key(first, "engineer", keys=list(numbers.values()))
    names = by_key(first, "person", keys=[row.username for row in people])
    return {row.pk: engineers.get(numbers.get(row.pk), {}) | names.get(row.username, {}) for row in people}


def _counts_of_department(first, department):
    """What was counted for the department itself: things may be damaged without a person's name."""
    counts = by_key(first, "department", keys=[str(department.pk)]).get(str(department.pk), {})
    return {name: number for name, number in counts.items() if name.startswith("stock.")}


def _sum(rows):
    total = {}
    for row in rows:
        for name, number in row.items():
            total[name] = total.get(name, 0) + number
    return total


def _figures(counts):
    """Visits, people and repairs as far as there is something; damaged and replaced always."""
    figures = [figure for figure in (*VISITS, *PEOPLE, *REPAIRS) if value(figure, counts) is not None]
    return [(figure, value(figure, counts)) for figure in figures] + [(figure, value(figure, counts) or 0) for figure in THINGS]
