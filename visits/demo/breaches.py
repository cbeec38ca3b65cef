"""Breaches of the demo: ruled, appealed, answered, seen by the software, and one that counts for nothing."""

import datetime

from conduct.people.models import Engineer
from conduct.rules.models import Rule
from conduct.violations import actions as violations
from visits.breaches import actions
from visits.breaches.models import VisitViolation
from visits.schedule.models import Visit

DAY = datetime.timedelta(days=1)


def make_breaches(*, staff, at):
    """At the expense of closed visits of two contractors and two employees; whoever had too few is left out."""
    contractors = Engineer.objects.filter(standing=Engineer.Standing.OUTSTATION).order_by("number")
    employees = Engineer.objects.filter(standing=Engineer.Standing.EMPLOYEE).order_by("number")
    tales = [
        (_left_a_contact, contractors[0]),
        (_brought_late, contractors[1]),
        (_did_more, employees[0]),
        (_left_early, employees[1]),
    ]
    for tale, engineer in tales:
        closed = _visits(engineer, at)
        if len(closed) == 2:
            tale(*closed, staff, at)


def _left_a_contact(newer, older, staff, at):
    """Half of a fee was withheld last month; the next breach waits for its ruling."""
    late = _raise(older, "arrive.late_notice", "客户来电：等了四十分钟，事先没有接到通知。", staff["chen"], at - 30 * DAY)
    _answer(late, "高架封路，手机没电，到达后已向客户说明。", at - 29 * DAY)
    reason = "未及时报告总部，致客户空等。"
    violations.rule_on(violation=late, outcome="fee_cut", fee_cut=50, reason=reason, by=staff["qian"], at=at - 28 * DAY)
    contact = _see(newer, "work.no_private_contact", "contact", {"found": "微信 zm_service88"}, at - 3 * DAY)
    violations.confirm(violation=contact, by=staff["chen"], at=at - 2 * DAY)
    _answer(contact, "客户要加微信传截图，我没有多想。", at - DAY)


def _brought_late(newer, _older, staff, at):
    signed = newer.planned_end
    facts = {"signed": f"{signed:%Y-%m-%d} 16:00", "received": f"{signed + 3 * DAY:%Y-%m-%d} 09:10"}
    _see(newer, "after.sent_to_hq", "delivery", facts, at - DAY)


def _did_more(newer, older, staff, at):
    """A warning that is appealed, and a mistake that was dropped."""
    scope = _raise(newer, "work.scope_only", "现场顺手重装了办公电脑，未报总部。", staff["chen"], at - 20 * DAY)
    _answer(scope, "客户急用，我先做了再说。", at - 19 * DAY)
    violations.rule_on(violation=scope, outcome="warning", reason="范围外的工作须先报总部。", by=staff["qian"], at=at - 5 * DAY)
    words = "当时打过电话，是吴工口头同意的，有通话记录。"
    violations.appeal(violation=scope, appeal=words, by=scope.engineer.staff, at=at - 4 * DAY)
    wrong = _raise(older, "arrive.on_time", "迟到二十分钟。", staff["chen"], at - 12 * DAY)
    violations.withdraw(violation=wrong, reason="客户记错了日期，当天准时到达。", by=staff["qian"], at=at - 11 * DAY)


def _left_early(newer, _older, staff, at):
    _raise(newer, "signoff.times", "客户反映离开时间填早了半小时。", staff["chen"], at - DAY)


def _visits(engineer, at):
    """Two closed visits that were long before everything that is told of them."""
    closed = Visit.objects.filter(engineer=engineer, state="archived", planned_start__lt=at - 32 * DAY)
    return list(closed.select_related("engineer__staff", "order__site", "edition").order_by("-planned_start")[:2])


def _raise(visit, code, text, by, at):
    rule = Rule.objects.get(edition=visit.edition_id, code=code)
    return actions.raise_for_visit(visit=visit, rule=rule, text=text, by=by, at=at)


def _see(visit, code, sight, facts, at):
    rule = Rule.objects.get(edition=visit.edition_id, code=code)
    about = actions.about_visit(visit, visit.engineer, visit.planned_start.date(), at) | {"sight": sight, "facts": facts}
    violation = violations.propose_violation(engineer=visit.engineer, rule=rule, at=at, **about)
    VisitViolation.objects.create(visit=visit, violation=violation, rule_code=code, is_seen=True)
    return violation


def _answer(violation, text, at):
    violations.answer(violation=violation, answer=text, by=violation.engineer.staff, at=at)
