"""Departments have heads, people have somebody above them, and no line leads back to its beginning."""

import pytest

from conduct.base.errors import DomainError
from conduct.people.actions import save_staff
from conduct.people.departments import save_department
from conduct.people.leading import ring
from conduct.people.models import Department, Staff
from conduct.trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(admin_zhou, techmgr_qian, wang, zhao, at):
    support = save_department(department=Department(name="技术部", head=techmgr_qian), by=admin_zhou, at=at)
    Staff.objects.filter(pk__in=[wang.pk, zhao.pk, techmgr_qian.pk]).update(department=support)
    return support


def test_a_department_and_its_lines_are_set_on_one_page(client, support, admin_zhou, techmgr_qian, manager_sun, wang, zhao):
    client.force_login(admin_zhou)
    data = {"name": "技术支持部", "head": manager_sun.pk}
    data |= {f"line_manager_{wang.pk}": techmgr_qian.pk, f"executive_{wang.pk}": manager_sun.pk, f"line_manager_{zhao.pk}": ""}
    assert client.post(support.get_absolute_url(), data).status_code == 302

    support.refresh_from_db(), wang.refresh_from_db(), zhao.refresh_from_db()
    assert (support.name, support.head, wang.line_manager, wang.executive, zhao.line_manager) == (
        "技术支持部", manager_sun, techmgr_qian, manager_sun, None,
    )  # fmt: skip
    led = Event.objects.get(verb="staff.led")
    assert led.data == {"line_manager": "钱锋", "executive": "孙立"}


def test_a_ring_is_refused_beside_the_person(client, support, admin_zhou, techmgr_qian, wang):
    Staff.objects.filter(pk=wang.pk).update(line_manager=techmgr_qian)
    client.force_login(admin_zhou)
    data = {"name": "技术部", "head": "", f"line_manager_{techmgr_qian.pk}": wang.pk, f"line_manager_{wang.pk}": techmgr_qian.pk}
    page = client.post(support.get_absolute_url(), data).content.decode()
    assert "钱锋 → 王磊 → 钱锋" in page
    techmgr_qian.refresh_from_db(), support.refresh_from_db()
    assert techmgr_qian.line_manager is None and support.head == techmgr_qian


def test_the_page_of_a_person_refuses_a_ring_too(support, admin_zhou, techmgr_qian, wang, at):
    Staff.objects.filter(pk=wang.pk).update(line_manager=techmgr_qian)
    techmgr_qian.line_manager = wang
    with pytest.raises(DomainError, match="钱锋 → 王磊 → 钱锋"):
        save_staff(staff=techmgr_qian, roles=["technical_manager"], by=admin_zhou, at=at)


def test_two_who_swap_their_places_are_no_ring(support, admin_zhou, techmgr_qian, wang, at):
    Staff.objects.filter(pk=wang.pk).update(line_manager=techmgr_qian)
    save_department(department=support, lines=[(techmgr_qian, wang.pk, None), (wang, None, None)], by=admin_zhou, at=at)
    techmgr_qian.refresh_from_db()
    assert techmgr_qian.line_manager == wang


def test_nobody_is_in_charge_of_oneself(support, admin_zhou, wang, at):
    with pytest.raises(DomainError, match="自己") as refusal:
        save_department(department=support, lines=[(wang, None, wang.pk)], by=admin_zhou, at=at)
    assert refusal.value.field == f"executive_{wang.pk}"


@pytest.mark.parametrize("name", ["", "技术/研发", "new", "技术部"])
def test_a_name_that_cannot_be_is_refused(client, support, admin_zhou, name):
    client.force_login(admin_zhou)
    assert client.post("/departments/new/", {"name": name, "head": ""}).status_code == 200
    assert Department.objects.count() == 1


def test_what_is_missing_is_seen(client, support, admin_zhou, techmgr_qian, chen):
    Department.objects.create(name="客户服务部")
    Staff.objects.filter(pk=techmgr_qian.pk).update(is_active=False)
    client.force_login(admin_zhou)
    page = client.get("/departments/").content.decode()
    assert "无负责人" in page and "已离职" in page and "2 人未设" in page and "陈静" in page


@pytest.mark.parametrize(
    ("leaders", "found"),
    [({}, []), ({1: 2}, []), ({1: 2, 2: 3, 3: None}, []), ({1: 1}, [1]), ({1: 2, 2: 1}, [1, 2]), ({1: 2, 2: 3, 3: 2}, [])],
)
def test_rings(leaders, found):
    assert ring(1, leaders) == found
