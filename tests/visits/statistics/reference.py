"""The month computed in plain Python from the visits themselves: the yardstick that the counters are held against.

Nothing here is shared with the counting code but the models. A closed record's figures are worked out by looking at all
others, the slow way.
"""

import datetime
from collections import Counter
from zoneinfo import ZoneInfo

from conduct.outbox.models import Delivery
from visits.delivery.models import PaperDelivery
from visits.followup.models import FollowUp
from visits.schedule.models import Visit
from visits.signoff.models import SignOff
from visits.yardsticks.models import Yardstick

DAY = datetime.timedelta(days=1)


def counters():
    """{(grain, first day, dimension, key, measure): sum} of everything, without zeros."""
    sums = Counter()
    visits = list(Visit.objects.select_related("order__site", "order__customer", "engineer", "record").prefetch_related("served"))
    rules = list(Yardstick.objects.all())
    closed = [visit for visit in visits if getattr(visit, "record", None) and visit.record.closed_at]
    for visit in visits:
        measures = {"visits": 1, f"state.{visit.state}": 1}
        if getattr(visit, "record", None) and visit.record.closed_at:
            measures |= record(visit, closed, rules)
        measures |= delivery(visit) | call(visit)
        day = visit.planned_start.astimezone(ZoneInfo(visit.order.site.time_zone)).date()
        month = day.replace(day=1)
        places = [
            ("d", day, "", ""),
            ("m", month, "", ""),
            ("m", month, "engineer", visit.engineer.number),
            ("m", month, "customer", visit.order.customer.number),
        ]
        for place in places:
            for measure, value in measures.items():
                sums[*place, measure] += value
    return {key: value for key, value in sums.items() if value}


def yardstick(rules, moment):
    found = [row for row in rules if row.at <= moment]
    return max(found, key=lambda row: row.number) if found else Yardstick(number=0)


def record(visit, closed, rules):
    entries, rule = visit.record, yardstick(rules, visit.record.closed_at)
    signed = max(
        (row for row in SignOff.objects.filter(visit=visit) if not row.marks or row.settlement == "accepted"),
        key=lambda row: row.version,
    )
    arrived, departed = entries.arrived_at, entries.departed_at
    measures = {"closed": 1, "refused" if signed.kind == "refused" else "signed": 1}
    repeat = any(came_back(other, visit, rules) for other in closed if other != visit)
    broke_again = any(came_back(visit, other, rules) for other in closed if other != visit)
    measures["repeat"] = int(repeat)
    measures["first_time_fix"] = int(entries.all_done and not repeat and not broke_again)
    if arrived:
        late = (arrived - visit.planned_start).total_seconds() / 60
        measures |= {"arrived": 1, "on_time": int(late <= rule.punctual_minutes)}
        local = arrived.astimezone(ZoneInfo(visit.order.site.time_zone))
        measures["weekend"] = int(local.isoweekday() in (6, 7))
    if arrived and departed:
        planned = (visit.planned_end - visit.planned_start).total_seconds() // 60
        measures |= {"timed": 1, "minutes": entries.minutes_on_site, "planned_minutes": int(planned)}
    if "trip" in visit.traits:
        measures["away"] = 1
        if arrived and departed:
            left = departed.astimezone(ZoneInfo(visit.order.site.time_zone))
            measures["nights"] = (left.date() - local.date()).days + (left.hour >= rule.home_by)
    return measures


def came_back(first, then, rules):
    """Did `then` come for the same order, or the same equipment with the same symptom, soon after `first` had left?"""
    if not (first.record.departed_at and then.record.arrived_at and first.record.arrived_at and then.record.departed_at):
        return False
    after = then.record.arrived_at - first.record.departed_at
    if after < 0 * DAY or after > yardstick(rules, first.record.closed_at).repeat_days * DAY:
        return False
    return first.order_id == then.order_id or bool(things(first) & things(then))


def things(visit):
    """The equipment with its symptom, as it stood when the record was closed."""
    return {row.thing for row in visit.served.all()} - {visit.order.number}


def delivery(visit):
    if not visit.record_number:
        return {}
    got = [
        row
        for row in Delivery.objects.filter(origin="paper", reference=visit.record_number)
        if row.state == "confirmed" and row.recipient_kind in ("hq_fax", "hq_mail")
    ]
    if not got:
        return {}
    first = min(got, key=lambda row: (row.settled_at, row.pk))
    root = first
    while root.previous:
        root = root.previous
    signed_at = PaperDelivery.objects.get(delivery=root).paper.sign_off.signed_at
    minutes = int((first.settled_at - signed_at).total_seconds() // 60)
    return {"delivered": 1, "delivery_minutes": max(minutes, 0)}


def call(visit):
    call = FollowUp.objects.filter(visit=visit, state="reached").first()
    if call is None:
        return {}
    measures = {"calls": 1, "discrepant": int(len(call.discrepancies) > 0)}
    scores = [score for score in (call.punctuality, call.skill, call.manner, call.result) if score]
    if scores:
        measures |= {"evaluations": 1, "evaluation_hundredths": round(100 * sum(scores) / len(scores))}
    return measures
