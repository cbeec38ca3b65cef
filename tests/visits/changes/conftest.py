import pytest

from tests.factories import visits
from tests.factories.changes import HOUR, approved, picture
from visits.changes import actions


@pytest.fixture
def visit(house, chen, wang, techmgr_qian, manager_sun, at):
    work = visits.order(chen, at, traits=["production_change"])
    shown = visits.on_site(chen, at, wang.engineer, work=work)
    visits.answer_all(shown, "work", shown.planned_start)
    return shown


@pytest.fixture
def now(visit):
    return visit.planned_start + HOUR


@pytest.fixture
def ready(visit, chen, techmgr_qian, at):
    change = approved(visit, chen, techmgr_qian, at)
    actions.customer_signed(change=change, signer_name="李喆", signer_position="主任", signed_at=at, copy=picture(), by=chen, at=at)
    return change
