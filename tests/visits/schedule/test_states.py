"""The life of a visit as a truth table, and who may make which move."""

import pytest
from django.utils.translation import override

from conduct.base.errors import ForbiddenMove
from conduct.base.moves import move
from conduct.base.sentences import in_words, kept
from tests.factories import visits
from visits.schedule.models import Visit
from visits.schedule.states import TRANSITIONS, VisitState

ALLOWED = {
    "planned": "proposed cancelled", "proposed": "confirmed countered declined cancelled",
    "countered": "proposed confirmed cancelled", "confirmed": "on_site missed cancelled", "on_site": "finished",
    "finished": "on_site signed refused", "signed": "archived finished", "refused": "archived finished",
    "declined": "", "cancelled": "", "missed": "", "archived": "",
}  # fmt: skip


def test_the_table_is_the_one_we_agreed_on():
    assert {str(state): set(map(str, after)) for state, after in TRANSITIONS.items()} == {
        state: set(after.split()) for state, after in ALLOWED.items()
    }


def test_a_refusal_that_is_kept_is_read_in_the_readers_language():
    with override("zh-hans"), pytest.raises(ForbiddenMove) as refused:
        move(Visit(state=VisitState.ARCHIVED), VisitState.PLANNED)
    with override("en"):
        assert in_words(kept(refused.value.message)) == "This is “archived” now and cannot become “planned”."
    assert "已归档" in str(refused.value)


@pytest.mark.parametrize("here", VisitState.values)
def test_every_move_outside_the_table_is_refused(house, chen, wang, at, here):
    visit = visits.planned(chen, at, wang.engineer)
    for to in set(VisitState.values) - set(ALLOWED[here].split()):
        Visit.objects.filter(pk=visit.pk).update(state=here)
        visit.refresh_from_db()
        with pytest.raises(ForbiddenMove):
            move(visit, to)


def test_who_comes_second_is_told_so(proposed):
    hers, his = Visit.objects.get(pk=proposed.pk), Visit.objects.get(pk=proposed.pk)
    move(hers, VisitState.CONFIRMED)

    with pytest.raises(ForbiddenMove, match="快了一步"):
        move(his, VisitState.DECLINED)
    assert Visit.objects.get(pk=proposed.pk).state == VisitState.CONFIRMED
