"""Visits by the hundred thousand, for measuring: straight into the tables, without files and without the actions.

They lie in the six years before the played ones. A visit has eight entries, a record, a statement with its hash, a paper
without a file and two deliveries; the month's counters are kept as well.
"""

import datetime
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from django.db import connection, transaction
from django.db.models import Max

from conduct.company.models import Company
from conduct.outbox.models import Delivery
from conduct.people.models import Engineer
from conduct.rules.models import Edition
from conduct.tally.models import Count, Posting
from visits.delivery.models import PaperDelivery
from visits.orders.models import WorkOrder
from visits.papers.models import Paper
from visits.records.models import Entry, Record
from visits.schedule.models import Visit
from visits.signoff.models import SignOff

from .rows import Maker

YEARS = 6
AT_ONCE = 2000
WRITERS = 2
TABLES = [
    (Visit, "visit"), (Visit.scope.through, "scope"), (Entry, "entry"), (Record, "record"), (SignOff, "sign_off"),
    (Paper, "paper"), (Delivery, "delivery"), (PaperDelivery, "link"), (Posting, "posting"),
]  # fmt: skip


def add_visits(*, count, seed, today, say):
    """Add `count` visits. `seed` only shifts which order a visit belongs to."""
    last = today - datetime.timedelta(days=200)
    days = [last - datetime.timedelta(days=n) for n in range(365 * YEARS)]
    days = [day for day in days if day.weekday() < 5]
    maker = Maker(seed=seed, first_ids=_next_ids(), facts=_facts(), company=Company.objects.get())
    plan, tally, done = _plan(days, count, len(maker.engineers)), Counter(), 0
    for rows in _stored(maker, iter(lambda: _make(maker, plan, tally), None)):
        done += len(rows["visit"])
        if done % 100_000 < AT_ONCE:
            say(f"{done} more visits")
    _count(tally)
    _reset_sequences()


def _stored(maker, chunks):
    """The chunks, each when it is stored. PostgreSQL checks keys at a commit, as long as the copying took: two take turns."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:  # one writer at a time; others would not see our rows
        for rows in chunks:
            _store(maker, rows)
            yield rows
        return
    with ThreadPoolExecutor(WRITERS) as writers:
        under_way = deque()
        for rows in chunks:
            under_way.append((writers.submit(_store_apart, maker, rows), rows))
            if len(under_way) > WRITERS:
                yield _finished(*under_way.popleft())
        for last in under_way:
            yield _finished(*last)


def _finished(storing, rows):
    storing.result()
    return rows


def _store_apart(maker, rows):
    try:
        _store(maker, rows)
    finally:
        connection.close()  # this thread's own


def _make(maker, plan, tally):
    """{table name: rows} of the next visits of the plan, counted in the tally; None when there are no more. Asks no database."""
    chunk = list(islice(plan, AT_ONCE))
    rows = {name: [] for _model, name in TABLES}
    for day, engineer, place in chunk:
        maker.visit(rows, tally, day, engineer, place)
    return rows if chunk else None


@transaction.atomic
def _store(maker, rows):
    for model, name in TABLES:
        _insert(model, *_whole(model, maker.columns[name], rows[name]))


def _plan(days, count, engineers):
    """(day, engineer, number of that day) of each visit, evenly over days and engineers."""
    each = -(-count // len(days))
    made = 0
    for day in days:
        for place in range(min(each, count - made)):
            yield day, place % engineers, place
            made += 1


def _next_ids():
    """{table name: first free id} of the tables whose rows others name."""
    return {
        name: (model.objects.aggregate(Max("pk"))["pk__max"] or 0) + 1
        for model, name in TABLES
        if name in ("visit", "paper", "delivery")
    }


def _facts():
    """Orders with a scope item and the people, read once."""
    orders = WorkOrder.objects.select_related("site__customer", "contact").prefetch_related("scope").order_by("pk")
    return {
        "orders": [order for order in orders if order.scope.all()],
        "engineers": list(Engineer.objects.select_related("staff").order_by("number")),
        "edition": Edition.objects.order_by("pk").first().pk,
    }


def _whole(model, columns, rows):
    """(columns, rows) with the default of every other column that may not be empty: a table may grow without asking here."""
    given = [*columns, model._meta.pk.attname]
    fields = [field for field in model._meta.local_concrete_fields if not field.null and field.attname not in given]
    rest = tuple(field.get_db_prep_save(field.get_default(), connection) for field in fields)
    return [*columns, *(field.attname for field in fields)], [(*row, *rest) for row in rows]


def _insert(model, columns, rows):
    """Rows of values in the order of `columns`: COPY on PostgreSQL, executemany on SQLite."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def _count(tally):
    """The month's counters, folded, as if the visits had been counted one by one."""
    names = Count.COUNTER
    rows = (Count(**dict(zip(names, key, strict=True)), value=value, is_fresh=False) for key, value in tally.items())
    while chunk := list(islice(rows, AT_ONCE)):
        Count.objects.bulk_create(chunk)


def _reset_sequences():
    """PostgreSQL's sequences do not see ids that came by COPY."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model, name in TABLES:
                if name in ("visit", "paper", "delivery"):
                    table = model._meta.db_table
                    cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
