"""What the software sees on the trail that may be a breach. Reads only; actions.look decides what becomes of it.

The trail tells of everything that is asked about here, in the order in which it happened, and is read by its time alone.
"""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from conduct.base.days import day_of
from conduct.checklists.models import Answer
from conduct.people.access import ACCESS, Permission
from conduct.people.models import Engineer, Staff
from conduct.privacy.queries import private_contacts
from conduct.trail.models import Event
from visits.followup.discrepancies import RULES
from visits.records.leaving import SIDES
from visits.records.models import Entry
from visits.records.privacy import CUSTOMER_READS, customers_own
from visits.records.projection import moment as moment_of
from visits.records.queries import lacking_before_sign, positions_of, record_of
from visits.schedule.models import Visit
from visits.signoff.models import Mark, SignOff
from visits.yardsticks.queries import in_force

from .judging import expected_at, is_among, is_brought_late, is_late

NAMED = 8
LATE_NOTICE, CONTACT, SCOPE, SENT = "arrive.late_notice", "work.no_private_contact", "work.scope_only", "after.sent_to_hq"
LEAVING, ON_TIME = "work.no_leaving", "arrive.on_time"


@dataclass(frozen=True)
class Sighting:
    """`is_sure`: the clock says it and nothing is to be judged. `facts` fill the sentence `sight` of conduct.violations.words."""

    visit: Visit
    engineer: Engineer
    rule_code: str
    sight: str
    facts: dict
    happened_on: datetime.date
    is_sure: bool = False


def events_between(since, until):
    """The lines of the trail in (since, until] that may tell of a breach, oldest first."""
    return Event.objects.filter(at__gt=since, at__lte=until, verb__in=SEEN).order_by("at", "id")


def sightings(event):
    """What one line of the trail may tell of."""
    number = event.data.get("about") if event.verb == "rule.reported" else event.subject
    visit = Visit.objects.filter(number=number).select_related("engineer__staff", "order__site", "order__customer").first()
    if visit is None:
        return []
    if event.verb == "follow_up.reached":
        return list(_told(visit, event))
    return [found for see in SEEN[event.verb] if (found := see(visit, event))]


def _late(visit, event):
    """Later than what counts as on time, and no notice of it while it could still help. Sure where there was none at all, the engineer
    knew this plan and the clock can be trusted."""
    record, sign_off = record_of(visit), SignOff.objects.counting().filter(visit=visit).order_by("-version").first()
    if not record.arrived_at or not sign_off:
        return None
    minutes, notices = in_force(event.at).punctual_minutes, _notices_of(record)
    if not is_late(expected_at(visit.planned_start, notices, minutes), record.arrived_at, minutes):
        return None
    facts = {"planned": _shown(visit, visit.planned_start), "arrived": _shown(visit, record.arrived_at)}
    if notices:
        given_at, new_time = max(notices)
        facts |= {"told": _shown(visit, given_at), "new_time": _shown(visit, new_time)}
        return _of(visit, visit.engineer, LATE_NOTICE, "late_told", facts, record.arrived_at)
    arrival = Entry.objects.filter(visit=visit, kind="arrived", state=Entry.State.ACCEPTED).order_by(*Entry.PLACE).last()
    knew = arrival is not None and arrival.plan_version == visit.plan_version
    is_sure = knew and not sign_off.clock.get("arrived", {}).get("doubts")
    return _of(visit, visit.engineer, LATE_NOTICE, "late", facts, record.arrived_at, is_sure)


def _notices_of(record):
    """[(given at, new time), …] of the record's notices of delay."""
    told = {row["entry"]: moment_of(row["new_time"]) for row in record.facts["delays"]}
    given = Entry.objects.filter(pk__in=told).values_list("pk", "device_at") if told else ()
    return [(device_at, told[str(pk)]) for pk, device_at in given]


def _missed(visit, event):
    """Headquarters noted that nobody came; why, a person asks."""
    return _of(visit, visit.engineer, ON_TIME, "missed", {"planned": _shown(visit, visit.planned_start)}, visit.planned_start)


def _brought_late(visit, event):
    for signed_at, received_at, person in visit.sign_offs.values_list("signed_at", "received_at", "by"):
        engineer = Engineer.objects.filter(staff=person).first()
        if engineer and is_brought_late(signed_at, received_at):
            facts = {"signed": _shown(visit, signed_at), "received": _shown(visit, received_at)}
            return _of(visit, engineer, SENT, "delivery", facts, received_at)
    return None


