import pytest

from tests.factories import repairs


@pytest.fixture
def beamer(db):
    """A teaching screen on our own premises, with a label."""
    return repairs.equipment()


@pytest.fixture
def printer(beamer):
    """An office printer in the same building."""
    return repairs.equipment(beamer.site, "EQ-900002", "网络打印机", is_teaching=False)
