from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from conduct.base.days import month_days
from conduct.customers.models import Customer
from conduct.people.models import Engineer, Staff
from conduct.tally.queries import by_day, by_key, largest, of_months, over_months, postings_with
from visits.schedule.states import VisitState
from visits.yardsticks.queries import in_force

from .definitions import FIGURES, PEOPLE, TICKETS, VISITS, measures_of
from .figures import change, shown, states, value, words
from .models import MonthClosing
from .months import last, name, shifted

FIVE_YEARS, YEAR = 60, 12
MOST = 50
CUSTOMER_FIGURES = [figure for figure in VISITS if figure.code in (
    "visits", "on_time", "first_time_fix", "duration", "sign_off", "evaluation", "discrepancies")]  # fmt: skip


def closing_of(month):
    return MonthClosing.objects.filter(month=month).select_related("by").first()


class Month:
    """One month with its neighbours: this month's counters, as closed if it is closed, the living ones beside them, and
    those of the month and of the year before. Raises ValueError unless `month` is like "2026-11"."""

    def __init__(self, month):
        self.name = month
        self.first, self.after = month_days(month)
        self.before, self.year_before = shifted(self.first, -1), shifted(self.first, -12)
        self.closing = closing_of(month)
        living = of_months([self.first, self.before, self.year_before])
        self.living = living.get(self.first, {})
        self.counts = of_months([self.first], closed=True).get(self.first, {}) if self.closing else self.living
        self.counts_before, self.counts_year_before = living.get(self.before, {}), living.get(self.year_before, {})

    def card(self, figure):
        """A figure with what it is compared with and, in a closed month, what it would be by now."""
        number = value(figure, self.counts)
        now = value(figure, self.living)
        late = self.closing and words(figure, now) != words(figure, number)
        return {
            "figure": figure,
            "text": words(figure, number),
            "empty": number is None,
            "before": change(figure, number, value(figure, self.counts_before)),
            "year_before": change(figure, number, value(figure, self.counts_year_before)),
            "since": words(figure, now) if late else "",
        }

    def cards(self, figures):
        return [self.card(figure) for figure in figures]

    def three(self):
        """The counters of this month, of the month before and of the year before."""
        return self.counts, self.counts_before, self.counts_year_before

    def states(self):
        found = states(self.counts)
        return [(code, label, found[code]) for code, label in VisitState.choices if code in found]

    def days(self):
        """[{"day", "visits", "on_time"}, …]; on_time is None on a day without arrivals."""
        found = by_day(self.first, self.after, ["visits", "on_time", "arrived"], closed=bool(self.closing))
        on_time = next(figure for figure in VISITS if figure.code == "on_time")
        return [
            {"day": day, "visits": counts.get("visits", 0), "on_time": value(on_time, counts), "text": shown(on_time, counts)}
            for day, counts in sorted(found.items())
        ]

    def by(self, dimension, figures, *, keys=None):
        """{key: {measure: sum}} by a dimension, of what these figures need."""
        return by_key(self.first, dimension, measures=measures_of(figures), keys=keys, closed=bool(self.closing))

    def engineers(self):
        """[(number, name, {code: number}, [text, …]), …] of everybody who had a visit, busiest first."""
        figures = [*VISITS[:1], *PEOPLE]
        names = dict(Engineer.objects.values_list("number", "staff__name"))
        return _rows(self.by("engineer", figures), figures, names)

    def customers(self):
        """(rows as in `engineers`, how many customers were left out)."""
        keys = largest(self.first, "customer", "visits", closed=bool(self.closing), limit=None)
        names = dict(Customer.objects.filter(number__in=keys[:MOST]).values_list("number", "name"))
        rows = _rows(self.by("customer", CUSTOMER_FIGURES, keys=keys[:MOST]), CUSTOMER_FIGURES, names)
        return rows, len(keys) - len(rows)

    def every(self, dimension):
        """Rows of everybody and all figures of visits, for the spreadsheet."""
        model, field = (Engineer, "staff__name") if dimension == "engineer" else (Customer, "name")
        figures = [*VISITS, *(PEOPLE if dimension == "engineer" else ())]
        return figures, _rows(self.by(dimension, figures), figures, dict(model.objects.values_list("number", field)))

    def technicians(self):
        names = dict(Staff.objects.values_list("username", "name"))
        return _rows(self.by("person", TICKETS), TICKETS, names)

    def quadrants(self, labels):
        """Rows for each of `labels`, {code: words}, in their order, those without tickets too."""
        found = self.by("quadrant", TICKETS)
        return [_row(code, label, found.get(code, {}), TICKETS) for code, label in labels.items()]