def _set_aside(visit, event):
    """An entry made without network: a private contact in what the customer reads, a result of what is not in the plan, or a step
    that was gone before its questions were answered."""
    entry = Entry.objects.filter(pk=event.data.get("entry"), visit=visit).select_related("author__engineer").first()
    engineer = getattr(entry.author, "engineer", None) if entry else None
    if engineer is None:
        return None
    texts = " / ".join(str(entry.payload.get(name) or "") for name in CUSTOMER_READS.get(entry.kind, ()))
    found = private_contacts(texts, allowed=customers_own(visit.order))
    if found and (entry.kind != "note" or entry.payload.get("for_customer")):
        return _contact(visit, engineer, [texts[one.start : one.end] for one in found], entry.device_at)
    knew = entry.plan_version == visit.plan_version
    if entry.kind == "result" and knew and entry.payload["scope_item"] not in positions_of(visit):
        return _of(visit, engineer, SCOPE, "scope", {"item": entry.payload["scope_item"]}, entry.device_at)
    return _skipped(visit, engineer, event.data.get("rules", ()), entry.device_at)


def _signed_too_early(visit, event):
    """The customer signed while questions were open that are asked before."""
    if Mark.NOT_READY not in event.data["marks"]:
        return None
    _items, rules = lacking_before_sign(visit)
    return _skipped(visit, visit.engineer, [rule.code for rule in rules], event.at)


def _skipped(visit, engineer, codes, moment):
    """Under the first of the rules that were not answered; the others are named."""
    if not codes:
        return None
    facts = {"time": _shown(visit, moment), "rules": ", ".join(codes[:NAMED]) + ("…" if len(codes) > NAMED else "")}
    return _of(visit, engineer, codes[0], "skipped", facts, moment)


def _contact_refused(visit, event):
    engineer = Engineer.objects.filter(staff=event.by_id).first()
    return engineer and _contact(visit, engineer, [event.data["found"]], event.at)


def _scope_refused(visit, event):
    engineer = Engineer.objects.filter(staff=event.by_id).first()
    return engineer and _of(visit, engineer, SCOPE, "scope", {"item": event.data["scope_item"]}, event.at)


def _left(visit, event):
    """Away without both consents; an entry that was corrected or taken back since tells nothing."""
    entry = Entry.objects.filter(pk=event.data["entry"], visit=visit, state=Entry.State.ACCEPTED).select_related("author__engineer").first()
    engineer = getattr(entry.author, "engineer", None) if entry else None
    if engineer is None or not event.data["lacks"] or Entry.objects.filter(corrects=entry, state=Entry.State.ACCEPTED).exists():
        return None
    left_at = moment_of(entry.payload["at"])
    facts = {"time": _shown(visit, left_at), "reason": entry.payload["reason"]}
    sight = "left" if len(event.data["lacks"]) == len(SIDES) else f"left_{event.data['lacks'][0]}"
    return _of(visit, engineer, LEAVING, sight, facts, left_at)


def _allowed(visit, event):
    """A gate was passed by leave of somebody who may not give it. Leave of who may is reported and is no breach."""
    linked = getattr(visit, "visit_checklist", None)
    if event.data.get("answer") != "allowed_by" or linked is None:
        return None
    answers = Answer.objects.filter(checklist=linked.checklist_id, rule_code=event.data["rule"], is_current=True)
    answer = answers.filter(answer="allowed_by").select_related("by__engineer").first()
    if answer is None or is_among(answer.allowed_name, _who_may_allow()):
        return None
    engineer = getattr(answer.by, "engineer", None) or visit.engineer
    facts = {"name": answer.allowed_name, "how": answer.allowed_how, "why": answer.allowed_why}
    facts["time"] = _shown(visit, answer.allowed_at) if answer.allowed_at else "–"
    return _of(visit, engineer, answer.rule_code, "allowed", facts, answer.at)


def _who_may_allow():
    roles = ACCESS[Permission.ALLOW_GATES]
    return Staff.objects.filter(is_active=True, staff_roles__role__in=roles).distinct().values_list("name", flat=True)


def _contact(visit, engineer, texts, moment):
    return _of(visit, engineer, CONTACT, "contact", {"found": ", ".join(text.strip() for text in texts)[:300]}, moment)


def _of(visit, engineer, code, sight, facts, moment, is_sure=False):
    return Sighting(visit, engineer, code, sight, facts, day_of(moment, visit.order.site.time_zone), is_sure)


def _shown(visit, moment):
    return f"{moment.astimezone(ZoneInfo(visit.order.site.time_zone)):%Y-%m-%d %H:%M}"


def _told(visit, event):
    """What the customer told headquarters and no record can show: a person hears both sides first."""
    for code in TOLD:
        if code in event.data.get("discrepancies", ()):
            yield _of(visit, visit.engineer, RULES[code], code, {}, visit.planned_start)


TOLD = ("contact_left", "not_signed", "did_more")
SEEN = {
    "visit.signed": (_late, _brought_late), "visit.refused": (_late, _brought_late), "signing.marked": (_brought_late, _signed_too_early),
    "entry.set_aside": (_set_aside,), "entry.contact_refused": (_contact_refused,), "entry.scope_refused": (_scope_refused,),
    "rule.reported": (_allowed,), "visit.left": (_left,), "visit.missed": (_missed,), "follow_up.reached": (_told,),
}  # fmt: skip
