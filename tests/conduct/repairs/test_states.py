"""The life of a ticket as a truth table, and the one right order of the queue."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conduct.base.errors import ForbiddenMove
from conduct.base.moves import move
from conduct.repairs.models import RepairTicket
from conduct.repairs.order import QUADRANTS, class_of, moments, mood, queue_key
from conduct.repairs.states import TRANSITIONS, TicketState
from tests.factories import repairs

ALLOWED = {
    "reported": "triaged turned_away", "triaged": "assigned turned_away",
    "assigned": "triaged on_spare repaired unrepairable turned_away", "on_spare": "assigned repaired unrepairable",
    "repaired": "fed_back", "unrepairable": "fed_back assigned", "fed_back": "closed triaged assigned",
    "closed": "", "turned_away": "",
}  # fmt: skip
NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def test_the_table_is_the_one_we_agreed_on():
    assert {str(state): set(map(str, after)) for state, after in TRANSITIONS.items()} == {
        state: set(after.split()) for state, after in ALLOWED.items()
    }


@pytest.mark.parametrize("here", TicketState.values)
def test_every_move_outside_the_table_is_refused(beamer, triager_li, at, here):
    ticket = repairs.sorted_in(beamer, at, triager_li)
    for to in set(TicketState.values) - set(ALLOWED[here].split()):
        RepairTicket.objects.filter(pk=ticket.pk).update(state=here)
        ticket.refresh_from_db()
        with pytest.raises(ForbiddenMove):
            move(ticket, to)


ORDER_OVER_ALL = [(True, q) for q in QUADRANTS] + [(False, q) for q in QUADRANTS]
ORDER_IN_QUADRANT = [(teaching, q) for q in QUADRANTS for teaching in (True, False)]


@pytest.mark.parametrize(("over_all", "order"), [(True, ORDER_OVER_ALL), (False, ORDER_IN_QUADRANT)])
def test_teaching_first_over_all_tickets_or_within_the_quadrant(over_all, order):
    classes = [class_of(quadrant=q, is_teaching=teaching, teaching_over_all=over_all) for teaching, q in order]

    assert classes == list(range(8))


def test_what_became_urgent_by_waiting_ranks_as_urgent_and_what_waits_for_others_comes_last():
    facts = {"is_teaching": True, "teaching_over_all": True}

    assert class_of(quadrant="in", has_drifted=True, **facts) == class_of(quadrant="iu", **facts)
    assert class_of(quadrant="nn", has_drifted=True, **facts) == class_of(quadrant="nu", **facts)
    assert class_of(quadrant="iu", is_paused=True, **facts) == 9


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 4 * 10**9), st.integers(0, 4 * 10**9))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_the_key_orders_by_class_then_by_moment(class_a, class_b, moment_a, moment_b):
    a, b = (
        queue_key(place, datetime.datetime.fromtimestamp(moment, datetime.UTC))
        for place, moment in ((class_a, moment_a), (class_b, moment_b))
    )

    assert (a < b) == ((class_a, moment_a) < (class_b, moment_b))


@pytest.mark.parametrize(
    ("hours", "expected"), [(-9, "calm"), (-2, "calm"), (-1, "near"), (-0.01, "near"), (0, "over"), (5, "over")]
)
def test_a_card_drifts_as_its_deadline_nears(hours, expected):
    assert mood(soon_at=NOON - HOUR, due_at=NOON, at=NOON + hours * HOUR) == expected


def test_a_ticket_without_a_deadline_has_no_mood_and_nothing_to_say():
    assert mood(soon_at=None, due_at=None, at=NOON) == "none"
    assert moments(soon_at=None, due_at=None, late_hours=24) == {}
