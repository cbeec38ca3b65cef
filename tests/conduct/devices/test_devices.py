"""A laptop that works without a network: known, trusted for two weeks, revoked when its person's access ends."""

import datetime
import uuid

import pytest

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.devices import actions
from conduct.devices.models import Device
from conduct.devices.states import TRANSITIONS, DeviceState
from conduct.people import actions as people
from conduct.people.access import Role
from conduct.trail.models import Event

DAY = datetime.timedelta(days=1)


@pytest.fixture
def thinkpad(wang, at):
    return actions.greet(device_id=uuid.uuid4(), staff=wang, name="ThinkPad", at=at)


@pytest.mark.parametrize(("here", "to"), [(here, to) for here in DeviceState for to in DeviceState if here != to])
def test_the_moves_of_a_laptop(here, to):
    allowed = {("active", "revoked"), ("active", "wipe"), ("revoked", "wipe")}
    assert (to in TRANSITIONS[here]) is ((here.value, to.value) in allowed)


def test_a_revoked_laptop_gets_no_lease_and_loses_its_session(client, chen, wang, thinkpad, at):
    client.force_login(wang)
    actions.greet(device_id=thinkpad.pk, staff=wang, session_key=client.session.session_key, at=at)
    actions.revoke(device=Device.objects.get(), by=chen, at=at + DAY)
    actions.greet(device_id=thinkpad.pk, staff=wang, at=at + 2 * DAY)

    thinkpad.refresh_from_db()
    assert (thinkpad.state, thinkpad.lease_until, thinkpad.ended_by) == ("revoked", at + DAY, chen)
    assert client.get("/me/").status_code == 302
    with pytest.raises(ForbiddenMove):
        actions.revoke(device=thinkpad, by=chen, at=at)


def test_to_wipe_is_on_the_trail_with_what_is_lost(wang, thinkpad, at):
    actions.wipe(device=thinkpad, lost=["entry V-2026-000001"], by=wang, at=at)
    event = Event.objects.get(verb="device.wipe")
    assert event.data["lost"] == ["entry V-2026-000001"] and event.by_name == "王磊"


@pytest.mark.parametrize(
    ("change", "ending"),
    [
        ({"roles": [Role.ENGINEER], "password": "a new long password"}, "password"),
        ({"roles": [Role.DISPATCHER]}, "role"),
        ({"roles": [Role.ENGINEER], "is_active": False}, "left"),
        ({"roles": [Role.ENGINEER, Role.DISPATCHER]}, ""),
    ],
)
def test_when_access_ends_so_does_the_laptop(admin_zhou, wang, thinkpad, at, change, ending):
    wang.is_active = change.pop("is_active", True)
    people.save_staff(staff=wang, by=admin_zhou, at=at, **change)
    thinkpad.refresh_from_db()
    assert thinkpad.ending == ending


def test_a_password_of_ones_own_asks_for_a_new_passphrase_only(client, wang, thinkpad):
    client.force_login(wang)
    old, new = "correct horse battery", "another horse battery"
    wang.set_password(old)
    wang.save()
    client.force_login(wang)

    client.post("/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": new})

    thinkpad.refresh_from_db()
    assert (thinkpad.state, thinkpad.passphrase_epoch) == ("active", 1)


def test_an_id_belongs_to_one_person(zhao, thinkpad, at):
    with pytest.raises(DomainError):
        actions.greet(device_id=thinkpad.pk, staff=zhao, at=at)


@pytest.mark.parametrize(("path", "status"), [("/api/v1/visits/V-1/bundle/", 403), ("/api/v1/sync/receipts/", 200)])
def test_a_revoked_laptop_may_only_deliver(client, wang, chen, thinkpad, at, path, status):
    actions.revoke(device=thinkpad, by=chen, at=at)
    client.force_login(wang)
    response = client.get(path, headers={"X-Device": str(thinkpad.pk)})
    assert response.status_code == status
    if status == 403:
        assert response.json()["device_state"] == "revoked"
