"""Liu of Wuhan goes to Nanjing: where he sleeps, whether he may return, or goes on."""

import datetime

import pytest

from conduct.approvals import actions as approvals
from conduct.approvals.models import Approval
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.notices.models import Notice
from conduct.violations.models import Violation
from tests.visits.trips.telling import DAY, HOUR, back, set_out
from visits.retention import actions as retention
from visits.trips import actions, reminding
from visits.trips.consent import who_consents
from visits.trips.models import Lodging, Trip
from visits.trips.queries import consent_of, questions_of
from visits.trips.states import TRANSITIONS, TripState

T = TripState
LONG_AGO = datetime.datetime(2020, 11, 24, 8, tzinfo=datetime.UTC)
HOTEL = {"hotel": "金陵饭店", "room_telephone": "025-84711888 转 1206"}


@pytest.mark.parametrize(
    ("here", "to"), [(T.AWAY, {T.RETURNED}), (T.RETURNED, {T.HANDED_IN}), (T.HANDED_IN, {T.PAID, T.RETURNED}), (T.PAID, set())]
)
def test_how_it_moves(here, to):
    assert TRANSITIONS[here] == to


def told(person, code):
    return [notice.sentence for notice in Notice.objects.filter(to=person, code=code).order_by("pk")]


def decide(trip, person, yes=True, at=None):
    question = Approval.objects.get(reference=trip.number, asked_of=person, state="asked")
    (approvals.approve if yes else approvals.refuse)(approval=question, reason="" if yes else "再等一天备件", by=person, at=at)
    trip.refresh_from_db()


def standing(trip):
    return consent_of(trip, questions_of(trip))


def test_he_sets_out_on_the_page_and_headquarters_sees_it_on_the_visit(client, agreed, liu, chen, wang):
    client.force_login(liu)
    page = client.get(agreed.get_absolute_url()).content.decode()
    assert f"/visits/{agreed.number}/business-trip/" in page
    late = {"set_out_at": "2199-01-01T08:00", "origin": "武汉", "means": "train"}
    assert client.post(f"/visits/{agreed.number}/business-trip/", late).context["form"].errors["set_out_at"]

    client.post(f"/visits/{agreed.number}/business-trip/", late | {"set_out_at": "2020-11-24T08:00"})

    trip = Trip.objects.get()
    assert (trip.number[:3], trip.state, trip.origin) == ("TR-", "away", "武汉")
    assert trip.number in client.get("/").content.decode()
    client.force_login(chen)
    assert trip.number in client.get(agreed.get_absolute_url()).content.decode()
    client.force_login(wang)
    assert client.get(trip.get_absolute_url()).status_code == 404


def test_a_second_trip_waits_for_the_end_of_the_first(trip, further, at):
    with pytest.raises(DomainError):
        set_out(further, at + DAY)


def test_where_he_sleeps_is_told_to_his_line_manager(client, trip, liu, techmgr_qian, at):
    Trip.objects.update(set_out_at=LONG_AGO)  # a page asks the real clock
    client.force_login(liu)
    data = {f"lodging-{name}": value for name, value in HOTEL.items()} | {"lodging-since": "2020-11-24T20:30"}
    client.post(f"{trip.get_absolute_url()}lodging/", data)

    assert "1206" in told(techmgr_qian, "trip.lodging")[0]
    page = client.get(trip.get_absolute_url()).content.decode()
    assert "尚未联系客户" in page
    client.post(f"{trip.get_absolute_url()}call/", {"call-customer_called_at": "2020-11-24T20:40"})
    assert "尚未联系客户" not in client.get(trip.get_absolute_url()).content.decode()


def test_who_sleeps_away_without_a_word_is_reminded_and_after_a_night_his_line_manager_hears(trip, liu, techmgr_qian, at):
    reminding.remind(at=at + 2 * HOUR)
    assert told(liu, "trip.lodging_missing") == []

    for hours in (11, 12):  # nine and ten in the evening
        reminding.remind(at=at + hours * HOUR)
    assert len(told(liu, "trip.lodging_missing")) == 1 and told(techmgr_qian, "trip.lodging_unknown") == []

    reminding.remind(at=at + DAY)
    assert len(told(liu, "trip.lodging_missing")) == 2 and len(told(techmgr_qian, "trip.lodging_unknown")) == 1

    actions.note_lodging(trip=trip, since=at + HOUR, by=liu, at=at + DAY, **HOTEL)
    reminding.remind(at=at + 2 * DAY)
    assert len(told(liu, "trip.lodging_missing")) == 2


