"""What is sealed to headquarters' key: opened there only, stored as if its author had posted it, twice without harm."""

import base64
import io
import json
import uuid

import pytest
from django.conf import settings
from django.test import Client

from conduct.devices import actions as devices
from conduct.devices.models import Device
from tests.factories import visits
from visits.records.models import Entry, EntryFile
from visits.signoff.models import SignOff
from visits.sync import keys
from visits.sync.envelope import FILE_FORMAT, Unopened, open_envelope, seal
from visits.sync.models import Announcement

from .laptop import sha256_of, sha256_of_bytes
from .pictures import jpeg
from .test_packages import LATER


def opener():
    return keys.opener(settings.KEYS_DIR)


def test_only_headquarters_opens_it(at):
    key = keys.public_key(settings.KEYS_DIR, at=at)
    envelope = seal({"text": "机房"}, key_id=key["id"], public_jwk=key["jwk"])

    assert "机房" not in json.dumps(envelope, ensure_ascii=False)
    assert open_envelope(envelope, opener()) == {"text": "机房"}


def test_after_a_rotation_old_envelopes_still_open_and_the_key_is_the_servers_alone(at):
    old = keys.public_key(settings.KEYS_DIR, at=at)
    envelope = seal({"n": 1}, key_id=old["id"], public_jwk=old["jwk"])
    new = keys.make_key(settings.KEYS_DIR, at=at + LATER)

    assert keys.public_key(settings.KEYS_DIR, at=at)["id"] == new
    assert open_envelope(envelope, opener()) == {"n": 1}
    files = list((settings.KEYS_DIR / keys.FOLDER).iterdir())
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600} and len(files) == 2


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ({"data": base64.b64encode(b"x" * 40).decode()}, "broken"), ({"salt": base64.b64encode(b"y" * 16).decode()}, "broken"),
        ({"key": "hq-20200101T000000-00000000"}, "key"), ({"key": "../../secret_key"}, "key"), ({"format": "other"}, "format"),
        ({"epk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}}, "format"), ({"epk": None}, "format"), ({"iv": "%"}, "format"),
        ({"iv": ""}, "broken"),
    ],
)  # fmt: skip
def test_what_was_tampered_with_does_not_open(at, spoil, code):
    key = keys.public_key(settings.KEYS_DIR, at=at)
    with pytest.raises(Unopened) as error:
        open_envelope(seal({"n": 1}, key_id=key["id"], public_jwk=key["jwk"]) | spoil, opener())
    assert error.value.code == code


def blob(data):
    return {
        "id": str(uuid.uuid4()), "name": "机柜.jpg", "type": "image/jpeg", "sha256": sha256_of_bytes(data),
        "data": base64.b64encode(data).decode(),
    }  # fmt: skip


def test_a_revoked_laptop_delivers_what_is_sealed_and_then_forgets(laptop, chen, finished, at):
    laptop.contact(at)
    visits.enter(finished, "step", {"step": "work"}, at)
    note = laptop.entry(finished, "note", {"text": "离线补充"}, at)
    envelope = laptop.sealed("entry", finished, note)
    held = [laptop.held(note, visit=finished, at=at, sha256=sha256_of(finished, note))]
    laptop.contact(at, held=held)
    devices.revoke(device=Device.objects.get(), by=chen, at=at)

    assert laptop.contact(at).json()["device_state"] == "revoked"  # its session is gone
    laptop.client.force_login(laptop.owner)
    assert laptop.send(finished, note).status_code == 403
    assert "Clear-Site-Data" not in laptop.contact(at, held=held).headers
    first, again = laptop.post("/api/v1/sync/sealed/", envelope), laptop.post("/api/v1/sync/sealed/", envelope)
    last = laptop.contact(at, held=held)

    assert first.json() == again.json()
    assert [(row["type"], row["sha256"]) for row in first.json()["receipts"]] == [("entry", sha256_of(finished, note))]
    assert last.json()["received"] == [note["id"]] and last.json()["visits"] == []
    assert last.headers["Clear-Site-Data"] == '"storage"'


