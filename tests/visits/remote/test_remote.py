"""What remains of a visit goes to an online engineer, who takes it, writes down each contact and closes it."""

import pytest

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.notices.models import Notice
from conduct.people.access import Role
from tests.factories import visits
from tests.people import person
from visits.remote import actions
from visits.remote.models import RemoteCase
from visits.remote.states import TRANSITIONS, CaseState

FACTS = {"wanted": "固件升级后两周，请远程复查日志", "means": "telephone", "contact": "李喆 025-84421234"}
C = CaseState


@pytest.mark.parametrize(("here", "to"), [(C.WAITING, {C.TAKEN}), (C.TAKEN, {C.WAITING, C.CLOSED}), (C.CLOSED, {C.TAKEN})])
def test_how_it_moves(here, to):
    assert TRANSITIONS[here] == to


@pytest.fixture
def signed(house, chen, wang, at):
    return visits.signed(chen, at, wang.engineer)[0]


@pytest.fixture
def case(signed, wang, online_wu, at):
    return actions.hand_over(visit=signed, by=wang, at=at, **FACTS)


def told(user):
    return list(Notice.objects.filter(to=user, code__startswith="remote.").order_by("pk").values_list("code", flat=True))


def test_wang_hands_over_from_his_visit(client, signed, wang, online_wu, stopped_clock):
    client.force_login(wang)
    page = client.get(f"/visits/{signed.number}/remote-support/")
    assert page.context["form"].initial["contact"]

    answer = client.post(f"/visits/{signed.number}/remote-support/", FACTS)

    case = RemoteCase.objects.get()
    assert answer.url == case.get_absolute_url() and case.number == "RS-2026-000001"
    assert told(online_wu) == ["remote.handed_over"]


def test_handed_over_without_a_network_it_is_a_case_once_it_arrives(client, house, on_site, wang, online_wu, at):
    for _twice in range(2):
        visits.enter(on_site, "hand_over", FACTS, at, live=False, entry_id="0190c6a2-7b1e-7000-8000-100000000001")

    case = RemoteCase.objects.get()
    assert (case.state, case.wanted, case.handed_over_by) == ("waiting", FACTS["wanted"], wang) and told(online_wu) == ["remote.handed_over"]
    actions.take(case=case, by=online_wu, at=at)
    client.force_login(wang)
    row = client.get(f"/api/v1/visits/{on_site.number}/bundle/").json()["remote_cases"]
    assert row == [{"number": case.number, "wanted": FACTS["wanted"], "state": "taken", "owner": "吴桐"}]


def test_what_is_missing_stands_beside_its_field(client, signed, wang):
    client.force_login(wang)
    page = client.post(f"/visits/{signed.number}/remote-support/", FACTS | {"wanted": "", "contact": "李喆"})
    assert page.status_code == 422 and list(page.context["form"].errors) == ["wanted"]
    assert "李喆" in page.content.decode()


def test_wu_takes_it_notes_a_call_and_closes_it(client, case, wang, online_wu, chen):
    client.force_login(online_wu)
    address = case.get_absolute_url()
    assert f"/visits/{case.visit.number}/" in client.get(address).content.decode()
    client.post(f"{address}take/")
    client.post(f"{address}note/", {"note-means": "telephone", "note-text": "日志正常，无丢包", "note-minutes": 15})
    client.post(f"{address}close/", {"close-solved": "yes", "close-result": "复查正常"})

    case.refresh_from_db()
    assert (case.state, case.solved, case.owner, case.contacts.get().minutes) == ("closed", True, online_wu, 15)
    assert told(wang) == ["remote.taken", "remote.closed"] and told(chen) == ["remote.closed"]
    assert "复查正常" in client.get(address).content.decode()


def test_the_customer_asks_again(client, case, online_wu, at):
    actions.take(case=case, by=online_wu, at=at)
    actions.close(case=case, solved=False, result="等客户窗口", by=online_wu, at=at)
    client.force_login(online_wu)
    client.post(f"{case.get_absolute_url()}reopen/", {"reopen-reason": "客户又来电"})
    case.refresh_from_db()
    assert (case.state, case.owner, case.solved, case.closed_at) == ("taken", online_wu, None, None)


def test_only_its_owner_writes_in_it(case, online_wu, at):
    colleague = person("lu", "陆洋", Role.ONLINE_ENGINEER)
    with pytest.raises(DomainError):
        actions.close(case=case, solved=True, result="x", by=online_wu, at=at)
    actions.take(case=case, by=online_wu, at=at)
    with pytest.raises(DomainError):
        actions.note(case=case, means="mail", text="x", minutes=0, by=colleague, at=at)


def test_two_online_engineers_reach_for_it_and_one_gets_it(case, online_wu, at):
    colleague, same = person("lu", "陆洋", Role.ONLINE_ENGINEER), RemoteCase.objects.get(pk=case.pk)
    actions.take(case=case, by=online_wu, at=at)
    with pytest.raises(ForbiddenMove):
        actions.take(case=same, by=colleague, at=at)


def test_given_back_it_waits_for_another(case, online_wu, at):
    actions.take(case=case, by=online_wu, at=at)
    actions.give_back(case=case, reason="明天休假", by=online_wu, at=at)
    assert (case.state, case.owner) == ("waiting", None)


def test_before_there_is_a_record_there_is_nothing_to_hand_over(house, chen, wang, at):
    visit = visits.planned(chen, at, wang.engineer)
    with pytest.raises(DomainError):
        actions.hand_over(visit=visit, by=chen, at=at, **FACTS)


def test_an_engineer_reads_but_does_not_take(client, case, wang):
    client.force_login(wang)
    assert not client.get(case.get_absolute_url()).context["may_take"]
    assert client.post(f"{case.get_absolute_url()}take/").status_code == 404
