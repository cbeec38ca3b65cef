from conduct.base.days import month_days
from conduct.customers.models import Customer
from conduct.people.models import Engineer
from conduct.tally.queries import by_day, by_key, of_months
from visits.schedule.states import VisitState

from .figures import FIGURES, shown, states, value, visits


def month_of(month):
    """All that the month's page shows. Raises ValueError unless `month` is like "2026-11"."""
    first, after = month_days(month)
    counts = of_months([first]).get(first, {})
    found = states(counts)
    return {
        "total": visits(counts),
        "states": [(code, label, found[code]) for code, label in VisitState.choices if code in found],
        "figures": [(figure, shown(figure, counts)) for figure in FIGURES],
        "engineers": _rows(by_key(first, "engineer"), _names(Engineer, "staff__name")),
        "customers": _rows(by_key(first, "customer"), _names(Customer, "name"))[:50],
        "days": _days(by_day(first, after, ["visits", "on_time", "arrived"])),
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
        {"day": day.isoformat(), "visits": counts.get("visits", 0), "on_time": value(FIGURES[0], counts)}
        for day, counts in sorted(by_day.items())
    ]
