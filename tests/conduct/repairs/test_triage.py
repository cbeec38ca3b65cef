"""Li sorts what came in; each sorting works the deadlines out, and the old ones stay."""

import datetime

import pytest

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.repairs import actions, repairing
from conduct.repairs.models import RepairTicket
from conduct.repairs.policies import change_policy
from conduct.repairs.queries import open_tickets_of, ordered
from conduct.repairs.states import Quadrant
from conduct.tally.models import Posting
from conduct.workdays.models import WorkCalendar
from tests.factories import repairs

HOUR = datetime.timedelta(hours=1)
RULES = dict.fromkeys(Quadrant.values, (60, 480, ""))
PLAIN = {"teaching_first": "all", "soon_percent": 75, "late_hours": 24, "reopen_days": 7, "repeat_months": 3, "reason": "试行"}


def local(moment):
    return moment.astimezone(datetime.timezone(8 * HOUR)).strftime("%m-%d %H:%M")


def test_the_first_sorting_counts_from_the_report_over_lunch(beamer, triager_li, at):
    ticket = repairs.reported(beamer, at)  # Tuesday, 10:00
    actions.sort(ticket=ticket, quadrant="iu", by=triager_li, at=at + HOUR)

    assert local(ticket.answer_due_at) == "11-24 10:30"
    assert local(ticket.finish_due_at) == "11-24 15:00"  # four hours, lunch left out
    assert ticket.state == "triaged"


def test_sorting_anew_needs_a_reason_counts_from_now_and_keeps_the_old_deadline(beamer, triager_li, at):
    ticket = repairs.sorted_in(beamer, at, triager_li, "nn")
    with pytest.raises(DomainError) as refused:
        actions.sort(ticket=ticket, quadrant="iu", reason=" ", by=triager_li, at=at + HOUR)
    assert refused.value.field == "reason"

    actions.sort(ticket=ticket, quadrant="iu", reason="考试要用", by=triager_li, at=at + HOUR)

    assert local(ticket.finish_due_at) == "11-24 16:00"
    assert [(row.version, row.quadrant, row.reason) for row in ticket.deadlines.all()] == [(1, "nn", ""), (2, "iu", "考试要用")]


def test_the_same_quadrant_again_says_so(beamer, triager_li, at):
    ticket = repairs.sorted_in(beamer, at, triager_li)

    with pytest.raises(DomainError, match="已在此象限"):
        actions.sort(ticket=ticket, quadrant="iu", reason="再来", by=triager_li, at=at)


def test_two_triagers_at_once_the_second_is_told(beamer, triager_li, at):
    ticket = repairs.sorted_in(beamer, at, triager_li, "nn")
    stale = RepairTicket.objects.get(pk=ticket.pk)
    actions.sort(ticket=ticket, quadrant="iu", reason="考试要用", seen_version=1, by=triager_li, at=at)

    for facts in ({"seen_version": 1}, {}):
        with pytest.raises(ForbiddenMove, match="其他人已先行"):
            actions.sort(ticket=stale, quadrant="in", reason="不急", by=triager_li, at=at, **facts)
    assert RepairTicket.objects.get(pk=ticket.pk).quadrant == "iu"


def test_what_waited_until_it_was_urgent_is_marked_and_ranks_as_urgent(beamer, triager_li, at):
    ticket = repairs.sorted_in(beamer, at, triager_li, "nn")

    actions.sort(ticket=ticket, quadrant="iu", reason="拖到考试", by_waiting=True, by=triager_li, at=at + HOUR)

    assert ticket.grew_urgent_at == at + HOUR
    assert Posting.objects.get(number=ticket.number).measures["ticket.grew_urgent"] == 1


def test_teaching_equipment_comes_first_over_all_or_within_its_quadrant(beamer, printer, triager_li, at):
    office = repairs.sorted_in(printer, at, triager_li, "iu")
    class_room = repairs.sorted_in(beamer, at, triager_li, "nn")
    assert list(ordered(RepairTicket.objects.all())) == [class_room, office]

    change_policy(rules=RULES, by=triager_li, at=at, **PLAIN | {"teaching_first": "quadrant"})

    assert list(ordered(RepairTicket.objects.all())) == [office, class_room]


