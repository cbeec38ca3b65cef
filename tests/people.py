"""The people of every story that the tests tell."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from conduct.people.access import Role
from conduct.people.models import Engineer, Staff, StaffRole

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime.datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
PASSWORD = "correct horse battery"


def person(username, name, *roles, **facts):
    staff = Staff(username=username, name=name, email=f"{username}@example.com", **facts)
    staff.set_password(PASSWORD)
    staff.save()
    StaffRole.objects.bulk_create(StaffRole(staff=staff, role=role, given_at=AT) for role in roles)
    return staff


def engineer(username, name, city, **facts):
    staff = person(username, name, Role.ENGINEER)
    number = f"E-{Engineer.objects.count() + 1:03d}"
    Engineer.objects.create(number=number, staff=staff, home_city=city, **facts)
    return staff


@pytest.fixture
def at():
    return AT


@pytest.fixture
def stopped_clock(monkeypatch, at):
    """Pages and tasks see `at` too: the days that a story names in digits never come to lie in the past, nor in another year."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)


@pytest.fixture
def chen(db):
    return person("chen", "陈静", Role.DISPATCHER)


@pytest.fixture
def wang(db):
    return engineer("wang", "王磊", "南京")


@pytest.fixture
def zhao(db):
    return engineer("zhao", "赵敏", "上海", standing=Engineer.Standing.OUTSTATION)


@pytest.fixture
def manager_sun(db):
    return person("sun", "孙立", Role.MANAGER)


@pytest.fixture
def techmgr_qian(db):
    return person("qian", "钱锋", Role.TECHNICAL_MANAGER)


@pytest.fixture
def admin_zhou(db):
    return person("zhou", "周颖", Role.ADMINISTRATOR)


@pytest.fixture
def online_wu(db):
    return person("wu", "吴桐", Role.ONLINE_ENGINEER)


@pytest.fixture
def store_zheng(db):
    return person("zheng", "郑凯", Role.STOREKEEPER)


@pytest.fixture
def triager_li(db):
    return person("li", "李琳", Role.TRIAGER)


@pytest.fixture
def reporter_he(db):
    return person("he", "何洁", Role.REPORTER, telephone="025-5566")


@pytest.fixture
def stranger(db):
    return person("lin", "林远")
