"""A photo comes in pieces: in order, resumable, checked by the hash of the whole, stored once."""

import uuid

import pytest

from conduct.files import pieces
from visits.records.models import EntryFile

from .laptop import sha256_of_bytes
from .pictures import jpeg

THIRD = 20_000


@pytest.fixture
def photo():
    data = jpeg(640, 400)
    return {"data": data, "sha256": sha256_of_bytes(data), "total": len(data), "id": str(uuid.uuid4())}


def send(laptop, visit, photo, start, end, **facts):
    facts = {"offset": start, "total": photo["total"], "sha256": photo["sha256"]} | facts
    return laptop.piece(visit, photo["id"], photo["data"][start:end], **facts)


def test_the_last_piece_makes_it_a_file_of_the_visit(laptop, on_site, photo):
    first = send(laptop, on_site, photo, 0, THIRD)
    last = send(laptop, on_site, photo, THIRD, None)

    assert (first.status_code, last.status_code) == (200, 201)
    assert first.json()["receipt"]["received"] == THIRD and not first.json()["receipt"]["complete"]
    assert last.json()["receipt"]["complete"] and last.json()["receipt"]["sha256"] == photo["sha256"]
    assert EntryFile.objects.get(pk=photo["id"]).sent_sha256 == photo["sha256"]


def test_after_a_break_the_server_says_where_to_go_on(laptop, on_site, photo):
    send(laptop, on_site, photo, 0, THIRD)

    wrong = send(laptop, on_site, photo, THIRD + 1, None)
    asked = laptop.get(f"/api/v1/visits/{on_site.number}/blobs/{photo['id']}/")

    assert (wrong.status_code, wrong.json()["received"]) == (409, THIRD)
    assert asked.json()["receipt"]["received"] == THIRD


def test_a_piece_sent_twice_does_no_harm(laptop, on_site, photo):
    send(laptop, on_site, photo, 0, THIRD)
    assert send(laptop, on_site, photo, 0, THIRD).status_code == 409
    assert send(laptop, on_site, photo, THIRD, None).status_code == 201
    assert send(laptop, on_site, photo, THIRD, None).status_code == 200
    assert EntryFile.objects.count() == 1


def test_another_hash_than_announced_drops_the_pieces(laptop, on_site, photo):
    wrong = {"sha256": "f" * 64}
    send(laptop, on_site, photo, 0, THIRD, **wrong)
    response = send(laptop, on_site, photo, THIRD, None, **wrong)

    assert (response.status_code, response.json()["received"], response.json()["again"]) == (422, 0, True)
    assert pieces.length(photo["id"]) == 0 and not EntryFile.objects.exists()
    assert send(laptop, on_site, photo, 0, None, **wrong).status_code == 422


def test_pieces_that_the_disk_lost_are_asked_for_again(laptop, on_site, photo):
    send(laptop, on_site, photo, 0, THIRD)
    pieces.drop(photo["id"])

    response = send(laptop, on_site, photo, THIRD, None)

    assert (response.status_code, response.json()["received"]) == (409, 0)
    assert send(laptop, on_site, photo, 0, None).status_code == 201


@pytest.mark.parametrize(
    ("facts", "status"),
    [({"total": 21 * 1024 * 1024}, 413), ({"total": 0}, 422), ({"sha256": "x"}, 422), ({"offset": -1}, 422), ({"total": 100}, 409)],
)
def test_bad_pieces_are_told_so(laptop, on_site, photo, facts, status):
    assert send(laptop, on_site, photo, 0, THIRD, **facts).status_code == status


def test_a_piece_holds_at_most_one_mebibyte(laptop, on_site, photo):
    data = b"x" * (1024 * 1024 + 1)
    facts = {"offset": 0, "total": len(data), "sha256": sha256_of_bytes(data)}
    assert laptop.piece(on_site, photo["id"], data, **facts).status_code == 413


def test_what_is_no_picture_is_refused_in_words(laptop, on_site):
    data = b"#!/bin/sh"
    response = laptop.piece(on_site, uuid.uuid4(), data, offset=0, total=len(data), sha256=sha256_of_bytes(data))
    assert response.status_code == 422 and response.json()["message"]


def test_the_statement_names_the_hash_that_the_laptop_knows(laptop, finished, at, photo):
    from tests.factories import visits
    from visits.signoff.queries import statement_like

    visits.enter(finished, "step", {"step": "work"}, at)
    send(laptop, finished, photo, 0, None)
    entry = laptop.entry(finished, "photo", {"caption": "机柜", "file": photo["id"]}, at)
    laptop.send(finished, entry)

    statement = statement_like(finished, {"language": "zh-hans", "nonce": "", "version": 1, "previous_sha256": None})
    assert statement["photos"] == [{"caption": "机柜", "sha256": photo["sha256"]}]
