"""A training: what was taught, who was there and signed, how each was assessed; the sheet is part of what the customer signs."""

import datetime

import pytest

from conduct.base.errors import DomainError
from conduct.base.strokes import PACKED, unpacked
from tests.factories import visits
from tests.factories.changes import answer_gates, paper_on_site
from visits.papers.models import Paper
from visits.papers.queries import input_of
from visits.papers.render import html_of
from visits.records.actions import Refused
from visits.records.erasing import erase_entries
from visits.records.queries import lacking_before_sign
from visits.signoff import actions as signoff
from visits.signoff.difference_words import in_words
from visits.signoff.queries import statement_like
from visits.signoff.statement import changes

MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)
INK = "300 120 M20 60 8 -6 9 4 8 -3 M80 40 12 22 -6 10"


@pytest.fixture
def arrived(house, chen, wang, at):
    """Wang is on site to train, and everything that is asked is answered."""
    visit = visits.on_site(chen, at, wang.engineer, work=visits.order(chen, at, traits=["training"], scope=["管理员操作培训"]), hours=4)
    visits.answer_all(visit, "work", visit.planned_start)
    for step in ("start_training", "end_training"):
        answer_gates(visit, step, visit.planned_start)
    return visit


@pytest.fixture
def room(arrived):
    """… and the training has begun."""
    visits.enter(arrived, "step", {"step": "start_training"}, arrived.planned_start)
    return arrived


def taught(visit, since, until, content="用户与权限管理"):
    told = {"content": content, "started_at": visits.iso(since), "ended_at": visits.iso(until)}
    return visits.enter(visit, "training", told, until)


def came(visit, at, name="周建国", unit="教务处", signature=INK, **facts):
    return visits.enter(visit, "attendee", {"name": name, "unit": unit, "signature": signature}, at, **facts)


def assess(visit, attendee, at, result="passed", score=92, **facts):
    told = {"attendee": str(attendee.pk), "result": result, "score": score, "remark": ""}
    return visits.enter(visit, "assessment", told, at, **facts)


def sheet_of(visit):
    return statement_like(visit, {"language": "zh-hans", "nonce": "n", "version": 1, "previous_sha256": None})["training"]


@pytest.mark.parametrize(("signature", "why"), [("", "必填"), ("画押", "签名"), ("300 120 M20 60 3 4", "签名"), ("300 120 M20 60 300", "签名")])
def test_nobody_attends_without_signing(room, signature, why):
    with pytest.raises(Refused) as refused:
        came(room, room.planned_start + HOUR, signature=signature)
    assert "signature" in refused.value.fields


def test_a_training_does_not_end_with_an_empty_sheet_and_nobody_leaves_before_it_has_ended(room):
    now = room.planned_start + 2 * HOUR
    with pytest.raises(Refused, match="培训"):
        visits.enter(room, "step", {"step": "end_training"}, now)
    with pytest.raises(Refused, match="培训"):
        visits.enter(room, "departed", {"departed_at": visits.iso(now)}, now)
    with pytest.raises(Refused):
        taught(room, now, now - HOUR)
    taught(room, room.planned_start, now)
    zhou, lin = came(room, now), came(room, now, "林晓梅")
    assess(room, zhou, now)
    with pytest.raises(Refused, match="考核"):
        visits.enter(room, "step", {"step": "end_training"}, now)
    assess(room, lin, now, "failed", 40)
    visits.enter(room, "step", {"step": "end_training"}, now)
    said = room.visit_checklist.checklist.answers.filter(rule_code__in=["training.attendance", "training.assessment"])
    assert set(said.values_list("answer", "by__username")) == {("yes", "wang")}, "the sheet itself answers the rules that ask for it"


def test_who_was_there_how_long_and_with_what_result(room, wang):
    start = room.planned_start
    taught(room, start, start + 90 * MINUTE)
    taught(room, start + 100 * MINUTE, start + 130 * MINUTE, "备份与恢复")
    now = start + 131 * MINUTE
    zhou, lin = came(room, now), came(room, now, "林晓梅", "")
    assess(room, zhou, now)
    better = came(room, now + MINUTE, "周建国", "教务处系统科", corrects=zhou.pk)  # the assessment stays with whom it is about
    wrong = assess(room, lin, now, "failed", 40)
    assess(room, lin, now + MINUTE, "passed", 61, corrects=wrong.pk)
    with pytest.raises(Refused) as refused:
        assess(room, better, now)
    assert "attendee" in refused.value.fields

    sheet = sheet_of(room)
    assert sheet["minutes"] == 120 and [row["content"] for row in sheet["sessions"]] == ["用户与权限管理", "备份与恢复"]
    assert {(row["name"], row["unit"], row["result"], row["score"]) for row in sheet["attendees"]} == {
        ("周建国", "教务处系统科", "passed", 92), ("林晓梅", "", "passed", 61),
    }  # fmt: skip
    assert all(PACKED.fullmatch(row["signature"]) for row in sheet["attendees"])
    assert unpacked(INK)["strokes"][1][-1][:2] == [86, 72]


