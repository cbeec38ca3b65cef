from django.db.models import Sum

from .models import Count


def totals(first, after, *, by=None):
    """{measure: sum} of the days [first, after), or {key: {measure: sum}} for `by` "engineer", "customer" or "day"."""
    rows = Count.objects.filter(day__gte=first, day__lt=after)
    if by is None:
        return dict(rows.values_list("measure").annotate(Sum("value")).order_by())
    found = {}
    for key, measure, value in rows.values_list(by, "measure").annotate(Sum("value")).order_by(by):
        found.setdefault(key, {})[measure] = value
    return found
