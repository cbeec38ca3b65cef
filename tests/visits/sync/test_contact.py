"""A laptop calls: it is known from then on, gets what it needs to work without a network, and is told what has arrived."""

import datetime

import pytest

from conduct.devices.models import Device
from tests.factories import visits
from visits.sync.models import Announcement, Readiness

from .laptop import Laptop, sha256_of
from .pictures import jpeg

DAY = datetime.timedelta(days=1)


def test_the_first_call_makes_the_laptop_known_and_the_next_renews_its_lease(laptop, confirmed, at, server_time):
    server_time(at)
    answer = laptop.contact(at).json()
    server_time(at + 3 * DAY)
    laptop.contact(at + 3 * DAY)

    device = Device.objects.get()
    assert answer["device_state"] == "active" and answer["visits"] == [confirmed.number]
    assert datetime.datetime.fromisoformat(answer["lease_until"]) == at + 14 * DAY
    assert device.lease_until == at + 17 * DAY


@pytest.mark.parametrize(("minutes", "offset"), [(0, 0), (5, -300_000), (-5, 300_000)])
def test_the_distance_of_the_clocks_is_noted(laptop, confirmed, at, server_time, minutes, offset):
    server_time(at)
    laptop.contact(at + datetime.timedelta(minutes=minutes))
    assert Device.objects.get().clock_offset_ms == offset


def test_two_nonces_for_each_visit_are_issued_once(laptop, confirmed, at):
    laptop.contact(at)
    first = laptop.get(f"/api/v1/visits/{confirmed.number}/bundle/").json()["signing"]
    laptop.contact(at)
    again = laptop.get(f"/api/v1/visits/{confirmed.number}/bundle/").json()["signing"]

    assert len(first["nonces"]) == 2
    assert first == again and first["version"] == 1 and first["edition"] == "1"


def test_what_is_announced_waits_until_it_has_arrived(laptop, on_site, at):
    note = laptop.entry(on_site, "note", {"text": "机房温度偏高"}, at)
    held = [laptop.held(note, visit=on_site, at=at, sha256=sha256_of(on_site, note))]

    assert laptop.contact(at, held=held).json()["received"] == []
    assert Announcement.objects.get().arrived_at is None
    laptop.send(on_site, note)

    assert laptop.contact(at, held=held).json()["received"] == [note["id"]]
    assert Announcement.objects.get().arrived_at


def test_other_bytes_under_the_same_id_have_not_arrived(laptop, on_site, at):
    note = laptop.entry(on_site, "note", {"text": "机房温度偏高"}, at)
    laptop.send(on_site, note)

    held = [laptop.held(note, visit=on_site, at=at, sha256="f" * 64)]

    assert laptop.contact(at, held=held).json()["received"] == []


def test_what_a_laptop_lost_is_told_to_its_engineer(laptop, on_site, at):
    note = laptop.entry(on_site, "note", {"text": "机房温度偏高"}, at)
    laptop.contact(at, held=[laptop.held(note, visit=on_site, at=at)])

    answer = laptop.contact(at, held=[]).json()

    assert [row["id"] for row in answer["missing"]] == [note["id"]]
    assert Announcement.objects.get().gone_at


def test_ready_to_leave_is_told_to_headquarters_and_no_other_laptop_overrules_it(laptop, second_laptop, confirmed, at):
    ready = {"visit": confirmed.number, "at": at.isoformat(), "state": "ready", "missing": []}
    laptop.contact(at, ready=[ready])
    second_laptop.contact(at, ready=[ready | {"state": "missing", "missing": ["photos"]}])
    assert Readiness.objects.get().state == "ready"

    laptop.contact(at, ready=[ready | {"state": "missing", "missing": ["space"]}])
    assert Readiness.objects.get().missing == ["space"]


def test_the_laptop_of_somebody_else_stays_that(laptop, client, zhao, confirmed, at):
    laptop.contact(at)
    other = Laptop(client, zhao)
    other.id = laptop.id
    assert other.contact(at).status_code == 409


def test_without_a_session_a_laptop_learns_its_state_and_nothing_else(laptop, confirmed, at):
    laptop.contact(at)
    laptop.client.logout()

    response = laptop.contact(at)

    assert response.status_code == 401
    assert set(response.json()) == {"message", "device_state"} and response.json()["device_state"] == "active"


@pytest.mark.parametrize("spoil", [{"device": "x"}, {"device_time": "soon"}, {"held": [{"id": "1"}]}, {"ready": "yes"}])
def test_a_call_that_is_not_well_formed_says_where(laptop, confirmed, at, spoil):
    response = laptop.contact(at, **spoil)
    assert response.status_code == 422 and set(response.json()["fields"]) == set(spoil)


def test_a_call_with_bytes_that_no_database_keeps_is_turned_away(laptop, confirmed, at):
    for spoilt in ({"name": "a\0"}, {"signing": "\ud800"}, {"\0": 1}):
        assert laptop.contact(at, **spoilt).status_code == 400


def test_photos_of_earlier_visits_come_along_and_open_for_this_visits_engineer(laptop, chen, wang, on_site, at):
    photo = visits.photo(on_site, jpeg(), at, caption="机柜正面")
    later = visits.confirmed(chen, at, wang.engineer, work=on_site.order, start=at + DAY)

    earlier = laptop.get(f"/api/v1/visits/{later.number}/bundle/").json()["earlier"]

    assert [(row["visit"], row["photos"][0]["caption"]) for row in earlier] == [(on_site.number, "机柜正面")]
    assert laptop.get(earlier[0]["photos"][0]["url"]).status_code == 200
    assert laptop.get(f"/api/v1/visits/{on_site.number}/earlier/{photo}/").status_code == 404


def test_a_laptop_that_a_customer_holds_is_good_for_nothing_else(laptop, finished, at):
    """Handed over without a network; the network comes back before the engineer does."""
    assert laptop.contact(at, signing=finished.number).json()["signing"] == finished.number

    assert laptop.get("/visits/").status_code == 403
    assert laptop.contact(at).json()["visits"] == [finished.number]


def test_nobody_hands_over_what_is_not_theirs(laptop, at):
    assert laptop.contact(at, signing="V-2026-000099").json()["signing"] == ""
    assert laptop.get("/visits/").status_code == 200


def test_a_bundle_that_is_still_the_same_is_not_sent_again(laptop, on_site, at):
    laptop.contact(at)
    path = f"/api/v1/visits/{on_site.number}/bundle/"
    first = laptop.get(path)
    again = laptop.client.get(path, headers={"X-Device": laptop.id, "If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])

    laptop.send(on_site, laptop.entry(on_site, "note", {"text": "x"}, at))
    changed = laptop.client.get(path, headers={"X-Device": laptop.id, "If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]