@pytest.fixture
def untaught(house, chen, wang, at):
    """Wang came to train, mended something instead, and nobody said a word about the training."""
    work = visits.order(chen, at, traits=["training"], scope=["管理员操作培训"])
    return visits.finished(chen, at, wang.engineer, work=work)


def test_a_training_that_was_never_begun_is_not_signed_without_its_sheet_or_a_reason(client, untaught, wang):
    assert [rule.code for rule in lacking_before_sign(untaught)[1]] == ["training.attendance"]
    with pytest.raises(DomainError):
        signoff.hand_over(visit=untaught, by=wang, at=untaught.planned_start + HOUR)

    said = {"rule_code": "training.attendance", "answer": "not_applicable", "note": "参训人员临时开会，改期另行培训"}
    visits.enter(untaught, "answer", said, untaught.planned_start + HOUR)

    signoff.hand_over(visit=untaught, by=wang, at=untaught.planned_start + HOUR)
    statement = statement_like(untaught, {"language": "zh-hans", "nonce": "n", "version": 1, "previous_sha256": None})
    assert "参训人员临时开会，改期另行培训" in str(statement["checklist"])


def test_a_sheet_without_results_is_not_signed_either(arrived):
    """Nobody said that the training began or ended: the sheet is there, and what came of it is still asked for."""
    now = arrived.planned_start + HOUR
    zhou = came(arrived, now)
    taught(arrived, arrived.planned_start, now)
    assert "training.assessment" in lacking(arrived) and "training.attendance" not in lacking(arrived)

    assess(arrived, zhou, now)
    assert "training.assessment" not in lacking(arrived)


def lacking(visit):
    visit.refresh_from_db()
    return [rule.code for rule in lacking_before_sign(visit)[1]]


def test_a_sheet_signed_on_paper_is_enough_and_a_no_is_not(untaught):
    now = untaught.planned_start + HOUR
    visits.enter(untaught, "answer", {"rule_code": "training.attendance", "answer": "no", "note": "没有人来"}, now)
    assert lacking_before_sign(untaught)[1]
    visits.enter(untaught, "answer", {"rule_code": "training.attendance", "answer": "yes", **paper_sheet(untaught, now)}, now)
    assert not lacking_before_sign(untaught)[1]


def paper_sheet(visit, at):
    return {"file": paper_on_site(visit, at), "evidence_name": "周建国", "evidence_date": "2026-11-24"}


@pytest.fixture
def signed(room, wang):
    """The training is over, its sheet is full, and the customer has signed."""
    visit, now = room, room.planned_start + 2 * HOUR
    taught(visit, visit.planned_start, now)
    assess(visit, came(visit, now), now)
    visits.enter(visit, "step", {"step": "end_training"}, now)
    visits.enter(visit, "result", {"scope_item": 1, "result": "done", "action": "完成培训与考核"}, now)
    visits.answer_all(visit, "finish", now)
    visits.enter(visit, "departed", {"departed_at": visits.iso(now + MINUTE)}, now + MINUTE)
    visits.answer_all(visit, "sign", now)
    moment = now + 5 * MINUTE
    kept, _new = signoff.receive(visit=visit, package_id=visits.uuid7(moment), package=visits.package(visit, moment), by=wang, at=moment)
    visit.refresh_from_db()
    return kept


def test_the_customer_signs_the_training_sheet_and_the_paper_shows_it(client, signed, chen):
    assert signed.marks == [] and signed.statement["training"]["attendees"][0]["signature"] == INK

    html = html_of(input_of(Paper.objects.get(sign_off=signed)))
    for words in ("用户与权限管理", "周建国", "教务处", "92", "data:image/svg+xml"):
        assert words in html
    client.force_login(chen)
    page = client.get(signed.visit.get_absolute_url()).content.decode()
    assert "用户与权限管理" in page and INK not in page


def test_another_signature_is_a_difference_in_words(signed):
    other = {**signed.statement, "training": {**signed.statement["training"], "attendees": []}}
    rows = in_words(changes(other, signed.statement))
    assert {row["after"] for row in rows} >= {"✓", "周建国", "92"} and all("M20" not in row["after"] for row in rows)


def test_names_and_signatures_go_at_the_end_of_the_term(signed):
    erase_entries(visit=signed.visit)
    signed.visit.record.refresh_from_db()
    facts = signed.visit.record.facts
    assert facts["attendees"][0]["name"] == facts["attendees"][0]["signature"] == "" and facts["sessions"][0]["started_at"]
