from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from conduct.company.queries import company
from conduct.outbox.models import Delivery
from conduct.outbox.states import DeliveryState
from conduct.people.access import Permission
from conduct.violations.queries import violations_for
from visits.changes.queries import unreviewed
from visits.delivery.queries import HEADQUARTERS, received_at_headquarters
from visits.escalations.queries import is_undecided
from visits.postponements.queries import unanswered
from visits.records.kinds import Result
from visits.records.queries import asked_of, record_of, stopping
from visits.schedule.queries import visit_page
from visits.schedule.states import VisitState
from visits.signoff.queries import last_valid
from visits.waivers import queries as waivers

from .completeness import missing
from .discrepancies import RULES, Discrepancy
from .models import FollowUp
from .script import finding, opening, questions
from .states import FollowUpState

CLOSED = (VisitState.SIGNED, VisitState.REFUSED)


def follow_ups_for(user):
    """Signed and refused visits, each with whether headquarters has its paper."""
    if not user.may(Permission.FOLLOW_UP):
        return visit_page(user).none()
    receipt = Delivery.objects.filter(
        reference=OuterRef("record_number"), state=DeliveryState.CONFIRMED, recipient_kind__in=HEADQUARTERS
    )
    return visit_page(user).filter(state__in=CLOSED).select_related("follow_up").annotate(received=Exists(receipt))


def calls_for(user):
    """Visits of which this person may read what the customer said: who calls, and who rules on breaches, after archiving too."""
    if not user.may(Permission.FOLLOW_UP) and not user.may(Permission.RULE_VIOLATIONS):
        return visit_page(user).none()
    return visit_page(user).filter(state__in=[*CLOSED, VisitState.ARCHIVED]).select_related("follow_up")


def to_call(user):
    """The call list: delivered visits whose customer was not reached yet."""
    waiting = follow_ups_for(user).exclude(follow_up__state__in=[FollowUpState.REACHED, FollowUpState.NOT_REACHED])
    return waiting.filter(received=True)


def to_archive(user):
    return follow_ups_for(user).filter(follow_up__state__in=[FollowUpState.REACHED, FollowUpState.NOT_REACHED])


def follow_up_of(visit):
    return FollowUp.objects.filter(visit=visit).first() or FollowUp(visit=visit)


def script_of(visit):
    """{"opening": how the call begins, "questions": {field: question}} from what the customer signed, or the record where nobody did."""
    record, sign_off, ours = record_of(visit), last_valid(visit), company()
    zone = visit.order.site.time_zone
    day = visit.planned_start.astimezone(ZoneInfo(zone)).date().isoformat()
    scope = sign_off.statement.get("scope", []) if sign_off else []
    asked = questions(
        identity=visit.identity_name,
        arrived_at=record.arrived_at,
        departed_at=record.departed_at,
        scope=[(item["text"], _result_words(item.get("result"))) for item in scope],
        signer=sign_off.shown_name if sign_off and not sign_off.is_refusal else "",
        signed_at=sign_off.signed_at if sign_off else None,
        hotline=ours.hotline,
        zone=zone,
    )
    return {"opening": opening(company=ours.name, identity=visit.identity_name, day=day), "questions": asked}


def findings_of(visit, user):
    """[(sentence, rule's code, breach or None, whether one is registered)] of what differs.

    A breach that this person may not read is registered all the same.
    """
    follow_up, record = follow_up_of(visit), record_of(visit)
    if not follow_up.discrepancies:
        return []
    registered = set(visit.visit_violations.exclude(violation__state="withdrawn").values_list("rule_code", flat=True))
    rows = violations_for(user).filter(visit_violation__visit=visit).exclude(state="withdrawn")
    known = {violation.rule.code: violation for violation in rows}
    entered = {
        Discrepancy.ARRIVAL: (follow_up.told_arrived_at, record.arrived_at),
        Discrepancy.DEPARTURE: (follow_up.told_departed_at, record.departed_at),
    }
    zone = visit.order.site.time_zone
    found = [(finding(code, *entered.get(code, ()), zone=zone), RULES[code]) for code in follow_up.discrepancies]
    return [(text, rule, known.get(rule), rule in registered) for text, rule in found]


def _result_words(code):
    return str(Result(code).label) if code in Result.values else ""


def lacking_before_archive(visit):
    """Codes of completeness.Missing."""
    sign_off = last_valid(visit)
    record, checklist = record_of(visit), asked_of(visit)
    stamped = bool(sign_off and (sign_off.stamp_id or sign_off.stamped_copy_id or sign_off.no_stamp_reason or sign_off.scan_id))
    return missing(
        closed=record.closed_at is not None,
        kind=sign_off.kind if sign_off else None,
        has_stamp_or_reason=stamped,
        received=received_at_headquarters(visit),
        follow_up_state=follow_up_of(visit).state,
        open_waivers=waivers.waiting(visit),
        open_scope_changes=is_undecided(visit),
        open_review=unreviewed(visit),
        open_postponement=unanswered(visit.order) is not None,
        open_rules=stopping(visit, checklist, "archive", record.facts) if checklist else [],
    )
