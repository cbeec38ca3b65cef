"""What may be ruled, by severity, history, standing and what there is to cut: pure."""

import datetime

import pytest

from conduct.violations.frame import PRIVATE_CONTACT, frame, points_of, wrong_with

DAY = datetime.date(2026, 11, 24)
MILD = "no_breach warning"
SEVERE = "no_breach warning fee_cut barred fee_cut_and_barred"


def of(severity, *, contractor, points=0, code="arrive.on_time", fee=True):
    return frame(severity=severity, rule_code=code, is_contractor=contractor, has_fee=fee, points=points)


@pytest.mark.parametrize(
    ("severity", "contractor", "points", "outcomes", "cut", "proposed"),
    [
        ("minor", True, 0, MILD, (0, 0), "warning"),
        ("minor", True, 5, MILD, (0, 0), "warning"),
        ("minor", True, 6, MILD + " fee_cut", (50, 50), "warning"),
        ("major", True, 0, MILD + " fee_cut", (50, 50), "warning"),
        ("major", True, 6, SEVERE, (50, 100), "fee_cut"),
        ("critical", True, 0, SEVERE, (50, 100), "fee_cut"),
        ("critical", True, 6, SEVERE, (50, 100), "fee_cut_and_barred"),
        ("minor", False, 0, MILD, (0, 0), "warning"),
        ("major", False, 0, MILD, (0, 0), "warning"),
        ("major", False, 6, MILD + " barred", (0, 0), "warning"),
        ("critical", False, 0, MILD + " barred", (0, 0), "warning"),
        ("critical", False, 6, MILD + " barred", (0, 0), "barred"),
    ],
)
def test_the_frame(severity, contractor, points, outcomes, cut, proposed):
    found = of(severity, contractor=contractor, points=points)

    assert (" ".join(found.outcomes), found.cut, str(found.proposed)) == (outcomes, cut, proposed)


@pytest.mark.parametrize("points", [0, 6, 60])
def test_a_contractor_who_left_private_contact_details_loses_half_to_all_and_is_barred(points):
    found = of("critical", contractor=True, points=points, code=PRIVATE_CONTACT)

    assert (" ".join(found.outcomes), found.cut) == ("no_breach fee_cut_and_barred", (50, 100))


@pytest.mark.parametrize("code", [PRIVATE_CONTACT, "brief.honesty"])
@pytest.mark.parametrize("points", [0, 6, 60])
@pytest.mark.parametrize("severity", ["minor", "major", "critical"])
def test_an_employees_wages_are_never_cut(severity, points, code):
    found = of(severity, contractor=False, points=points, code=code)

    assert found.cut == (0, 0) and not any("fee_cut" in outcome for outcome in found.outcomes)


def test_without_a_fee_there_is_nothing_to_cut():
    assert " ".join(of("major", contractor=True, fee=False).outcomes) == MILD
    assert " ".join(of("critical", contractor=True, fee=False).outcomes) == MILD + " barred"
    assert " ".join(of("critical", contractor=True, fee=False, code=PRIVATE_CONTACT).outcomes) == "no_breach barred"


@pytest.mark.parametrize(
    ("outcome", "cut", "until", "wrong"),
    [
        ("warning", 0, None, {}),
        ("warning", None, None, {}),
        ("fee_cut", 50, None, {}),
        ("fee_cut", 100, None, {}),
        ("fee_cut", 49, None, {"fee_cut": "range"}),
        ("fee_cut", 101, None, {"fee_cut": "range"}),
        ("fee_cut", None, None, {"fee_cut": "range"}),
        ("warning", 50, None, {"fee_cut": "none"}),
        ("barred", 0, None, {"barred_until": "needed"}),
        ("barred", 0, DAY, {"barred_until": "needed"}),
        ("barred", 0, DAY + datetime.timedelta(days=1), {}),
        ("barred", 0, DAY + datetime.timedelta(days=1826), {"barred_until": "long"}),
        ("barred", 0, datetime.date.max, {"barred_until": "long"}),
        ("warning", 0, DAY + datetime.timedelta(days=1), {"barred_until": "none"}),
        ("fee_cut_and_barred", 0, None, {"fee_cut": "range", "barred_until": "needed"}),
    ],
)
def test_what_lies_outside_of_it(outcome, cut, until, wrong):
    found = of("critical", contractor=True)
    assert wrong_with(found, outcome=outcome, fee_cut=cut, barred_until=until, day=DAY) == wrong


@pytest.mark.parametrize("code", [PRIVATE_CONTACT, "brief.honesty"])
@pytest.mark.parametrize("contractor", [True, False])
def test_a_bar_is_proposed_longer_for_who_has_many_points(code, contractor):
    assert [of("critical", contractor=contractor, points=points, code=code).bar for points in (0, 5, 6)] == [90, 90, 365]


def test_an_outcome_outside_of_it():
    found = of("minor", contractor=True)
    assert wrong_with(found, outcome="barred", fee_cut=0, barred_until=DAY + datetime.timedelta(days=9), day=DAY) == {
        "outcome": "outside"
    }


def test_points_grow_with_severity():
    assert [points_of(severity) for severity in ("minor", "major", "critical")] == [1, 3, 6]
