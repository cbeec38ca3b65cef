from conduct.base.days import month_days
from conduct.customers.models import Customer
from conduct.people.models import Engineer
from conduct.tally.queries import totals
from visits.schedule.states import VisitState

from .figures import FIGURES, shown, states, value, visits


def month_of(month):
    """All that the month's page shows. Raises ValueError unless `month` is like "2026-11"."""
    first, after = month_days(month)
    counts = totals(first, after)
    found = states(counts)
    return {
        "total": visits(counts),
        "states": [(code, label, found[code]) for code, label in VisitState.choices if code in found],
        "figures": [(figure, shown(figure, counts)) for figure in FIGURES],
        "engineers": _rows(totals(first, after, by="engineer"), _names(Engineer, "staff__name")),
        "customers": _rows(totals(first, after, by="customer"), _names(Customer, "name"))[:50],
        "days": _days(totals(first, after, by="day")),
    }


def _names(model, field):
    return dict(model.objects.values_list("number", field))


def _rows(by_key, names):
    """[(number, name, visits, [figure text, …]), …], busiest first."""
    rows = [
        (key, names.get(key, key), visits(counts), [shown(figure, counts) for figure in FIGURES])
        for key, counts in by_key.items()
    ]
    return sorted((row for row in rows if row[2]), key=lambda row: (-row[2], row[1]))


def _days(by_day):
    return [
        {"day": day.isoformat(), "visits": visits(counts), "on_time": value(FIGURES[0], counts)}
        for day, counts in sorted(by_day.items())
    ]
