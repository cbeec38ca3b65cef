"""Our own equipment is looked after by plan; what is found broken becomes a ticket."""

import datetime

import pytest

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.notices.models import Notice
from conduct.repairs.models import RepairTicket
from conduct.rounds import actions
from conduct.rounds.models import MaintenanceRound
from tests.factories import repairs

DAY = datetime.timedelta(days=1)


@pytest.fixture
def place(db):
    """A building with a screen and a printer."""
    screen = repairs.equipment()
    repairs.equipment(screen.site, "EQ-900002", "网络打印机", category="输出", is_teaching=False)
    return screen.site


def found(shown, *answers):
    return {item.pk: answer for item, answer in zip(shown.items.order_by("pk"), answers, strict=False)}


def test_a_round_is_made_on_its_day_once_with_everything_at_the_site(place, wang, at):
    plan = repairs.plan(place, wang, at, next_on=at.date() + DAY)

    assert actions.make_due(at=at) == 0
    assert actions.make_due(at=at + DAY) == 1
    assert actions.make_due(at=at + DAY) == 0
    assert MaintenanceRound.objects.get(plan=plan).items.count() == 2
    assert Notice.objects.get(to=wang).code == "round.due"


def test_a_beat_that_slept_makes_one_round_and_the_next_day_is_worked(place, wang, at):
    plan = repairs.plan(place, wang, at, every_days=7, next_on=at.date() - 30 * DAY)

    assert actions.make_due(at=at) == 1
    plan.refresh_from_db()
    assert plan.next_on > at.date() and plan.next_on.weekday() < 5


def test_what_is_broken_becomes_a_ticket_and_the_round_is_done_with_the_last_finding(place, wang, triager_li, at):
    shown = repairs.inspection(place, wang, at)

    assert actions.record(round=shown, findings=found(shown, ("fault", "风扇异响")), by=wang, at=at) is False
    assert actions.record(round=shown, findings=found(shown, ("", ""), ("ok", "")), by=wang, at=at) is True

    ticket = RepairTicket.objects.get()
    assert (ticket.source, ticket.fault, ticket.reporter) == ("round", "风扇异响", wang)
    assert shown.items.get(finding="fault").ticket == ticket and shown.state == "done"
    with pytest.raises(ForbiddenMove):
        actions.record(round=shown, findings={}, by=wang, at=at)


def test_a_fault_without_words_is_asked_for_beside_its_note(client, place, wang, at):
    shown = repairs.inspection(place, wang, at)
    item = shown.items.first()
    client.force_login(wang)

    answer = client.post(shown.get_absolute_url(), {f"finding_{item.pk}": "fault", f"note_{item.pk}": ""})

    assert answer.context["form"].errors[f"note_{item.pk}"] and not RepairTicket.objects.exists()


def test_a_finding_that_was_noted_stays(place, wang, at):
    shown = repairs.inspection(place, wang, at)
    actions.record(round=shown, findings=found(shown, ("gone", "")), by=wang, at=at)
    actions.record(round=shown, findings=found(shown, ("ok", "")), by=wang, at=at)

    assert shown.items.order_by("pk").first().finding == "gone"


def test_a_late_round_is_told_once_to_technician_and_triager(place, wang, triager_li, at):
    repairs.inspection(place, wang, at)

    for days in (2, 3):
        actions.make_due(at=at + days * DAY)

    assert sorted(Notice.objects.filter(code="round.late").values_list("to__username", flat=True)) == ["li", "wang"]


def test_a_round_is_late_from_the_midnight_of_the_house_on(place, wang, at):
    repairs.inspection(place, wang, at)
    midnight = (at + datetime.timedelta(hours=14)).astimezone(datetime.UTC)  # still the day of the round in Greenwich

    actions.make_due(at=midnight - datetime.timedelta(minutes=1))
    assert not Notice.objects.filter(code="round.late").exists()
    actions.make_due(at=midnight)
    assert Notice.objects.filter(code="round.late").exists()


@pytest.mark.parametrize(("facts", "field"), [({"category": "投影幕"}, "category"), ({"technician": "sun"}, "technician")])
def test_a_plan_that_cannot_be_done_is_refused(place, wang, manager_sun, at, facts, field):
    who = manager_sun if "technician" in facts else wang
    with pytest.raises(DomainError) as refused:
        repairs.plan(place, who, at, category=facts.get("category", ""))
    assert refused.value.field == field


def test_only_its_technician_notes_findings(client, place, wang, triager_li, at):
    shown = repairs.inspection(place, wang, at)
    client.force_login(triager_li)

    assert client.get(shown.get_absolute_url()).status_code == 200
    assert client.post(shown.get_absolute_url(), {}).status_code == 404


def test_li_plans_on_the_page(client, place, wang, triager_li, at):
    client.force_login(triager_li)
    form = {
        "name": "打印机季检",
        "site": place.pk,
        "category": "输出",
        "every_days": 90,
        "next_on": "2026-12-01",
        "technician": wang.pk,
        "is_active": "on",
    }

    assert client.post("/rounds/plans/new/", form).status_code == 302
    assert "打印机季检" in client.get("/rounds/").content.decode()
