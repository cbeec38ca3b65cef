"""What a dispatcher sees of the laptop that goes along, and of what a signature stands on."""

import datetime

import pytest

from tests.factories import laptops, visits
from visits.signoff.models import SignOff
from visits.sync.models import Readiness

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def visit(house, chen, wang, at):
    return visits.confirmed(chen, at, wang.engineer, start=at + HOUR)


def announce(visit, at, state, missing=(), plan_version=None):
    facts = {"state": state, "missing": list(missing), "plan_version": plan_version or visit.plan_version, "at": at}
    return Readiness.objects.create(visit=visit, device=laptops.laptop(visit.engineer.staff, at), **facts)


@pytest.fixture
def shown(client, chen, wang, visit):
    """Wang's first page, and the list and the visit's page as Chen sees them."""

    def pages():
        for person, place in ((wang, "/"), (chen, "/visits/"), (chen, f"/visits/{visit.number}/")):
            client.force_login(person)
            yield client.get(place).content.decode()

    return lambda: list(pages())


@pytest.mark.parametrize(
    ("state", "missing", "said"),
    [
        ("ready", ["persist"], "可以出发 · 11-24 10:00"),
        ("loading", [], "正在装载"),
        ("missing", ["photos", "signing", "space"], "笔记本上缺少: 以往上门的照片, 客户签字页面"),
    ],
)
def test_engineer_and_dispatcher_see_whether_the_laptop_is_ready(visit, at, shown, state, missing, said):
    announce(visit, at, state, missing)

    for text in shown():
        assert said in text


def test_a_laptop_loaded_before_the_plan_changed_is_not_called_ready(visit, at, shown):
    announce(visit, at, "ready", plan_version=visit.plan_version + 1)

    for text in shown():
        assert "笔记本上是旧计划" in text and "可以出发 ·" not in text


def test_a_visit_that_no_laptop_holds_is_said(visit, shown):
    today, _list, page = shown()

    assert "尚未存入笔记本" in today and "尚未存入笔记本" in page


def test_the_page_says_which_entries_the_signature_stands_on(client, chen, wang, house, at):
    visit, sign_off = visits.signed(chen, at, wang.engineer)
    late = visits.enter(visit, "note", {"text": "忘记写的话"}, at + HOUR, live=False)
    SignOff.objects.filter(pk=sign_off.pk).update(covers=[pk for pk in sign_off.covers if pk != str(late.pk)])
    client.force_login(chen)

    text = client.get(visit.get_absolute_url()).content.decode()

    covered = visit.entries.filter(state="accepted", pk__in=sign_off.covers).count()
    assert f"涵盖记录中的 {covered} 条" in text
    assert text.count("不在签字范围内") == 1
