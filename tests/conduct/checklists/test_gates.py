"""What an answer is worth, as truth tables."""

import pytest

from conduct.checklists.gates import Given, lacking, lets_pass

ALLOWED = {"allowed_name": "钱锋", "allowed_at": "x", "allowed_how": "电话", "allowed_why": "急"}
SCAN = {"files": 1, "evidence_name": "李喆", "evidence_date": "2026-11-24"}


@pytest.mark.parametrize(
    ("enforce", "answer", "passes"),
    [
        ("gate", None, False), ("gate", "yes", True), ("gate", "no", False), ("gate", "not_applicable", True),
        ("gate", "allowed_by", True), ("check", None, False), ("check", "yes", True), ("check", "no", True),
        ("check", "not_applicable", True),
    ],
)  # fmt: skip
def test_what_lets_a_step_go_on(enforce, answer, passes):
    assert lets_pass(enforce, answer and Given(answer)) is passes


@pytest.mark.parametrize(
    ("evidence", "given", "lacks"),
    [
        ("none", Given("yes"), set()),
        ("none", Given("maybe"), {"answer"}),
        ("none", Given("no"), {"note"}),
        ("none", Given("not_applicable"), {"note"}),
        ("none", Given("allowed_by"), set(ALLOWED)),
        ("none", Given("allowed_by", allowed=ALLOWED), set()),
        ("note", Given("yes"), {"note"}),
        ("note", Given("yes", note="主管已同意"), set()),
        ("photo", Given("yes"), {"file"}),
        ("file", Given("yes", files=1), set()),
        ("approval", Given("yes"), {"file", "evidence_name", "evidence_date"}),
        ("approval", Given("yes", **SCAN), set()),
        ("signature", Given("yes", files=1, evidence_name="李喆"), {"evidence_date"}),
    ],
)
def test_what_an_answer_to_a_gate_lacks(evidence, given, lacks):
    assert set(lacking("gate", evidence, given)) == lacks


def test_a_check_needs_no_leave():
    assert set(lacking("check", "none", Given("allowed_by", allowed=ALLOWED))) == {"answer"}
