import datetime

import pytest

from conduct.base.errors import ForbiddenMove
from tests.factories import visits
from visits.schedule import actions

HOUR = datetime.timedelta(hours=1)


def test_accepting_issues_record_numbers_without_gaps(house, chen, wang, zhao, at):
    work = visits.order(chen, at)
    first = visits.confirmed(chen, at, wang.engineer, work=work)
    second = visits.confirmed(chen, at, zhao.engineer, work=work)

    assert (first.record_number, second.record_number) == ("VR-2026-000001", "VR-2026-000002")


def test_a_stale_page_is_told(proposed, chen, wang, at):
    actions.counter(visit=proposed, counter_start=at + 30 * HOUR, counter_end=at + 31 * HOUR, plan_version=1, by=wang, at=at)
    actions.repropose(visit=proposed, planned_start=at + 40 * HOUR, planned_end=at + 41 * HOUR, by=chen, at=at)

    with pytest.raises(ForbiddenMove, match="总部已更改计划"):
        actions.confirm(visit=proposed, plan_version=1, by=wang, at=at)
    assert [plan.version for plan in proposed.plan_versions.all()] == [1, 2]


def test_traits_of_the_place_are_derived(house, chen, wang, zhao, at):
    work = visits.order(chen, at, traits=["repair"])
    at_home = visits.planned(chen, at, wang.engineer, work=work)
    contractor = visits.planned(chen, at, zhao.engineer, work=work)

    assert at_home.traits == ["repair"]
    assert contractor.traits == ["repair", "outstation"]


@pytest.mark.parametrize("person", ["zhao", "stranger", "chen"])
def test_only_its_engineer_accepts_a_visit(client, request, proposed, person):
    client.force_login(request.getfixturevalue(person))

    response = client.post(f"/visits/{proposed.number}/confirm/", {"plan_version": 1})

    assert response.status_code == 404
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_the_engineer_accepts_on_the_page(client, wang, proposed):
    client.force_login(wang)

    response = client.post(f"/visits/{proposed.number}/confirm/", {"plan_version": 1})

    assert response.status_code == 302
    proposed.refresh_from_db()
    assert proposed.state == "confirmed"


def asking(order, engineer, **facts):
    """What the form on an order's page sends."""
    form = {"engineer": engineer.pk, "identity_name": "王工", "identity_capacity": "工程师", "scope": [order.scope.first().pk]}
    return form | {"planned_start": "2099-01-05T09:00", "planned_end": "2099-01-05T11:00"} | facts


def test_a_proposal_that_clashes_keeps_what_was_typed(client, chen, wang, proposed):
    client.force_login(chen)
    address = proposed.order.get_absolute_url()
    form = asking(proposed.order, wang.engineer, known=client.get(address).context["form"]["known"].value())
    assert client.post(address, form).status_code == 302

    response = client.post(address, form | {"known": client.get(address).context["form"]["known"].value()})

    assert response.status_code == 422
    assert "2099-01-05T09:00" in response.content.decode()
    assert "已有安排" in str(response.context["form"].errors["planned_start"])


def test_of_two_who_ask_for_the_same_order_the_second_is_told_and_may_go_on(client, house, chen, admin_zhou, wang, zhao, at):
    order = visits.order(chen, at)
    client.force_login(chen)
    page = order.get_absolute_url()
    sees = {"known": client.get(page).context["form"]["known"].value(), "reason": "支援", "identity_name": "小赵"}
    first = visits.planned(admin_zhou, at, wang.engineer, work=order)  # by a colleague, softly

    told = client.post(page, asking(order, zhao.engineer, **sees))

    text = told.content.decode()
    assert told.status_code == 422 and list(order.visits.all()) == [first]
    assert all(said in text for said in ("周颖", first.number, "王磊", "小赵", "支援", "2099-01-05T09:00"))
    again = asking(order, zhao.engineer, **sees) | {"known": told.context["form"]["known"].value()}
    assert client.post(page, again).status_code == 302 and order.visits.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_at_any_length(client, house, chen, wang, at, count, django_assert_num_queries):
    work = visits.order(chen, at)
    for place in range(count):
        visits.planned(chen, at, wang.engineer, start=at + (2 + 3 * place) * HOUR, work=work)
    client.force_login(chen)
    client.get("/visits/")

    with django_assert_num_queries(5):
        response = client.get("/visits/")
    assert len(response.context["page"].rows) == count
