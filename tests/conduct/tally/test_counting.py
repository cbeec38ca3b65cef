"""Counting, posting, folding and freezing: the sums are right at any moment, whoever counts beside."""

import datetime
import random
import threading
from collections import Counter

import pytest
from django.db import connection

from conduct.tally import actions
from conduct.tally.grains import counters
from conduct.tally.models import Count, Posting
from conduct.tally.queries import by_day, by_key, largest, of_months, over_months, postings_with, totals

DAY = datetime.date(2026, 11, 24)
NOVEMBER, DECEMBER = datetime.date(2026, 11, 1), datetime.date(2026, 12, 1)


def november(**options):
    found = of_months([NOVEMBER], **options).get(NOVEMBER, {})
    return {name: value for name, value in found.items() if value}


def post(number, measures, day=DAY, **dimensions):
    actions.post(kind="ticket", number=number, day=day, measures=measures, **dimensions)


def test_a_measure_counts_on_its_day_in_its_month_and_for_each_dimension():
    assert counters(DAY, {"closed": 2, "nothing": 0}, {"engineer": "E-001", "customer": ""}) == [
        ("d", DAY, "", "", "closed", 2),
        ("m", NOVEMBER, "", "", "closed", 2),
        ("m", NOVEMBER, "engineer", "E-001", "closed", 2),
    ]


@pytest.mark.parametrize(("measures", "dimensions"), [({"closed": 1}, {"engeneer": "E-001"}), ({"x" * 31: 1}, {})])
def test_a_name_that_nobody_reads_is_refused(db, measures, dimensions):
    with pytest.raises(ValueError):
        actions.count(measures=measures, day=DAY, **dimensions)


@pytest.mark.both_databases
def test_what_a_ticket_adds_follows_the_ticket(db):
    post("RT-1", {"ticket.reported": 1}, quadrant="a")
    post("RT-1", {"ticket.reported": 1, "ticket.answer_minutes": 30}, quadrant="b")
    post("RT-2", {"ticket.reported": 1}, quadrant="b")

    assert november() == {"ticket.reported": 2, "ticket.answer_minutes": 30}
    assert by_key(NOVEMBER, "quadrant", measures=["ticket.reported"]) == {
        "a": {"ticket.reported": 0},
        "b": {"ticket.reported": 2},
    }
    assert largest(NOVEMBER, "quadrant", "ticket.reported", limit=5) == ["b"]


def test_the_same_facts_twice_change_nothing(db):
    post("RT-1", {"ticket.reported": 1}, quadrant="a")
    rows = Count.objects.count()
    post("RT-1", {"ticket.reported": 1, "ticket.repeat": 0}, quadrant="a")
    assert Count.objects.count() == rows


def test_a_thing_may_move_to_another_day_and_out_of_the_month(db):
    post("RT-1", {"ticket.reported": 1})
    post("RT-1", {"ticket.reported": 1}, day=DECEMBER)
    assert november() == {} and totals(DECEMBER, datetime.date(2027, 1, 1)) == {"ticket.reported": 1}

    post("RT-1", {}, day=DECEMBER)
    assert set(totals(DECEMBER, datetime.date(2027, 1, 1)).values()) == {0}


@pytest.mark.both_databases
def test_the_rows_behind_a_measure(db):
    post("RT-1", {"ticket.reported": 1})
    post("RT-2", {"ticket.reported": 1, "ticket.repeat": 1})
    post("RT-3", {"ticket.repeat": 1}, day=DECEMBER)
    assert [row.number for row in postings_with("ticket.repeat", NOVEMBER, DECEMBER)] == ["RT-2"]


@pytest.mark.both_databases
def test_folding_changes_no_sum(db):
    for number in range(6):
        post(f"RT-{number}", {"ticket.reported": 1}, quadrant="ab"[number % 2])
    actions.fold()
    post("RT-0", {})
    post("RT-9", {"ticket.reported": 1}, quadrant="b")
    before = (november(), by_key(NOVEMBER, "quadrant"), by_day(NOVEMBER, DECEMBER, ["ticket.reported"]))

    assert actions.fold() > 0 and actions.fold() == 0

    assert before == (november(), by_key(NOVEMBER, "quadrant"), by_day(NOVEMBER, DECEMBER, ["ticket.reported"]))
    assert before[0] == {"ticket.reported": 6} and not Count.objects.filter(is_fresh=True).exists()
    assert over_months(NOVEMBER, DECEMBER, ["ticket.reported"], dimension="quadrant", key="b") == {
        NOVEMBER: {"ticket.reported": 4}
    }


def test_a_frozen_month_stays_while_the_living_one_goes_on(db):
    post("RT-1", {"ticket.reported": 1}, quadrant="a")
    actions.freeze(month="2026-11")
    post("RT-2", {"ticket.reported": 1}, quadrant="a")

    assert november(closed=True) == {"ticket.reported": 1} and november() == {"ticket.reported": 2}
    assert by_key(NOVEMBER, "quadrant", closed=True) == {"a": {"ticket.reported": 1}}
    assert by_day(NOVEMBER, DECEMBER, ["ticket.reported"], closed=True) == {DAY: {"ticket.reported": 1}}


def summed():
    """What all postings add up to, in plain Python."""
    expected = Counter()
    for row in Posting.objects.all():
        for *key, value in counters(row.day, row.measures, row.dimensions):
            expected[tuple(key)] += value
    return {key: value for key, value in expected.items() if value}


def counted():
    found = Counter()
    for *key, value in Count.objects.filter(grain__in="dm").values_list(*Count.COUNTER, "value"):
        found[tuple(key)] += value
    return {key: value for key, value in found.items() if value}


def post_at_random(seed, rounds):
    rng = random.Random(seed)
    try:
        for _round in range(rounds):
            day = DAY + datetime.timedelta(days=rng.randint(-40, 40))
            measures = {
                name: rng.randint(0, 3) for name in rng.sample(["ticket.reported", "ticket.repeat", "ticket.work_minutes"], 2)
            }
            post(f"RT-{rng.randint(1, 12)}", measures, day=day, quadrant=rng.choice("abcd"), person=rng.choice(["wang", "zhao"]))
            if rng.random() < 0.1:
                actions.fold()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_four_people_and_the_folding_at_once(operations):
    people = [threading.Thread(target=post_at_random, args=(seed, operations // 4)) for seed in range(4)]
    for thread in people:
        thread.start()
    for thread in people:
        thread.join()
    assert counted() == summed() != {}
