"""Nobody is booked twice, on both databases, whatever happens at the same moment."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from conduct.base.errors import DomainError, ForbiddenMove
from tests.factories import visits
from visits.schedule import actions
from visits.schedule.booking import AlreadyBooked
from visits.schedule.models import Visit

HOUR = datetime.timedelta(hours=1)
pytestmark = pytest.mark.both_databases


def test_the_second_is_told_who_was_faster(house, chen, wang, at, proposed):
    other = visits.planned(chen, at, wang.engineer, start=proposed.planned_start + HOUR, work=proposed.order)

    with pytest.raises(AlreadyBooked) as refusal:
        actions.propose(visit=other, by=chen, at=at)

    assert proposed.number in str(refusal.value) and "陈静" in str(refusal.value)
    assert refusal.value.field == "planned_start"


def test_visits_may_touch(house, chen, wang, at, proposed):
    next_one = visits.planned(chen, at, wang.engineer, start=proposed.planned_end, work=proposed.order)

    actions.propose(visit=next_one, by=chen, at=at)

    assert next_one.state == "proposed"


def test_a_countered_time_is_free_until_it_is_agreed(house, chen, wang, at, proposed):
    wished = proposed.planned_start + 5 * HOUR
    actions.counter(visit=proposed, counter_start=wished, counter_end=wished + HOUR, by=wang, at=at)
    other = visits.planned(chen, at, wang.engineer, start=wished, work=proposed.order)
    actions.propose(visit=other, by=chen, at=at)

    with pytest.raises(AlreadyBooked):
        actions.accept_counter(visit=proposed, by=chen, at=at)
    proposed.refresh_from_db()
    assert proposed.state == "countered"


def test_two_who_agree_to_the_same_wish_agree_once(house, chen, wang, at, proposed):
    wished = proposed.planned_start + 5 * HOUR
    actions.counter(visit=proposed, counter_start=wished, counter_end=wished + HOUR, by=wang, at=at)
    stale = Visit.objects.get(pk=proposed.pk)
    actions.accept_counter(visit=proposed, by=chen, at=at)

    with pytest.raises(ForbiddenMove, match="抢先"):
        actions.accept_counter(visit=stale, by=chen, at=at)
    with pytest.raises(ForbiddenMove, match="抢先"):
        actions.repropose(visit=stale, planned_start=wished + HOUR, planned_end=wished + 2 * HOUR, by=chen, at=at)


@pytest.mark.django_db(transaction=True)
def test_of_twelve_at_once_one_gets_the_engineer(request, at):
    house, chen, wang = (request.getfixturevalue(name) for name in ("house", "chen", "wang"))
    work = visits.order(chen, at)
    wishes = [visits.planned(chen, at, wang.engineer, start=at + (2 + n % 2) * HOUR, work=work) for n in range(12)]

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(lambda visit: _try(visit, chen, at), wishes))

    assert outcomes.count("proposed") == 1
    assert outcomes.count("told") == 11
    assert Visit.objects.filter(state="proposed").count() == 1


def _try(visit, by, at):
    try:
        actions.propose(visit=visit, by=by, at=at)
        return "proposed"
    except AlreadyBooked:
        return "told"
    finally:
        connections.close_all()


def test_the_database_itself_refuses_on_postgresql(house, chen, wang, at, proposed):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite checks inside the writing transaction")
    other = visits.planned(chen, at, wang.engineer, start=proposed.planned_start, work=proposed.order)
    with pytest.raises(Exception, match="visit_engineer_booked_once"):
        Visit.objects.filter(pk=other.pk).update(state="confirmed")


def test_a_time_that_is_past_is_refused_beside_its_field(house, chen, wang, at):
    with pytest.raises(DomainError) as refusal:
        visits.planned(chen, at, wang.engineer, start=at - HOUR)
    assert refusal.value.field == "planned_start"