def test_a_photos_name_with_a_zero_byte_is_kept_without_it(laptop, on_site, at):
    laptop.contact(at)
    for spoilt in ({"name": "a\0.jpg"}, {"type": "image/\0jpeg"}, {"name": "\ud800.jpg"}):
        envelope = laptop.sealed("blob", on_site, blob(jpeg()) | spoilt)
        assert len(laptop.post("/api/v1/sync/sealed/", {"items": [envelope]}).json()["receipts"]) == 1


def test_nobody_delivers_in_the_name_of_somebody_else(laptop, zhao, on_site, at):
    laptop.contact(at)
    envelope = laptop.sealed("entry", on_site, laptop.entry(on_site, "note", {"text": "x"}, at))
    laptop.client.force_login(zhao)
    assert laptop.post("/api/v1/sync/sealed/", envelope).status_code == 422
    laptop.client.logout()
    assert laptop.post("/api/v1/sync/sealed/", envelope).status_code == 403


@pytest.fixture
def stick(laptop, finished, at):
    """A USB stick with the file that Wang's laptop saved: two photos, an entry of each, and the signature over all of it."""
    laptop.contact(at)
    photo = blob(jpeg())
    visits.enter(finished, "step", {"step": "work"}, at)
    entries = [
        laptop.entry(finished, "photo", {"caption": "机柜", "file": photo["id"]}, at + LATER),
        laptop.entry(finished, "departed", {"departed_at": visits.iso(finished.planned_start + LATER / 2)}, at + LATER),
    ]
    items = [laptop.sealed("blob", finished, photo), *(laptop.sealed("entry", finished, row) for row in entries)]
    return {"format": FILE_FORMAT, "device": laptop.id, "items": items}


def bring(client, document):
    file = io.BytesIO(document if isinstance(document, bytes) else json.dumps(document).encode())
    file.name = "laptop.fsv"
    return client.post("/sync/import/", {"file": file})


def test_a_dispatcher_imports_the_file_twice_without_harm(laptop, stick, chen, finished, at):
    client = Client()
    client.force_login(chen)
    for _time in range(2):
        response = bring(client, stick)
        assert [row["problem"] for row in response.context["rows"]] == ["", "", ""]

    finished.refresh_from_db()
    assert EntryFile.objects.count() == 1 and Entry.objects.filter(kind__in=["photo", "departed"], state="accepted").count() == 3
    assert {entry.author for entry in Entry.objects.filter(kind="photo")} == {laptop.owner}
    package = laptop.package(finished, at + LATER)
    stick["items"].append(laptop.sealed("package", finished, package))
    bring(client, stick)
    assert SignOff.objects.get().marks == [] and SignOff.objects.get().by == laptop.owner


def test_one_bad_item_does_not_stop_the_rest(laptop, stick, chen, finished, at):
    strange = laptop.entry(finished, "note", {"text": "x"}, at)
    stick["items"][1:1] = [{"format": "x"}, 7, laptop.sealed("telegram", finished, strange)]
    client = Client()
    client.force_login(chen)

    rows = bring(client, stick).context["rows"]

    assert [bool(row["problem"]) for row in rows] == [False, True, True, True, False, False]


@pytest.mark.parametrize("document", [b"\xff\xd8", b"[1, 2]", b'{"items": 7}', b"null"])
def test_a_file_that_is_none_of_ours_is_told_beside_the_field(client, chen, document):
    client.force_login(chen)
    response = bring(client, document)
    assert response.status_code == 200 and response.context["form"].errors


def test_what_was_announced_has_arrived_by_the_stick(laptop, stick, chen, finished, at):
    row = Announcement.objects.create(
        device_id=laptop.id, item_id=open_envelope(stick["items"][0], opener())["id"], type="blob", visit=finished, first_at=at, last_at=at
    )
    client = Client()
    client.force_login(chen)
    bring(client, stick)
    row.refresh_from_db()
    assert row.arrived_at
