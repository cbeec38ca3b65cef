"""A contract of weeks: its plan, its people, its payments, and who may see and change what."""

import datetime

import pytest

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.notices.models import Notice
from conduct.projects import actions
from conduct.projects.models import PaymentMilestone, ProjectTask
from tests.factories import projects, visits
from tests.forms import posted

pytestmark = pytest.mark.usefixtures("stopped_clock")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def card(db, chen, wang, manager_sun, at):
    """A project that Wang manages."""
    visits.company()
    return projects.project(visits.customer(), wang, manager_sun, at)


def address(project, *rest):
    return "/".join(["/projects", project.number, *map(str, rest), ""])


def test_sun_sets_a_project_up_and_wang_hears_of_it(client, chen, wang, manager_sun, at):
    visits.company()
    owner = visits.customer()
    client.force_login(manager_sun)
    told = {"customer": "C-9999", "name": "一卡通", "manager": wang.pk, "contract_number": "HT-1", "aim": ""}

    page = client.post("/projects/new/", told)
    assert page.status_code == 422 and "没有此编号的客户" in page.content.decode() and 'value="HT-1"' in page.content.decode()
    answer = client.post("/projects/new/", told | {"customer": owner.number}, follow=True)

    assert "PRJ-2026-0001" in answer.content.decode()
    assert Notice.objects.get(to=wang).code == "project.yours"


def test_wang_keeps_his_plan_and_what_does_not_fit_is_said_beside_its_field(client, card, wang, at):
    client.force_login(wang)
    told = {"name": "安装服务器", "staff": wang.pk, "starts_on": "2026-11-24", "ends_on": "2026-11-20", "percent": 100}

    page = client.post(address(card, "plan", "new"), told).content.decode()
    for field in ("ends_on", "begun_on", "done_on"):
        assert f'id="error_1_id_{field}"' in page
    assert 'value="安装服务器"' in page and not ProjectTask.objects.exists()

    client.post(address(card, "plan", "new"), told | {"ends_on": "2026-11-30", "percent": 40, "begun_on": "2026-11-24"})
    task = ProjectTask.objects.get()
    assert (task.percent, str(task.ends_on), task.done_on) == (40, "2026-11-30", None)
    assert "40 %" in client.get(address(card, "plan")).content.decode()
    client.post(address(card, "plan", task.pk, "remove"))
    assert not ProjectTask.objects.exists()


def test_nothing_was_done_or_paid_on_a_day_to_come(client, card, wang, at):
    client.force_login(wang)
    told = {"name": "安装服务器", "starts_on": "2026-11-24", "ends_on": "2026-11-30", "percent": 40, "begun_on": "2199-11-24"}
    page = client.post(address(card, "plan", "new"), told)
    assert page.status_code == 422 and page.context["form"].errors["begun_on"] and not ProjectTask.objects.exists()
    money = {"what": "预付款", "amount": "100", "planned_on": "2199-12-01", "paid_on": "2199-12-02"}
    page = client.post(address(card, "payments", "new"), money)
    assert page.status_code == 422 and page.context["form"].errors["paid_on"] and not PaymentMilestone.objects.exists()


def test_nobody_writes_over_what_another_wrote_meanwhile(client, card, wang, manager_sun, at):
    """The plan, a payment, the team, a day on site, and the project itself: who comes second is told what stands there now."""
    rows = {
        "plan": (projects.task(card, wang, at), "name", "安装机柜", "安装交换机"), "payments": (projects.payment(card, wang, at), "what", "到货款", "验收款"),
        "team": (projects.member(card, wang, wang, at), "part", "负责人", "督导"), "days": (projects.day(card, wang, wang, at), "note", "夜间", "白天"),
    }  # fmt: skip
    client.force_login(wang)
    places = [(address(card, part, row.pk), row, *said) for part, (row, *said) in rows.items()] + [(address(card, "edit"), card, "name", "一卡通二期", "一卡通三期")]
    for place, row, name, theirs, mine in places:
        told = posted(client.get(place).context["form"]) | {name: mine}
        setattr(row, name, theirs)
        save = actions.save_project if row == card else actions.save_row
        save(**{"project" if row == card else "row": row}, by=manager_sun, at=at)

        page = client.post(place, told)
        text = page.content.decode()
        row.refresh_from_db()
        assert page.status_code == 422 and "孙立" in text and theirs in text and mine in text and getattr(row, name) == theirs
        assert client.post(place, posted(page.context["form"])).status_code == 302
        row.refresh_from_db()
        assert getattr(row, name) == mine


