"""Registering a breach from the visit's page."""

import pytest

from conduct.base.errors import DomainError
from conduct.rules.models import Rule
from conduct.violations.models import Violation
from tests.factories import visits
from tests.factories.visits import HOUR
from tests.people import SHANGHAI
from visits.breaches.actions import raise_for_visit
from visits.schedule.models import Visit


@pytest.fixture
def visit(house, chen, wang, at):
    found, _sign_off = visits.signed(chen, at - 9 * 24 * HOUR, wang.engineer)
    return found


def test_a_breach_is_registered_beside_the_record(client, visit, chen, wang):
    client.force_login(chen)
    form = client.get(f"/visits/{visit.number}/violations/new/?rule=signoff.times&text=早走半小时").context["form"]
    assert (form["rule"].value(), form["text"].value()) == ("signoff.times", "早走半小时")

    client.post(f"/visits/{visit.number}/violations/new/", {"rule": "signoff.times", "text": "早走半小时"})

    violation = Violation.objects.get()
    assert (violation.engineer, violation.reference, violation.has_fee) == (wang.engineer, visit.number, True)
    for reader in (chen, wang):
        client.force_login(reader)
        assert violation.number in client.get(visit.get_absolute_url()).content.decode()


def test_only_rules_of_the_visits_own_edition_can_be_chosen(client, visit, chen):
    Visit.objects.filter(pk=visit.pk).update(edition=None)
    client.force_login(chen)
    response = client.post(f"/visits/{visit.number}/violations/new/", {"rule": Rule.objects.first().code, "text": "x"})
    assert response.status_code == 200 and response.context["form"].errors["rule"]


def test_the_same_breach_twice_is_told_beside_the_rule(client, visit, chen):
    client.force_login(chen)
    typed = {"rule": "signoff.times", "text": "早走"}
    client.post(f"/visits/{visit.number}/violations/new/", typed)

    response = client.post(f"/visits/{visit.number}/violations/new/", typed)

    assert "已登记" in str(response.context["form"].errors["rule"]) and Violation.objects.count() == 1


def test_the_engineer_cannot_register_it_oneself(client, visit, wang):
    wang.staff_roles.create(role="dispatcher", given_at=visit.created_at)
    client.force_login(wang)
    assert client.get(f"/visits/{visit.number}/violations/new/").status_code == 404


def test_a_visit_has_begun_when_the_engineer_is_there(on_site, chen):
    rule, early = Rule.objects.get(code="arrive.introduce"), on_site.planned_start - HOUR / 12
    told = {"visit": on_site, "rule": rule, "text": "未先报到", "by": chen, "at": early}
    on_site.state = "confirmed"
    with pytest.raises(DomainError):
        raise_for_visit(**told)

    on_site.state = "on_site"
    assert raise_for_visit(**told).happened_on == early.astimezone(SHANGHAI).date()
