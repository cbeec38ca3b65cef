"""One visit's page: what most visits have none of is read only where there is some, and is shown there."""

import datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conduct.customers.models import Site
from tests.factories import visits
from visits.escalations import actions as escalations
from visits.handwriting.models import Hint
from visits.remote import actions as remote

HOUR = datetime.timedelta(hours=1)
HELP = {"wanted": "请远程复查日志", "means": "telephone", "contact": "李喆 025-5566"}


def test_a_question_remote_help_and_a_likeness_are_shown_where_there_are_some(client, house, chen, wang, online_wu, at):
    plain, _sign_off = visits.signed(chen, at, wang.engineer)
    told = visits.on_site(chen, at, wang.engineer, work=visits.order(chen, at, plain.order.site), start=plain.planned_end)
    visits.enter(told, "question", {"question_kind": "technical", "text": "固件兼容吗？"}, told.planned_start)
    escalations.answer(question=told.site_questions.get(), answer="先升级引导程序", by=online_wu, at=told.planned_start)
    client.force_login(chen)
    client.get(plain.get_absolute_url())  # the session remembers what is asked once

    with CaptureQueriesContext(connection) as before:
        text = client.get(plain.get_absolute_url()).content.decode()
    assert "请远程复查日志" not in text and "相似" not in text
    assert "先升级引导程序" in client.get(told.get_absolute_url()).content.decode()

    remote.hand_over(visit=plain, by=wang, at=at, **HELP)
    Hint.objects.create(sign_off=plain.sign_offs.get(), percent=84)
    with CaptureQueriesContext(connection) as after:
        text = client.get(plain.get_absolute_url()).content.decode()
    assert "请远程复查日志" in text and "相似度 84%" in text and len(after) == len(before) + 2


def test_a_visit_of_several_days_stands_under_today_until_its_last_and_names_that(client, house, chen, wang):
    now = timezone.now()
    begun = now - 26 * HOUR
    visit = visits.confirmed(chen, begun - HOUR, wang.engineer, start=begun, hours=72)
    Site.objects.update(time_zone="Europe/Paris")
    client.force_login(chen)

    here, there = (visit.planned_end.astimezone(ZoneInfo(zone)) for zone in ("Asia/Shanghai", "Europe/Paris"))
    today = client.get("/")
    assert [row.number for row in today.context["sections"]["dispatcher"]["today"]] == [visit.number] and f"–{here:%m-%d %H:%M}" in today.content.decode()
    for page in ("/visits/", visit.get_absolute_url()):
        text = client.get(page).content.decode()
        assert f"–{here:%Y-%m-%d %H:%M}" in text and f"–{there:%Y-%m-%d %H:%M}" in text
