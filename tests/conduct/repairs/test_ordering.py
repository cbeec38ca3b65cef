"""Work for another department or an outside body is ordered by the technician's line manager."""

import pytest

from conduct.approvals import actions as approvals
from conduct.approvals.models import Approval
from conduct.customers.models import Site
from conduct.notices.models import Notice
from conduct.people.models import Department
from conduct.repairs import actions, repairing
from tests.factories import repairs


@pytest.fixture
def workshop(db, wang, techmgr_qian, triager_li):
    """Wang's department, led by Qian; and what the administration looks after itself."""
    technical, administration = (Department.objects.create(name=name) for name in ("技术部", "行政部"))
    wang.department, wang.line_manager = technical, techmgr_qian
    wang.save()
    return technical, administration


@pytest.fixture
def ticket(workshop, triager_li, at):
    """The administration's projector, reported and sorted."""
    thing = repairs.equipment()
    Site.objects.update(department=workshop[1])
    thing.refresh_from_db()
    return repairs.sorted_in(thing, at, triager_li)


def question(ticket):
    return Approval.objects.get(reference=ticket.number, state="asked")


def test_it_waits_for_the_line_managers_order(client, ticket, wang, techmgr_qian, triager_li, at):
    client.force_login(triager_li)
    client.post(f"/repairs/{ticket.number}/assign/", {"technician": wang.pk})
    ticket.refresh_from_db()
    assert (ticket.state, ticket.assigned_to, ticket.proposed_to) == ("triaged", None, wang)
    assert "须由其直接领导下达" in client.get(ticket.get_absolute_url()).content.decode()
    assert Notice.objects.filter(to=techmgr_qian, code="approval.asked").count() == 1

    approvals.approve(approval=question(ticket), by=techmgr_qian, at=at)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.assigned_to, ticket.proposed_to) == ("assigned", wang, None)
    assert Notice.objects.filter(to=wang, code="ticket.assigned").exists()


def test_not_ordered_the_triager_looks_for_another_way(ticket, wang, techmgr_qian, triager_li, at):
    repairing.take(ticket=ticket, by=wang, at=at)
    approvals.refuse(approval=question(ticket), reason="由行政部自行送修", by=techmgr_qian, at=at)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.assigned_to, ticket.proposed_to) == ("triaged", None, None)
    assert "自行送修" in Notice.objects.get(to=triager_li, code="ticket.not_ordered").sentence


def test_who_would_be_asked_orders_by_assigning(ticket, wang, techmgr_qian, at):
    repairing.assign(ticket=ticket, technician=wang, by=techmgr_qian, at=at)
    assert ticket.assigned_to == wang and not Approval.objects.exists()


@pytest.mark.parametrize("department", ["own", "none"])
def test_what_ones_own_department_looks_after_needs_no_order(ticket, workshop, wang, triager_li, at, department):
    ticket.equipment.site.department = workshop[0] if department == "own" else None
    repairing.assign(ticket=ticket, technician=wang, by=triager_li, at=at)
    assert ticket.assigned_to == wang


def test_equipment_of_an_outside_body_is_somebody_elses(ticket, wang, triager_li, at):
    site = ticket.equipment.site
    site.is_own_premises, site.department = False, None
    repairing.assign(ticket=ticket, technician=wang, by=triager_li, at=at)
    assert ticket.assigned_to is None and question(ticket).kind == "cross_department"


def test_another_technician_or_another_end_takes_the_question_back(ticket, wang, zhao, triager_li, manager_sun, at):
    repairing.assign(ticket=ticket, technician=wang, by=triager_li, at=at)
    repairing.assign(ticket=ticket, technician=zhao, by=triager_li, at=at)
    assert list(Approval.objects.order_by("pk").values_list("state", "asked_of_role")) == [("withdrawn", ""), ("asked", "manager")]

    actions.turn_away(ticket=ticket, turned_away_for="not_ours", note="请联系供应商", by=triager_li, at=at)
    assert not Approval.objects.filter(state="asked").exists()
