"""Entries: stored once, corrected by new ones, refused in words, kept when they cannot be refused any more."""

import datetime
import json

import pytest

from conduct.base.ids import uuid7
from tests.factories import visits
from visits.records.actions import Refused
from visits.records.models import Entry, Record

MINUTE = datetime.timedelta(minutes=1)


def post(client, visit, kind, payload, at, **facts):
    body = {"id": str(uuid7()), "kind": kind, "payload": payload, "device_at": visits.iso(at), **facts}
    return client.post(f"/api/v1/visits/{visit.number}/entries/", json.dumps(body), content_type="application/json")


def test_the_same_entry_twice_is_stored_once(client, wang, on_site, at):
    client.force_login(wang)
    same = {"id": str(uuid7())}

    first = post(client, on_site, "note", {"text": "机房温度偏高"}, at, **same)
    again = post(client, on_site, "note", {"text": "机房温度偏高"}, at, **same)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Entry.objects.filter(kind="note").count() == 1


def test_the_same_id_with_other_words_keeps_both(client, wang, on_site, at):
    client.force_login(wang)
    same = {"id": str(uuid7())}
    post(client, on_site, "note", {"text": "机房温度偏高"}, at, **same)

    response = post(client, on_site, "note", {"text": "机房温度正常"}, at, **same)

    assert response.status_code == 409
    assert set(Entry.objects.filter(kind="note").values_list("state", flat=True)) == {"accepted", "set_aside"}


def test_a_correction_replaces_without_erasing(wang, on_site, at):
    old = visits.enter(on_site, "open_point", {"text": "门锁坏"}, at)
    visits.enter(on_site, "open_point", {"text": "门锁与门把坏"}, at, corrects=old.pk)

    facts = Record.objects.get(visit=on_site).facts
    assert [row["text"] for row in facts["open_points"]] == ["门锁与门把坏"]
    assert Entry.objects.filter(pk=old.pk).exists()


def test_a_departure_before_the_arrival_is_asked_about(client, wang, on_site, at):
    visits.answer_all(on_site, "finish", at)
    client.force_login(wang)

    early = visits.iso(on_site.planned_start - 5 * MINUTE)
    response = post(client, on_site, "departed", {"departed_at": early}, at)

    assert response.status_code == 422
    assert list(response.json()["fields"]) == ["departed_at"]


def test_an_arrival_in_the_future_is_kept_once_explained(confirmed, wang, at):
    visits.answer_all(confirmed, "set_out", at)
    ahead = visits.iso(at + 30 * MINUTE)
    with pytest.raises(Refused) as refusal:
        visits.enter(confirmed, "arrived", {"arrived_at": ahead}, at)
    assert list(refusal.value.fields) == ["arrived_at"]

    visits.enter(confirmed, "arrived", {"arrived_at": ahead, "odd_time_reason": "补记"}, at)

    assert confirmed.state == "on_site"


def test_work_outside_the_scope_is_refused_with_the_way_out(on_site, at):
    visits.answer_all(on_site, "work", at)
    with pytest.raises(Refused) as refusal:
        visits.enter(on_site, "result", {"scope_item": 9, "result": "done", "action": "顺手修了打印机"}, at)
    assert "新问题" in refusal.value.fields["scope_item"][0]


def test_what_was_made_without_network_is_stored_in_any_case(on_site, at):
    kept = visits.enter(on_site, "result", {"scope_item": 9, "result": "done", "action": "离线"}, at, live=False)

    assert kept.state == "set_aside" and kept.why
    assert Record.objects.get(visit=on_site).facts["results"] == {}


@pytest.mark.parametrize("person", ["zhao", "chen", "stranger"])
def test_nobody_else_writes_into_a_record(client, request, on_site, at, person):
    client.force_login(request.getfixturevalue(person))
    assert post(client, on_site, "note", {"text": "x"}, at).status_code == 404


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"text": "长" * 4001}, "text"),
        ({}, "text"),
        ({"text": "x", "color": "red"}, "color"),
        ({"text": 7}, "text"),
    ],
)
def test_a_bad_field_is_named(client, wang, on_site, at, payload, field):
    client.force_login(wang)
    response = post(client, on_site, "note", payload, at)
    assert response.status_code == 422
    assert field in response.json()["fields"]


def test_a_question_reaches_headquarters_and_its_answer_the_engineer(client, wang, online_wu, on_site, at):
    visits.enter(on_site, "question", {"question_kind": "technical", "text": "固件兼容吗？"}, at)
    question = on_site.site_questions.get()
    client.force_login(online_wu)
    client.post(question.get_absolute_url(), {"answer": "兼容"})

    client.force_login(wang)
    bundle = client.get(f"/api/v1/visits/{on_site.number}/bundle/").json()
    (told,) = bundle["questions"]
    assert (told["number"], told["text"], told["answer"], told["answered_by"]) == (question.number, "固件兼容吗？", "兼容", online_wu.name)
    assert told["answered"] and told["asked_at"] < told["due_at"]
