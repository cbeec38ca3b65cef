from collections import Counter

from django.db import connection, transaction
from django.db.models import F

from conduct.base.days import month_days

from .grains import CLOSED, counters
from .models import Count, Posting
from .queries import sums

ADVISORY_LOCK = 7_241_124
AT_ONCE = 5_000


def count(*, measures, day, sign=1, **dimensions):
    """Add {measure: value} in the caller's transaction; `sign` -1 takes it back. `day` is a date in the site's zone.

    The dimensions are those of grains.DIMENSIONS, such as engineer="E-001". Rows are only inserted: nobody waits for
    anybody. Raises ValueError for a dimension that is not known.
    """
    _insert(Counter({tuple(key): value for *key, value in counters(day, measures, dimensions, sign)}))


@transaction.atomic
def post(*, kind, number, day, measures, part="", **dimensions):
    """Say what a thing contributes from now on, all of it: {measure: whole number}. What it contributed before is taken back.

    The same facts again change nothing; no measures at all take everything back. Raises ValueError like `count`.
    """
    measures = {name: value for name, value in measures.items() if value}
    dimensions = {name: str(key) for name, key in dimensions.items() if key}
    after = counters(day, measures, dimensions)
    row = held(kind=kind, numbers=[number], part=part).get(number)
    if row is None:
        if not measures:
            return
        row, new = Posting.objects.get_or_create(kind=kind, number=number, part=part, defaults={"day": day})
        if not new:
            row = held(kind=kind, numbers=[number], part=part)[number]
    if (row.day, row.measures, row.dimensions) == (day, measures, dimensions):
        return
    change = Counter({tuple(key): -value for *key, value in counters(row.day, row.measures, row.dimensions)})
    for *key, value in after:
        change[tuple(key)] += value
    row.day, row.measures, row.dimensions = day, measures, dimensions
    row.save(update_fields=["day", "measures", "dimensions"])
    _insert(change)


def held(*, kind, numbers, part=""):
    """{number: posting} of these things, locked until the caller's transaction ends, always in the same order."""
    rows = Posting.objects.filter(kind=kind, number__in=numbers, part=part).select_for_update(no_key=True).order_by("number")
    return {row.number: row for row in rows}


@transaction.atomic
def fold():
    """Fold fresh rows into one row a counter. Returns how many were folded. One at a time; readers see the same sums."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
    fresh = list(Count.objects.filter(is_fresh=True).order_by("id").values_list("id", *Count.COUNTER, "value")[:AT_ONCE])
    change = Counter()
    for _id, *key, value in fresh:
        change[tuple(key)] += value
    known = _folded(change)
    for key, row in known.items():
        row.value = F("value") + change.pop(key)
    Count.objects.bulk_update(known.values(), ["value"], batch_size=200)
    Count.objects.bulk_create([_row(key, value, is_fresh=False) for key, value in change.items()], batch_size=2000)
    Count.objects.filter(id__in=[row[0] for row in fresh]).delete()
    return len(fresh)


@transaction.atomic
def freeze(*, month):
    """Keep the counters of "2026-11" as they stand now, beside the living ones. What is counted later is the difference."""
    first, after = month_days(month)
    for grain, closed in CLOSED.items():
        rows = sums(grain, first, after)
        Count.objects.bulk_create([_row((closed, *key), value, is_fresh=False) for key, value in rows], batch_size=2000)


@transaction.atomic
def rebuild(*, besides):
    """Make all living sums anew from what things contribute, and from {counter: value} that no posting holds."""
    sums = Counter(besides)
    for row in Posting.objects.iterator(chunk_size=2000):
        for *key, value in counters(row.day, row.measures, row.dimensions):
            sums[tuple(key)] += value
    Count.objects.filter(grain__in=CLOSED).delete()
    Count.objects.bulk_create([_row(key, value, is_fresh=False) for key, value in sums.items() if value], batch_size=2000)


def _insert(change):
    rows = [_row(key, value, is_fresh=True) for key, value in change.items() if value]
    Count.objects.bulk_create(rows, batch_size=2000)


def _row(key, value, *, is_fresh):
    return Count(**dict(zip(Count.COUNTER, key, strict=True)), value=value, is_fresh=is_fresh)


def _folded(keys):
    """{counter: its folded row} of those among `keys` that have one."""
    _grains, firsts, dimensions, texts, measures = zip(*keys, strict=True) if keys else ((),) * 5
    rows = Count.objects.filter(is_fresh=False, first__in=set(firsts), dimension__in=set(dimensions))
    rows = rows.filter(key__in=set(texts), measure__in=set(measures))
    found = {tuple(getattr(row, name) for name in Count.COUNTER): row for row in rows}
    return {key: row for key, row in found.items() if key in keys}
