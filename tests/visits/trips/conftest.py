import pytest

from conduct.people.access import Role
from tests.factories import visits
from tests.people import engineer, person
from tests.visits.trips import telling


@pytest.fixture
def executive_lu(db):
    return person("lu", "陆远", Role.MANAGER)


@pytest.fixture
def liu(house, techmgr_qian, executive_lu):
    """Liu of Wuhan, led by Qian; Lu is in charge."""
    staff = engineer("liu", "刘洋", "武汉")
    staff.line_manager, staff.executive = techmgr_qian, executive_lu
    staff.save()
    return staff


@pytest.fixture
def agreed(liu, chen, at):
    """Liu has agreed to go to Nanjing, today at noon."""
    return visits.confirmed(chen, at, liu.engineer)


@pytest.fixture
def trip(agreed, at):
    """Liu is on the way there since nine."""
    return telling.set_out(agreed, at)


@pytest.fixture
def further(trip, chen, liu, at):
    """Another visit of Liu's in Nanjing, the day after tomorrow."""
    order = visits.order(chen, at, trip.visits.get().order.site)
    return visits.confirmed(chen, at, liu.engineer, work=order, start=at + 2 * telling.DAY)