def _rows(found, figures, names):
    rows = [_row(key, names.get(key, key), counts, figures) for key, counts in found.items()]
    rows = [row for row in rows if row[2][figures[0].code]]
    return sorted(rows, key=lambda row: (-row[2][figures[0].code], row[1]))


def _row(key, label, counts, figures):
    numbers = {figure.code: value(figure, counts) for figure in figures}
    return key, label, numbers, [words(figure, numbers[figure.code]) for figure in figures]


def trend_of(figures, first, *, months=FIVE_YEARS):
    """[(first day, {code: number or None}), …] of the months up to `first`, oldest first.

    A company that has counted for less than `months` begins with its first month, but never shows less than a year.
    """
    days = last(first, months)
    found = over_months(days[0], shifted(first, 1), measures_of(figures))
    days = days[min([days.index(day) for day in found] + [months - YEAR]) :]
    return [(day, {figure.code: value(figure, found.get(day, {})) for figure in figures}) for day in days]


def years_of(figure, trend):
    """[(year, [(month name, text or ""), … twelve]), …] of a trend, newest year first: the table beside its chart."""
    found = {day: words(figure, numbers[figure.code]) for day, numbers in trend if numbers[figure.code] is not None}
    years = sorted({day.year for day, _numbers in trend}, reverse=True)
    return [
        (
            year,
            [(name(day), found.get(day, "")) for day in (shifted(trend[0][0].replace(year=year, month=1), n) for n in range(12))],
        )
        for year in years
    ]


def names_of_people():
    """{engineer's number or user name: name}."""
    rows = Staff.objects.values_list("username", "engineer__number", "name")
    return {key: name for username, number, name in rows for key in (username, number) if key}


def rows_for_sheet(visits, zone):
    """Plain rows of these visits for write_visits, times in `zone`; read in pieces, never all at once."""
    words = {code: str(label) for code, label in VisitState.choices}
    zone = ZoneInfo(zone)
    columns = (
        "number", "record_number", "state", "planned_start", "planned_end", "order__customer__name", "order__site__name",
        "order__site__city", "engineer__staff__name", "record__arrived_at", "record__departed_at", "record__minutes_on_site",
    )  # fmt: skip
    for row in visits.order_by("planned_start", "pk").values_list(*columns).iterator(chunk_size=2000):
        times = [moment and moment.astimezone(zone) for moment in (row[3], row[4], row[9], row[10])]
        yield (*row[:2], words[row[2]], *times[:2], *row[5:9], *times[2:], row[11])


def rows_behind(figure, month, query):
    """The things behind a figure, narrowed by engineer, customer, person or quadrant."""
    rows = postings_with(figure.of or figure.what, month.first, month.after)
    for dimension in ("engineer", "customer", "person", "quadrant"):
        if key := query.get(dimension):
            rows = rows.filter(**{f"dimensions__{dimension}": key})
    return rows


def definitions_of(month, at):
    """{code: (version, words)}: as they were when the month was closed, or as they hold at `at`."""
    kept, yardstick = month.closing.definitions if month.closing else {}, None if month.closing else in_force(at)
    found = {}
    for figure in FIGURES:
        row = kept.get(figure.code)
        if row:
            found[figure.code] = (row["version"], row.get(get_language(), row["zh-hans"]))
        else:
            yardstick = yardstick or in_force(at)
            found[figure.code] = (figure.version, figure.definition(yardstick))
    return found
