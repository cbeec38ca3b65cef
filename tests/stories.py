"""Places where a story may begin."""

import pytest

from tests.factories import visits


@pytest.fixture
def house(db, at):
    """The company and its code of conduct."""
    ours = visits.company()
    visits.edition(at)
    return ours


@pytest.fixture
def proposed(house, chen, wang, at):
    return visits.proposed(chen, at, wang.engineer)


@pytest.fixture
def confirmed(house, chen, wang, at):
    return visits.confirmed(chen, at, wang.engineer)


@pytest.fixture
def on_site(house, chen, wang, at):
    return visits.on_site(chen, at, wang.engineer)


@pytest.fixture
def finished(house, chen, wang, at):
    return visits.finished(chen, at, wang.engineer)