def test_a_policy_is_a_new_version_and_given_deadlines_stay(beamer, triager_li, at):
    ticket = repairs.sorted_in(beamer, at, triager_li)
    before = ticket.finish_due_at

    policy = change_policy(rules=RULES, by=triager_li, at=at, **PLAIN)

    ticket.refresh_from_db()
    later = repairs.sorted_in(beamer, at, triager_li)
    assert policy.version == 2 and ticket.finish_due_at == before and ticket.deadlines.get().policy.version == 1
    assert local(later.finish_due_at) == "11-25 10:00"


@pytest.mark.parametrize("times", [(0, 0), (60, 30), (0, 60)])
def test_a_policy_that_nobody_can_meet_is_refused(house, triager_li, at, times):
    with pytest.raises(DomainError) as refused:
        change_policy(rules=RULES | {"iu": (*times, "")}, by=triager_li, at=at, **PLAIN)
    assert refused.value.field == "finish_iu"


def test_a_calendar_without_working_hours_is_refused_with_the_reason(house, triager_li, at):
    WorkCalendar.objects.create(code="never", name="停用", week=[[]] * 7, makeup=[], changed_at=at)

    with pytest.raises(DomainError, match="没有任何工作时间") as refused:
        change_policy(rules=RULES | {"nn": (60, 480, "never")}, by=triager_li, at=at, **PLAIN)
    assert refused.value.field == "calendar_nn"


def test_a_calendar_emptied_later_stops_the_sorting_with_the_reason(beamer, triager_li, at):
    WorkCalendar.objects.create(code="std", name="停用", week=[[]] * 7, makeup=[], country="", is_standard=True, changed_at=at)
    ticket = repairs.reported(beamer, at)

    with pytest.raises(DomainError, match="没有任何工作时间"):
        actions.sort(ticket=ticket, quadrant="iu", by=triager_li, at=at)
    ticket.refresh_from_db()
    assert ticket.state == "reported"


def test_likely_duplicates_are_the_open_tickets_of_the_same_thing(beamer, printer, triager_li, wang, at):
    done = repairs.fed_back(beamer, at - 48 * HOUR, triager_li, wang)
    first, second = repairs.reported(beamer, at), repairs.reported(beamer, at + HOUR)
    repairs.reported(printer, at)

    assert done not in open_tickets_of(beamer)
    assert list(open_tickets_of(beamer, besides=second)) == [first]


def test_a_duplicate_names_its_ticket_and_counts_for_nothing(beamer, triager_li, at):
    first, second = repairs.reported(beamer, at), repairs.reported(beamer, at + HOUR)
    with pytest.raises(DomainError) as refused:
        actions.turn_away(ticket=second, turned_away_for="duplicate", by=triager_li, at=at)
    assert refused.value.field == "duplicate_of"

    actions.turn_away(ticket=second, turned_away_for="duplicate", duplicate_of=first, by=triager_li, at=at + HOUR)

    assert second.state == "turned_away" and second.queue_key is None
    assert Posting.objects.get(number=second.number).measures == {}


def test_a_personal_device_that_came_through_is_counted_as_such(beamer, triager_li, at):
    ticket = repairs.reported(beamer, at)
    actions.turn_away(ticket=ticket, turned_away_for="personal", note="请联系厂商", by=triager_li, at=at)

    assert Posting.objects.get(number=ticket.number).measures == {"ticket.refused_personal": 1}


def test_sorting_and_assigning_in_one_step(beamer, triager_li, wang, at):
    ticket = repairs.reported(beamer, at)

    repairing.sort_and_assign(ticket=ticket, quadrant="in", technician=wang, by=triager_li, at=at)

    assert (ticket.state, ticket.assigned_to) == ("assigned", wang)


def test_who_does_not_repair_is_given_nothing(beamer, triager_li, manager_sun, at):
    ticket = repairs.sorted_in(beamer, at, triager_li)

    with pytest.raises(DomainError) as refused:
        repairing.assign(ticket=ticket, technician=manager_sun, by=triager_li, at=at)
    assert refused.value.field == "technician"
