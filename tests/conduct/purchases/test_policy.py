"""What a purchase of some amount needs: pure arithmetic, as a truth table."""

from decimal import Decimal

import pytest

from conduct.purchases.counting import measures_of
from conduct.purchases.policy import DEFAULT, missing_of, tier_of, wrong_with
from conduct.purchases.states import TRANSITIONS, PurchaseState


@pytest.mark.parametrize(
    ("amount", "place"), [("0", 0), ("4999.99", 0), ("5000.00", 0), ("5000.01", 1), ("50000.00", 1), ("50000.01", 2), ("9999999", 2)]
)
def test_an_amount_falls_into_one_tier(amount, place):
    assert tier_of(Decimal(amount), DEFAULT) == DEFAULT[place]


def quotes(*rows):
    return [(Decimal(amount), has_file, chosen) for amount, has_file, chosen in rows]


TWO = quotes(("900", True, True), ("950", True, False))


@pytest.mark.parametrize(
    ("offers", "facts", "missing"),
    [
        (TWO, {}, []),
        (quotes(("900", True, True)), {}, ["quotes"]),
        (quotes(("900", True, True), ("950", False, False)), {}, ["quotes"]),
        ([], {}, ["quotes", "choice"]),
        (quotes(("900", True, False), ("950", True, False)), {}, ["choice"]),
        (quotes(("900", True, False), ("950", True, True)), {}, ["choice_reason"]),
        (quotes(("900", True, False), ("950", True, True)), {"choice_reason": "现货"}, []),
        (quotes(("6000", True, True), ("6500", True, False)), {}, ["quotes"]),
        (TWO, {"planned": True}, ["proposal"]),
        (TWO, {"planned": True, "proposal": "扩建机房"}, []),
    ],
)
def test_what_is_missing_is_named(offers, facts, missing):
    plain = {"planned": False, "proposal": "", "choice_reason": ""}
    assert missing_of(quotes=offers, tiers=DEFAULT, **(plain | facts)) == missing


def tier(up_to, quotes=1, deciders=("department_head",)):
    return {"up_to": up_to, "quotes": quotes, "deciders": list(deciders)}


@pytest.mark.parametrize(
    ("tiers", "wrong"),
    [
        (DEFAULT, None), ([], "empty"), ([tier("100")], "open_end"), ([tier("100"), tier("50"), tier(None)], "order"),
        ([tier(None), tier("50")], "order"), ([tier("50"), tier("50"), tier(None)], "order"), ([tier(None, deciders=())], "nobody"),
        ([tier(None, quotes=0)], "quotes"), ([tier(None)], None),
    ],
)  # fmt: skip
def test_a_policy_leaves_no_amount_without_a_decider(tiers, wrong):
    assert wrong_with(tiers) == wrong


def test_the_states_are_the_ones_we_agreed_on():
    assert {str(state): set(map(str, after)) for state, after in TRANSITIONS.items()} == {
        "draft": {"asked", "cancelled"}, "asked": {"approved", "refused", "draft"}, "approved": {"ordered", "cancelled"},
        "ordered": {"received", "cancelled"}, "received": set(), "refused": set(), "cancelled": set(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "was_asked", "was_approved", "counted"),
    [("draft", False, False, None), ("draft", True, False, None), ("cancelled", False, False, None), ("asked", True, False, 0),
     ("refused", True, False, 0), ("approved", True, True, 1), ("received", True, True, 1), ("cancelled", True, True, 1)],
)  # fmt: skip
def test_the_month_counts_what_was_asked_for(state, was_asked, was_approved, counted):
    found = measures_of(state=PurchaseState(state), was_asked=was_asked, was_approved=was_approved, total=Decimal("900.50"))
    expected = {} if counted is None else {"purchase.asked": 1, "purchase.approved": counted, "purchase.asked_fen": 90050}
    assert found == expected
