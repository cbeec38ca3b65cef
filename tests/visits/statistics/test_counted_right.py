"""The summary equals a recomputation in plain Python, after whatever people did, alone or at once."""

import threading
from collections import Counter

import pytest
from django.db import connection

from conduct.tally.models import Count, Posting
from tests.factories import visits as make
from tests.people import engineer
from tests.visits.statistics import reference
from tests.visits.statistics.at_random import Office
from visits.schedule.models import Visit
from visits.statistics.recount import recount


def summary():
    """The month's own counters; what the board plans with ("burden.…") is not part of the month."""
    found, ours = Counter(), Count.objects.filter(grain__in="dm").exclude(measure__startswith="burden.")
    for *key, value in ours.values_list(*Count.COUNTER, "value"):
        found[tuple(key)] += value
    return {key: value for key, value in found.items() if value}


def offices(count, chen, at, **facts):
    engineers = [engineer(f"person{n}", f"工程师{n}", ["南京", "上海", "武汉"][n % 3]).engineer for n in range(6)]
    sites = [make.site(make.customer(f"C-9{n}", f"客户{n}"), f"S-9{n}") for n in range(3)]
    for someone in engineers:
        make.has_read(someone.staff, at)
    return [Office(seed, dispatcher=chen, engineers=engineers, sites=sites, at=at, **facts) for seed in range(count)]


@pytest.mark.both_databases
def test_after_many_random_operations(house, chen, at, operations):
    (office,) = offices(1, chen, at)
    while office.done < operations:
        office.act()
    expected = reference.counters()
    assert summary() == expected
    Posting.objects.exclude(part="burden").delete()
    assert recount() == Visit.objects.count() and summary() == expected
    counted = {measure for *_place, measure in expected}
    every = {"first_time_fix", "repeat", "nights", "weekend", "discrepant", "delivered", "refused"}
    assert (every if operations >= 1000 else {"closed"}) <= counted


def work(office, count, errors):
    try:
        while office.done < count:
            try:
                office.act()
            except Exception as error:  # a deadlock, or two at once that nobody told who was faster
                errors.append(error)
                return
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_four_offices_at_once(house, chen, at, operations):
    errors, four = [], offices(4, chen, at, yardsticks=False)
    people = [threading.Thread(target=work, args=(office, operations // 4, errors)) for office in four]
    for thread in people:
        thread.start()
    for thread in people:
        thread.join()
    assert errors == []
    assert summary() == reference.counters() != {}
