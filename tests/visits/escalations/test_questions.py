"""A question from the site: the right people hear it, a clock runs, one of them answers, and the engineer reads who and when."""

import datetime

import pytest

from conduct.notices.models import Notice
from conduct.people.models import StaffRole
from tests.factories import visits
from visits.escalations import actions
from visits.escalations.queries import to_answer
from visits.records.actions import Refused

MINUTE = datetime.timedelta(minutes=1)
TEXT = "固件兼容吗？"


@pytest.fixture
def asked(house, on_site, chen, online_wu, techmgr_qian, at):
    """A technical one and a business one."""

    def ask(kind, text):
        entry = visits.enter(on_site, "question", {"question_kind": kind, "text": text}, at)
        return on_site.site_questions.get(entry=entry)

    return ask


def told(code):
    return set(Notice.objects.filter(code=code).values_list("to__username", flat=True))


def test_a_technical_question_goes_to_an_online_engineer_and_a_business_one_to_the_dispatcher(asked, chen, online_wu, techmgr_qian, at):
    technical = asked("technical", TEXT)
    assert told("question.asked") == {"wu"} and "王磊" in Notice.objects.get(code="question.asked").sentence
    business = asked("business", "可以延保吗？")
    assert told("question.asked") == {"wu", "chen"}

    assert list(to_answer(online_wu, at)) == [technical] == list(to_answer(techmgr_qian, at))
    assert list(to_answer(chen, at)) == [technical, business]


def test_each_kind_is_answered_by_its_own_side_until_it_is_late(client, asked, chen, online_wu, at, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + MINUTE)
    technical, business = asked("technical", TEXT), asked("business", "可以延保吗？")
    client.force_login(online_wu)
    assert client.get(business.get_absolute_url()).status_code == 404 and business.number not in client.get("/questions/").content.decode()
    client.force_login(chen)
    assert "在线工程师" in client.get(technical.get_absolute_url()).content.decode(), "who plans visits reads it"
    assert client.post(technical.get_absolute_url(), {"answer": "我看可以"}).status_code == 404
    assert client.post(business.get_absolute_url(), {"answer": "可以"}).status_code == 302

    monkeypatch.setattr("django.utils.timezone.now", lambda: at + 31 * MINUTE)
    assert client.post(technical.get_absolute_url(), {"answer": "先升级引导程序"}).status_code == 302
    technical.refresh_from_db()
    assert technical.answered_by == chen


def told_by_telephone(question, at, **facts):
    said = {"question": str(question.entry_id), "answer": "兼容，先导出配置", "answered_name": "吴桐", "answered_at": visits.iso(at), "answered_how": "电话"}
    return visits.enter(question.visit, "hq_answer", said, at, live=False, **facts)


def test_an_answer_by_telephone_is_noted_without_a_network_and_confirmed_in_writing(client, asked, on_site, wang, online_wu, at):
    technical = asked("technical", TEXT)
    assert told_by_telephone(technical, at + 5 * MINUTE).state == "accepted"
    assert told("question.told") == {"wu"}
    actions.remind(at=at + 40 * MINUTE)
    assert told("question.late") == set(), "who was told does not wait"
    client.force_login(wang)
    row = client.get(f"/api/v1/visits/{on_site.number}/bundle/").json()["questions"][0]
    assert (row["answered"], row["told"]["answered_name"]) == (False, "吴桐")

    client.force_login(online_wu)
    assert "电话已答复，待确认" in client.get("/questions/").content.decode()
    page = client.get(technical.get_absolute_url())
    assert page.context["form"].initial == {"answer": "兼容，先导出配置"} and "吴桐" in page.content.decode()
    client.post(technical.get_absolute_url(), {"answer": "兼容，先导出配置"})

    technical.refresh_from_db()
    assert (technical.is_claimed, technical.answer, technical.answered_by) == (False, "兼容，先导出配置", online_wu)
    told_by_telephone(technical, at + 50 * MINUTE)
    technical.refresh_from_db()
    assert technical.told.device_at == at + 5 * MINUTE, "what stands in writing stands"


def test_an_answer_by_telephone_belongs_to_a_question_of_this_visit(asked, on_site, at):
    said = {"question": "x", "answer": "可以", "answered_name": "吴桐", "answered_at": visits.iso(at), "answered_how": "电话"}
    with pytest.raises(Refused) as refused:
        visits.enter(on_site, "hq_answer", said, at)
    assert list(refused.value.fields) == ["question"]


def test_where_nobody_has_the_role_the_next_one_is_asked(asked, online_wu):
    StaffRole.objects.filter(staff=online_wu).delete()
    asked("technical", TEXT)
    assert told("question.asked") == {"qian"}


def test_what_nobody_answers_in_time_is_loud_for_everybody_who_may_answer(client, asked, online_wu, at):
    business = asked("business", "可以延保吗？")
    assert business.due_at == at + 30 * MINUTE
    for minutes in (29, 30, 31, 90):
        actions.remind(at=at + minutes * MINUTE)
    assert told("question.late") == {"chen", "wu", "qian"} and Notice.objects.filter(code="question.late").count() == 3
    assert business in to_answer(online_wu, at + 31 * MINUTE)

    client.force_login(online_wu)
    for address in ("/", "/questions/", business.get_absolute_url()):
        assert "已超时" in client.get(address).content.decode()  # the clock of the test is long past
    actions.answer(question=business, answer="可以", by=online_wu, at=at + 40 * MINUTE)
    assert "40" in client.get(business.get_absolute_url()).content.decode()


def test_who_is_second_loses_nothing_and_reads_what_the_first_said(client, asked, techmgr_qian, online_wu, at):
    technical = asked("technical", TEXT)
    actions.answer(question=technical, answer="先升级引导程序", by=online_wu, at=at)
    client.force_login(techmgr_qian)

    page = client.post(technical.get_absolute_url(), {"answer": "请稍候，我来查"})

    assert page.status_code == 422 and "吴桐 已经答复" in page.content.decode()
    assert "请稍候，我来查" in page.content.decode() and "先升级引导程序" in page.content.decode()
    technical.refresh_from_db()
    assert (technical.answer, technical.answered_by) == ("先升级引导程序", online_wu)
