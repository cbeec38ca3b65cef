"""What the month measures by, in editions."""

import datetime

import pytest

from conduct.base.errors import DomainError
from tests.factories import visits as make
from visits.statistics.queries import Month
from visits.yardsticks import actions
from visits.yardsticks.models import Yardstick
from visits.yardsticks.queries import in_force

DAY = datetime.timedelta(days=1)


def test_an_edition_holds_from_its_moment_on(house, manager_sun, at):
    actions.change(yardstick=Yardstick(punctual_minutes=5, reason="更严"), by=manager_sun, at=at)
    assert [in_force(moment).punctual_minutes for moment in (at - DAY, at, at + DAY)] == [10, 5, 5]
    assert in_force(at).number == 1


def test_what_says_nothing_new_is_refused(house, manager_sun, at):
    with pytest.raises(DomainError, match="与现行标尺相同"):
        actions.change(yardstick=Yardstick(reason="再来一次"), by=manager_sun, at=at)


def test_a_new_edition_does_not_count_anew(house, chen, wang, manager_sun, at):
    visit, _sign_off = make.signed(chen, at, wang.engineer)
    actions.change(yardstick=Yardstick(punctual_minutes=0, repeat_days=1, reason="更严"), by=manager_sun, at=at + DAY)
    assert Month("2026-11").counts["on_time"] == 1


@pytest.mark.parametrize(
    ("field", "number"), [("punctual_minutes", 121), ("repeat_days", 0), ("repeat_days", 91), ("home_by", 24)]
)
def test_numbers_out_of_range_stand_beside_their_field(client, house, manager_sun, field, number):
    client.force_login(manager_sun)
    facts = {"punctual_minutes": 10, "repeat_days": 30, "home_by": 19, "reason": "x"} | {field: number}
    page = client.post("/yardsticks/", facts).content.decode()
    assert f'id="error_1_id_{field}"' in page and f'value="{number}"' in page and not Yardstick.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("manager_sun", 302), ("techmgr_qian", 404)])
def test_only_the_manager_changes_them(client, request, house, who, status):
    client.force_login(request.getfixturevalue(who))
    facts = {"punctual_minutes": 5, "repeat_days": 30, "home_by": 19, "reason": "更严"}
    assert client.post("/yardsticks/", facts).status_code == status
    assert client.get("/yardsticks/").status_code == 200
