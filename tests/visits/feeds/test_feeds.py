"""Visits in a calendar program: at the right moment anywhere, only what the owner may see, until the address is revoked."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from conduct.customers.models import Site
from tests.factories import visits
from visits.feeds.actions import open_feed
from visits.feeds.models import Feed
from visits.schedule import actions as schedule

HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def now(monkeypatch, at):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)


def events(client, secret):
    response = client.get(f"/feeds/{secret}.ics")
    assert response.status_code == 200 and response["Content-Type"].startswith("text/calendar")
    return {str(event["uid"]).partition("@")[0]: event for event in Calendar.from_ical(response.content).walk("VEVENT")}


def test_an_engineer_reads_own_visits(client, house, chen, wang, zhao, at):
    place = visits.site()
    asked = visits.proposed(chen, at, wang.engineer, work=visits.order(chen, at, place))
    real = visits.confirmed(chen, at, wang.engineer, work=visits.order(chen, at, place), start=at + 24 * HOUR)
    visits.planned(chen, at, wang.engineer, work=visits.order(chen, at, place), start=at + 48 * HOUR)
    visits.confirmed(chen, at, zhao.engineer, work=visits.order(chen, at, place))
    _feed, secret = open_feed(engineer=wang.engineer, name="手机", by=wang, at=at)

    found = events(client, secret)

    assert {number: str(event["status"]) for number, event in found.items()} == {asked.number: "TENTATIVE", real.number: "CONFIRMED"}
    assert str(found[real.number]["summary"]) == "南京市第一中学 · 本部机房"
    assert "025-84421234" not in client.get(f"/feeds/{secret}.ics").content.decode()


@pytest.mark.parametrize(
    ("zone", "moment", "wall", "offset"),
    [
        ("Asia/Shanghai", "2026-11-25T01:00+00:00", "2026-11-25 09:00", 8),
        ("Europe/Paris", "2027-03-27T08:00+00:00", "2027-03-27 09:00", 1),
        ("Europe/Paris", "2027-03-28T07:00+00:00", "2027-03-28 09:00", 2),
        ("America/New_York", "2027-03-14T13:00+00:00", "2027-03-14 09:00", -4),
    ],
)
def test_times_are_those_of_the_site_across_daylight_saving(client, house, chen, wang, at, zone, moment, wall, offset):
    Site.objects.filter(pk=visits.site().pk).update(time_zone=zone)
    start = datetime.datetime.fromisoformat(moment)
    visit = visits.confirmed(chen, at, wang.engineer, work=visits.order(chen, at, Site.objects.get()), start=start)
    _feed, secret = open_feed(engineer=wang.engineer, name="手机", by=wang, at=at)

    event = events(client, secret)[visit.number]

    assert f"{event['dtstart'].dt:%Y-%m-%d %H:%M}" == wall and event["dtstart"].params["TZID"] == zone
    assert event["dtstart"].dt.utcoffset() == offset * HOUR and event["dtstart"].dt.astimezone(ZoneInfo("UTC")) == start
    raw = client.get(f"/feeds/{secret}.ics").content.decode()
    assert "BEGIN:VTIMEZONE" in raw and f"DTSTART;TZID={zone}:{start.astimezone(ZoneInfo(zone)):%Y%m%dT%H%M%S}\r\n" in raw


def test_a_moved_visit_is_a_later_version_and_a_cancelled_one_is_gone(client, house, chen, wang, at):
    visit = visits.proposed(chen, at, wang.engineer)
    _feed, secret = open_feed(engineer=None, name="大屏", by=chen, at=at)
    before = events(client, secret)[visit.number]
    visit = schedule.Visit.objects.get()
    schedule.counter(visit=visit, counter_start=at + 30 * HOUR, counter_end=at + 32 * HOUR, by=wang, at=at)
    schedule.accept_counter(visit=visit, by=chen, at=at + HOUR)

    after = events(client, secret)[visit.number]
    assert after["sequence"] > before["sequence"] and after["dtstamp"].dt > before["dtstamp"].dt
    assert str(after["summary"]).startswith("王磊 · ")
    schedule.cancel(visit=visit, cancel_reason="客户取消", by=chen, at=at)
    assert events(client, secret) == {}


def test_who_left_or_revoked_reads_nothing(client, house, chen, wang, at):
    _feed, secret = open_feed(engineer=None, name="大屏", by=chen, at=at)
    chen.is_active = False
    chen.save()
    assert client.get(f"/feeds/{secret}.ics").status_code == 404
    chen.is_active = True
    chen.save()
    client.force_login(wang)
    assert client.post(f"/feeds/{Feed.objects.get().pk}/revoke/").status_code == 404
    client.force_login(chen)
    client.post(f"/feeds/{Feed.objects.get().pk}/revoke/")
    assert client.get(f"/feeds/{secret}.ics").status_code == client.get("/feeds/nothing.ics").status_code == 404


def test_an_engineer_who_owns_a_feed_of_everybody_sees_only_own_visits(client, house, chen, wang, zhao, at):
    visits.confirmed(chen, at, zhao.engineer)
    _feed, secret = open_feed(engineer=None, name="大屏", by=wang, at=at)

    assert events(client, secret) == {}


def test_the_address_is_shown_once_and_kept_as_a_hash(client, house, chen, wang):
    client.force_login(wang)
    assert client.post("/feeds/", {"name": "手机", "engineer": ""}).status_code == 422
    page = client.post("/feeds/", {"name": "手机", "engineer": wang.engineer.pk})
    address = page.context["address"]

    assert address in page.content.decode() and address not in client.get("/feeds/").content.decode()
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(secret) == 43 and secret not in str(Feed.objects.values().get())
    assert client.get(f"/feeds/{secret}.ics").status_code == 200