def test_a_row_that_another_took_out_is_entered_anew_only_by_who_was_told(client, card, wang, at):
    paid = projects.payment(card, wang, at)
    client.force_login(wang)
    told = posted(client.get(address(card, "payments", paid.pk)).context["form"]) | {"what": "尾款"}
    actions.remove_row(row=PaymentMilestone.objects.get(), by=wang, at=at)

    page = client.post(address(card, "payments", paid.pk), told)
    assert "尾款" in page.content.decode() and not PaymentMilestone.objects.exists()
    assert client.post(address(card, "payments", paid.pk), posted(page.context["form"])).status_code == 302
    assert PaymentMilestone.objects.get().what == "尾款"


def test_who_has_left_stays_named_until_somebody_else_is(client, card, wang, zhao, at):
    part, day = projects.member(card, zhao, wang, at), projects.day(card, zhao, wang, at)
    task = projects.task(card, wang, at, staff=zhao)
    zhao.is_active = False
    zhao.save()
    client.force_login(wang)
    told = {"name": task.name, "staff": zhao.pk, "starts_on": task.starts_on, "ends_on": task.ends_on, "percent": 0}

    assert f'<option value="{zhao.pk}" selected' in client.get(address(card, "plan", task.pk)).content.decode()
    changes = (("plan", task, told | {"name": "移交后安装"}), ("team", part, {"staff": zhao.pk, "part": "已移交"}))
    for place, row, typed in (*changes, ("days", day, {"staff": zhao.pk, "day": day.day, "note": "改期"})):
        assert client.post(address(card, place, row.pk), typed).status_code == 302
    assert ProjectTask.objects.get().staff == zhao
    page = client.post(address(card, "plan", "new"), told)
    assert page.status_code == 422 and "staff" in page.context["form"].errors  # nothing new is given to somebody who has left


def test_a_person_has_one_part_and_one_planned_day(client, card, wang, zhao, at):
    client.force_login(wang)
    for _twice in range(2):
        page = client.post(address(card, "team", "new"), {"staff": zhao.pk, "part": "实施工程师"})
    assert page.status_code == 422 and "已在项目中担任" in page.content.decode() and card.team.count() == 1
    for _twice in range(2):
        page = client.post(address(card, "days", "new"), {"staff": zhao.pk, "day": "2026-12-01", "note": ""})
    assert page.status_code == 422 and card.planned_days.count() == 1


def test_an_overdue_payment_is_loud_and_reminded_of_once(client, card, wang, zhao, chen, manager_sun, at):
    late = projects.payment(card, wang, at, "到货款", due=-3)
    projects.payment(card, wang, at, "预付款", due=-30, invoiced_on=at.date() - 40 * DAY, paid_on=at.date() - 31 * DAY)
    projects.payment(card, wang, at, "验收款", due=0)
    projects.member(card, zhao, wang, at)

    assert actions.remind(at=at) == 1
    actions.remind(at=at + DAY / 4)
    assert [notice.to for notice in Notice.objects.filter(code="project.payment_overdue")] == [wang]
    late.planned_on = at.date() - DAY
    actions.save_row(row=late, by=wang, at=at)
    actions.remind(at=at)
    assert Notice.objects.filter(code="project.payment_overdue").count() == 2  # another day was agreed and passed too


def test_the_manager_sees_what_is_overdue_on_the_desk_and_the_team_sees_no_money(client, card, wang, zhao, manager_sun, chen, at):
    projects.payment(card, wang, at, "到货款", due=-3)
    projects.member(card, zhao, wang, at)
    for person, sees in ((manager_sun, True), (wang, True), (zhao, False), (chen, False)):
        client.force_login(person)
        assert ("到货款" in client.get("/").content.decode()) == sees
    client.force_login(zhao)
    page = client.get(address(card)).content.decode()
    assert card.name in page and "到货款" not in page and client.get(address(card, "payments")).status_code == 404
    client.force_login(wang)
    assert "已逾期" in client.get(address(card, "payments")).content.decode()


def test_a_project_ends_when_all_is_done_and_paid(card, wang, at):
    task, payment = projects.task(card, wang, at), projects.payment(card, wang, at)
    with pytest.raises(DomainError, match="1"):
        actions.close(project=card, by=wang, at=at)
    ProjectTask.objects.filter(pk=task.pk).update(percent=100, begun_on=at, done_on=at)
    PaymentMilestone.objects.filter(pk=payment.pk).update(paid_on=at)
    actions.close(project=card, by=wang, at=at)
    with pytest.raises(ForbiddenMove):
        projects.task(card, wang, at, "尾声")


def test_zhao_and_chen_change_nothing(client, card, wang, zhao, chen, at):
    row = projects.task(card, wang, at)
    projects.member(card, zhao, wang, at)
    for person in (zhao, chen):
        client.force_login(person)
        assert client.get(address(card, "plan")).status_code == 200
        for place in (("plan", "new"), ("plan", row.pk), ("edit",)):
            assert client.post(address(card, *place), {"name": "改"}).status_code == 404
        assert client.post(address(card, "close")).status_code == 404