def test_the_return_needs_the_line_manager_and_the_executive_both(client, trip, liu, techmgr_qian, executive_lu, at):
    client.force_login(liu)
    client.post(f"{trip.get_absolute_url()}ask/", {"ask-reason": "任务完成，拟乘明早高铁返回"})
    assert standing(trip) == "asked" and len(told(executive_lu, "approval.asked")) == 1

    client.force_login(techmgr_qian)
    assert "拟乘明早高铁" in client.get(trip.get_absolute_url()).content.decode()
    decide(trip, techmgr_qian, at=at)
    assert (standing(trip), trip.consented_at) == ("asked", None)

    decide(trip, executive_lu, at=at)
    assert (standing(trip), trip.consented_at) == ("given", at)
    actions.come_back(trip=trip, returned_at=at + DAY, by=liu, at=at + DAY)
    assert trip.unasked_reason == "" and not Violation.objects.filter(rule__code="travel.return_consent").exists()


def test_one_refusal_ends_it_and_he_reads_why(client, trip, liu, techmgr_qian, executive_lu, at):
    actions.ask_return(trip=trip, reason="任务完成", by=liu, at=at)
    decide(trip, executive_lu, yes=False, at=at)

    assert standing(trip) == "refused" and not Approval.objects.filter(state="asked").exists()
    client.force_login(liu)
    assert "再等一天备件" in client.get(trip.get_absolute_url()).content.decode()
    actions.ask_return(trip=trip, reason="备件已到", by=liu, at=at + DAY)
    assert standing(trip) == "asked"


def test_instead_of_returning_he_goes_on_and_what_was_consented_to_is_void(client, trip, further, liu, techmgr_qian, executive_lu, at):
    actions.ask_return(trip=trip, reason="任务完成", by=liu, at=at)
    decide(trip, techmgr_qian, at=at)
    client.force_login(liu)

    client.post(f"{trip.get_absolute_url()}go-on/")

    trip.refresh_from_db()
    assert list(trip.visits.order_by("planned_start"))[-1] == further and standing(trip) == "none"
    assert not Approval.objects.filter(state="asked").exists()
    with pytest.raises(ForbiddenMove):
        actions.go_on(trip=trip, by=liu, at=at)


def test_back_without_consent_he_says_why_and_somebody_looks_at_it(client, trip, liu, at):
    client.force_login(liu)
    Trip.objects.update(set_out_at=LONG_AGO)
    page = client.post(f"{trip.get_absolute_url()}back/", {"back-returned_at": "2020-11-25T09:59"})
    assert page.status_code == 422 and "unasked_reason" in page.context["offers"][-3][2].errors

    back(trip, at + DAY)

    seen = {row.rule.code: row for row in Violation.objects.select_related("rule")}
    assert set(seen) == {"travel.return_consent", "travel.lodging"}
    assert {row.state for row in seen.values()} == {"proposed"} and seen["travel.lodging"].facts["nights"] == 1


def test_nobody_consents_for_oneself_and_who_left_is_stood_in_for(liu, techmgr_qian, executive_lu):
    assert [asked for _kind, asked in who_consents(liu)] == [{"asked_of": techmgr_qian}, {"asked_of": executive_lu}]
    liu.executive, techmgr_qian.is_active = liu, False
    assert [asked for _kind, asked in who_consents(liu)] == [{"asked_of_role": "manager"}]


def test_at_work_away_from_home_without_a_trip_he_is_reminded_once(agreed, liu, at):
    type(agreed).objects.update(state="on_site")
    for hours in (3, 4):
        reminding.remind(at=at + hours * HOUR)
    assert len(told(liu, "trip.not_noted")) == 1


def test_the_room_telephone_goes_at_the_end_of_the_term(trip, liu, at):
    actions.note_lodging(trip=trip, since=at, by=liu, at=at, **HOTEL)
    back(trip, at + DAY)
    assert retention.erase_due(at=at + 1000 * DAY)["trips"] == 0

    assert retention.erase_due(at=at + 1200 * DAY)["trips"] == 1

    trip.refresh_from_db()
    assert {row.room_telephone for row in Lodging.objects.all()} == {"–"} and trip.unasked_reason == "–"
    assert trip.returned_at == at + DAY and retention.erase_due(at=at + 1200 * DAY)["trips"] == 0
    assert datetime.timedelta(0) < trip.erased_at - at
