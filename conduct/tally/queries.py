from django.db.models import Sum

from .grains import CLOSED, DAY, MONTH
from .models import Count, Posting


def totals(first, after):
    """{measure: sum} of the days [first, after)."""
    rows = Count.objects.filter(grain=DAY, dimension="", first__gte=first, first__lt=after)
    return dict(rows.values_list("measure").annotate(Sum("value")).order_by())


def by_day(first, after, measures, *, closed=False):
    """{day: {measure: sum}} of the days [first, after)."""
    rows = Count.objects.filter(grain=_grain(DAY, closed), dimension="", first__gte=first, first__lt=after, measure__in=measures)
    return _nested(rows.values_list("first", "measure").annotate(Sum("value")).order_by("first"))


def of_months(firsts, *, closed=False):
    """{first day: {measure: sum}} of these months, all measures."""
    rows = Count.objects.filter(grain=_grain(MONTH, closed), dimension="", first__in=firsts)
    return _nested(rows.values_list("first", "measure").annotate(Sum("value")).order_by())


def over_months(first, after, measures, *, dimension="", key=""):
    """{first day: {measure: sum}} of the months in [first, after), oldest first, over all or for one key of a dimension."""
    rows = Count.objects.filter(grain=MONTH, dimension=dimension, first__gte=first, first__lt=after, measure__in=measures)
    if dimension:
        rows = rows.filter(key=key)
    return _nested(rows.values_list("first", "measure").annotate(Sum("value")).order_by("first"))


def by_key(first, dimension, *, measures=None, keys=None, closed=False):
    """{key: {measure: sum}} of the month that begins on `first`, by one dimension; of `measures` and `keys` only, if given."""
    rows = Count.objects.filter(grain=_grain(MONTH, closed), dimension=dimension, first=first)
    if measures is not None:
        rows = rows.filter(measure__in=measures)
    if keys is not None:
        rows = rows.filter(key__in=keys)
    return _nested(rows.values_list("key", "measure").annotate(Sum("value")).order_by())


def largest(first, dimension, measure, *, closed=False, limit):
    """The keys with the most of `measure` in the month that begins on `first`, at most `limit` of them."""
    rows = Count.objects.filter(grain=_grain(MONTH, closed), dimension=dimension, first=first, measure=measure)
    rows = rows.values("key").annotate(total=Sum("value")).filter(total__gt=0).order_by("-total", "key")
    return [row["key"] for row in rows[:limit]]


def sums(grain, first, after):
    """[((first, dimension, key, measure), sum), …] of everything in [first, after)."""
    rows = Count.objects.filter(grain=grain, first__gte=first, first__lt=after)
    found = rows.values_list("first", "dimension", "key", "measure").annotate(Sum("value")).order_by()
    return [(tuple(key), value) for *key, value in found if value]


def postings_with(measure, first, after):
    """The things that contribute to `measure` on the days [first, after)."""
    return Posting.objects.filter(day__gte=first, day__lt=after, measures__has_key=measure)


def _grain(grain, closed):
    return CLOSED[grain] if closed else grain


def _nested(rows):
    found = {}
    for key, measure, value in rows:
        found.setdefault(key, {})[measure] = value
    return found
