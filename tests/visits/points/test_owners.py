"""First asked owns it until closed; what nobody dealt with or reported on its day is loud for its owner and the dispatchers."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from conduct.base.errors import ForbiddenMove
from conduct.notices.models import Notice
from conduct.trail.models import Event
from tests.factories import visits
from visits.escalations import actions as escalations
from visits.points import actions
from visits.points.models import Point

HOUR = datetime.timedelta(hours=1)
TEXT, LOUD = "加装一个插座", "当日未处理"


@pytest.fixture
def asked(on_site):
    visits.enter(on_site, "request", {"text": TEXT}, on_site.planned_start)
    return on_site.points.get()


def told(code):
    return list(Notice.objects.filter(code=code).order_by("pk").values_list("to__username", flat=True))


def test_whoever_was_asked_first_owns_it_until_somebody_takes_it_over(client, asked, on_site, chen, wang, online_wu, at):
    assert (asked.owner, asked.state) == (wang, "open")
    client.force_login(wang)
    assert TEXT in client.get(on_site.get_absolute_url()).content.decode()
    assert client.post(f"{asked.get_absolute_url()}hand-on/", {"owner": "wu"}).status_code == 404
    client.force_login(chen)
    client.post(f"{asked.get_absolute_url()}hand-on/", {"owner": online_wu.username})

    asked.refresh_from_db()
    assert (asked.owner, asked.state, told("point.yours")) == (online_wu, "reported", [online_wu.username])
    assert Event.objects.get(verb="point.handed_on").data["before"] == "wang"
    client.force_login(online_wu)
    assert client.post(f"{asked.get_absolute_url()}close/", {"close-how": ""}).status_code == 422
    client.post(f"{asked.get_absolute_url()}close/", {"close-how": "已列入下次巡检"})
    assert "已列入下次巡检" in client.get("/points/?show=all").content.decode() and TEXT not in client.get("/points/").content.decode()


def test_in_the_evening_wang_hears_once_of_all_that_is_left(asked, on_site, wang, chen):
    start = on_site.planned_start
    visits.enter(on_site, "open_point", {"text": "风扇异响"}, start + HOUR)
    visits.enter(on_site, "question", {"question_kind": "technical", "text": "固件兼容吗？"}, start + HOUR)
    seven = start.replace(hour=19, minute=0)
    for moment in (seven - HOUR, seven, seven + HOUR, seven + 24 * HOUR):
        actions.remind(at=moment)

    assert told("point.evening") == ["wang"]
    assert Notice.objects.get(code="point.evening").facts["count"] == 2  # a question is reported by being asked


def test_the_evening_is_the_sites(asked, on_site, wang):
    Point.objects.all().delete()
    on_site.order.site.time_zone = "Europe/Berlin"
    on_site.order.site.save()
    visits.enter(on_site, "request", {"text": TEXT}, on_site.planned_start + HOUR)
    berlin = on_site.planned_start.astimezone(ZoneInfo("Europe/Berlin")).replace(hour=19, minute=0)

    actions.remind(at=berlin - HOUR)
    assert told("point.evening") == []
    actions.remind(at=berlin)
    assert told("point.evening") == ["wang"]


def test_what_nobody_dealt_with_is_loud_for_its_owner_and_the_dispatcher_until_it_is_reported(client, asked, chen, wang, zhao):
    for person, seen in ((wang, True), (chen, True), (zhao, False)):
        client.force_login(person)
        assert (LOUD in client.get("/").content.decode()) is seen

    client.force_login(wang)
    client.post(f"{asked.get_absolute_url()}report/", {"report-how": "电话告知陈静"})
    assert LOUD not in client.get("/").content.decode() and "电话告知陈静" in client.get("/points/").content.decode()
    with pytest.raises(ForbiddenMove):
        actions.report(point=Point.objects.get(pk=asked.pk), how="…", by=chen, at=asked.raised_at)


def test_a_ticket_reports_it_an_answer_closes_it_a_withdrawal_ends_it(asked, on_site, chen, online_wu, wang):
    at = on_site.planned_start
    point = visits.enter(on_site, "open_point", {"text": "风扇异响"}, at + HOUR)
    ticket = actions.raise_ticket(entry=point, equipment=on_site.order.equipment.get(), fault="风扇", disturbance="slight", by=chen, at=at + HOUR)
    visits.enter(on_site, "question", {"question_kind": "business", "text": "可以延保吗？"}, at + HOUR)
    escalations.answer(question=on_site.site_questions.get(), answer="可以，客服代表会联系", by=online_wu, at=at + HOUR)
    corrected = visits.enter(on_site, "request", {"text": "加装两个插座"}, at + HOUR, corrects=asked.entry_id)
    asked.refresh_from_db()
    assert (asked.text, asked.state, Point.objects.count()) == ("加装两个插座", "open", 3)
    visits.enter(on_site, "withdraw", {}, at + HOUR, corrects=corrected.pk)

    rows = {row.kind: (row.state, row.reported_how or row.closed_how) for row in Point.objects.all()}
    assert rows == {"request": ("withdrawn", ""), "open_point": ("reported", ticket.number), "question": ("closed", "可以，客服代表会联系")}
